use rocket::response::Redirect;

use super::GeneralPage;
use super::forms::Forms;
use super::section::Section;
use crate::http::{Error, Form};
use crate::page::again::Again;
use crate::page::refused::Refused;
use crate::page::settings::concerns::concerns_form;
use crate::page::visitor::Visitor;
use crate::users::Settings;

/// Back to the page, which says that it is done; or the page with what was wrong; or that it cannot be done.
pub type Answer = Result<Result<Redirect, Box<Again<GeneralPage>>>, Refused>;

/// The answer to a form.
pub fn answer<T>(
    outcome: Result<T, Error>,
    section: Section,
    form: &Form,
    visitor: &Visitor,
    settings: &Settings,
) -> Answer {
    match outcome {
        Ok(_) => Ok(Ok(Redirect::to(format!("/settings?done={}", section.name())))),
        Err(error) if concerns_form(&error) => {
            let forms = Forms::of(visitor).refused(section, form, &error);
            Ok(Err(Box::new(Again(error, GeneralPage::new(visitor, forms, settings)))))
        }
        Err(error) => Err(error.into()),
    }
}
