//! The end of an account.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::response::Redirect;
use rocket::{State, get, post};
use serde_json::json;

use super::concerns::concerns_form;
use crate::auth::{Cookies, Revocations};
use crate::http::{Body, Device, Form};
use crate::page::again::Again;
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::looks::Looks;
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;
use crate::users::{PasswordCheck, Settings, erase_by_password};

const HERE: &str = "/settings/delete";

#[derive(Template, WebTemplate)]
#[template(path = "settings/delete/delete.html")]
pub struct DeletePage {
    frame: Frame,
    here: &'static str,
    form: Filled,
    /// For how long the account is kept, in days.
    days: i64,
}

impl DeletePage {
    fn new(visitor: &Visitor, form: Filled, settings: &Settings) -> Self {
        let days = settings.account_retention.num_days();
        Self { frame: Frame::new("Delete account", Part::Settings, visitor), here: HERE, form, days }
    }
}

#[get("/settings/delete")]
pub fn get_delete(visitor: Visitor, settings: &State<Settings>) -> DeletePage {
    DeletePage::new(&visitor, Filled::default(), settings)
}

#[post("/settings/delete", data = "<form>")]
pub async fn post_delete(
    sender: Sender<'_>,
    form: Form,
    device: Device,
    check: PasswordCheck<'_>,
    cookies: Cookies<'_>,
    settings: &State<Settings>,
    revocations: &State<Arc<Revocations>>,
) -> Result<Result<Redirect, Box<Again<DeletePage>>>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let body = Body::of([("password", json!(form.get("password")))]);
    match erase_by_password(&visitor.token, &device, &body, &check, cookies, settings, revocations).await {
        Ok(_) => Ok(Ok(Redirect::to("/goodbye"))),
        Err(error) if concerns_form(&error) => {
            let filled = Filled::refused(&form, &[], &error);
            Ok(Err(Box::new(Again(error, DeletePage::new(&visitor, filled, settings)))))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "settings/delete/goodbye.html")]
pub struct GoodbyePage {
    frame: Frame,
    days: i64,
}

/// What whoever has deleted their account sees. Whoever has not is led to what they have.
#[get("/goodbye")]
pub fn get_goodbye(
    visitor: Option<Visitor>,
    looks: Looks,
    settings: &State<Settings>,
) -> Result<GoodbyePage, Box<Redirect>> {
    match visitor {
        Some(_) => Err(Box::new(Redirect::to("/"))),
        None => {
            let days = settings.account_retention.num_days();
            Ok(GoodbyePage { frame: Frame::of_anybody("Goodbye", &looks), days })
        }
    }
}
