use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::response::Redirect;
use rocket::{State, get, post};

use crate::auth::{Caller, Cookies, Revocations, VerifiedToken};
use crate::db::Db;
use crate::http::{Device, Form};
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::visitor::Visitor;
use crate::sessions::log_out;

/// Asks, because a link changes nothing.
#[derive(Template, WebTemplate)]
#[template(path = "account/logout.html")]
pub struct LogoutPage {
    frame: Frame,
}

#[get("/logout")]
pub fn get_logout(visitor: Visitor) -> LogoutPage {
    LogoutPage { frame: Frame::new("Log out", Part::None, &visitor) }
}

#[post("/logout", data = "<form>")]
pub async fn post_logout(
    caller: Caller<'_>,
    form: Form,
    device: Device,
    cookies: Cookies<'_>,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let VerifiedToken(token) = caller.confirmed_by(&form).await?;
    log_out(&token, device, cookies, revocations, db).await?;
    Ok(Redirect::to("/"))
}
