use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::response::Redirect;
use rocket::{State, get, post};
use serde_json::json;

use crate::auth::{NewCookies, Revocations, Tokens};
use crate::http::{Body, Device, Form};
use crate::page::again::Again;
use crate::page::filled::Filled;
use crate::page::frame::Frame;
use crate::page::looks::Looks;
use crate::page::next::next;
use crate::page::refused::Refused;
use crate::users::{Logins, log_in};

#[derive(Template, WebTemplate)]
#[template(path = "account/login.html")]
pub struct LoginPage {
    frame: Frame,
    form: Filled,
    next: String,
}

impl LoginPage {
    fn new(looks: &Looks, form: Filled, next: &str) -> Self {
        Self { frame: Frame::of_anybody("Log in", looks), form, next: next.to_owned() }
    }
}

#[get("/login?<next>")]
pub fn get_login(next: Option<&str>, looks: Looks) -> LoginPage {
    LoginPage::new(&looks, Filled::default().with("remember", "true"), self::next(next))
}

#[post("/login", data = "<form>")]
pub async fn post_login(
    new: NewCookies<'_>,
    device: Device,
    form: Form,
    logins: Logins<'_>,
    tokens: &State<Tokens>,
    revocations: &State<Arc<Revocations>>,
    looks: Looks,
) -> Result<Result<Redirect, Again<LoginPage>>, Refused> {
    let body = Body::of([
        ("email", json!(form.get("email"))),
        ("password", json!(form.get("password"))),
        ("remember", json!(form.get("remember").is_some())),
    ]);
    let next = next(form.get("next"));
    match log_in(new, device, &body, logins, tokens, revocations).await {
        Ok(_) => Ok(Ok(Redirect::to(next.to_owned()))),
        Err(error) if error.status().code < 500 => {
            let filled = Filled::refused(&form, &["email", "remember"], &error);
            Ok(Err(Again(error, LoginPage::new(&looks, filled, next))))
        }
        Err(error) => Err(error.into()),
    }
}
