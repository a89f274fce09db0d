//! All that is known of somebody, to take along.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{State, get, post};
use serde_json::json;

use super::concerns::concerns_form;
use crate::db::Db;
use crate::export::Export;
use crate::http::{Body, Device, Form};
use crate::page::again::Again;
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;
use crate::sessions::is_recent_login;
use crate::users::{Download, PasswordCheck, take_along};

const HERE: &str = "/settings/export";

#[derive(Template, WebTemplate)]
#[template(path = "settings/export/export.html")]
pub struct ExportPage {
    frame: Frame,
    here: &'static str,
    form: Filled,
    /// Whether the login is so long ago that the password is needed.
    needs_password: bool,
}

impl ExportPage {
    fn new(visitor: &Visitor, form: Filled, needs_password: bool) -> Self {
        Self { frame: Frame::new("Export", Part::Settings, visitor), here: HERE, form, needs_password }
    }
}

#[get("/settings/export")]
pub async fn get_export(visitor: Visitor, db: &State<Db>) -> Result<ExportPage, Refused> {
    let needs_password = !is_recent_login(db, &visitor.token).await?;
    Ok(ExportPage::new(&visitor, Filled::default(), needs_password))
}

/// The file itself.
#[post("/settings/export", data = "<form>")]
pub async fn post_export(
    sender: Sender<'_>,
    form: Form,
    device: Device,
    check: PasswordCheck<'_>,
    export: &State<Export>,
) -> Result<Result<Download, Box<Again<ExportPage>>>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let body = Body::of([("current_password", json!(form.get("current_password")))]);
    match take_along(&visitor.token, &device, &body, &check, export).await {
        Ok(download) => Ok(Ok(download)),
        Err(error) if concerns_form(&error) => {
            let filled = Filled::refused(&form, &[], &error);
            Ok(Err(Box::new(Again(error, ExportPage::new(&visitor, filled, true)))))
        }
        Err(error) => Err(error.into()),
    }
}
