use askama::Template;
use askama_web::WebTemplate;

use super::access::{Choice, choices};
use super::section::{addresses, what};
use crate::calendar::{ShareDraft, Subject};
use crate::page::frame::{Frame, Part};
use crate::page::views::agenda::ListedDay;
use crate::page::visitor::Visitor;

/// The second step: what the other will see, before it is offered.
#[derive(Template, WebTemplate)]
#[template(path = "sharing/confirm.html")]
pub struct ConfirmPage {
    frame: Frame,
    /// What the address of its form begins with.
    base: String,
    /// Where the first step is.
    here: String,
    /// What is shared: `calendar` or `event`.
    what: &'static str,
    /// What that is called.
    name: String,
    email: String,
    choice: Option<&'static Choice>,
    /// A few events as the other will see them.
    days: Vec<ListedDay>,
    /// The language that dates are written in.
    locale: String,
}

impl ConfirmPage {
    /// Of what is called so.
    pub fn new(
        visitor: &Visitor,
        subject: Subject,
        name: &str,
        draft: &ShareDraft,
        days: Vec<ListedDay>,
    ) -> Self {
        let part = match subject {
            Subject::Calendar(_) => Part::Calendars,
            Subject::Event(_) => Part::Calendar,
        };
        let (base, here) = addresses(subject);
        Self {
            frame: Frame::new(&format!("Share {name}"), part, visitor),
            base,
            here,
            what: what(subject),
            name: name.to_owned(),
            email: draft.email.as_str().to_owned(),
            choice: choices(subject).iter().find(|choice| choice.access == draft.access),
            days,
            locale: visitor.words.locale().to_owned(),
        }
    }
}
