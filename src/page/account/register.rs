use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::response::Redirect;
use rocket::{State, get, post};
use serde_json::json;

use crate::auth::{NewCookies, PasswordHasher, Revocations, Tokens};
use crate::db::Db;
use crate::http::{Body, ClientAddress, Device, Error, Form};
use crate::page::again::Again;
use crate::page::filled::Filled;
use crate::page::frame::Frame;
use crate::page::looks::Looks;
use crate::page::refused::Refused;
use crate::users::{AddressLimits, Logins, Settings, log_in, register};

#[derive(Template, WebTemplate)]
#[template(path = "account/register.html")]
pub struct RegisterPage {
    frame: Frame,
    form: Filled,
    /// The shortest password that is taken.
    shortest: usize,
}

impl RegisterPage {
    fn new(looks: &Looks, form: Filled, settings: &Settings) -> Self {
        let shortest = settings.password_min_length;
        Self { frame: Frame::of_anybody("Register", looks), form, shortest }
    }
}

#[get("/register")]
pub fn get_register(looks: Looks, settings: &State<Settings>) -> RegisterPage {
    RegisterPage::new(&looks, Filled::default(), settings)
}

/// Makes an account, and logs in to it.
#[post("/register", data = "<form>")]
#[expect(clippy::too_many_arguments, reason = "guards of both")]
pub async fn post_register(
    new: NewCookies<'_>,
    device: Device,
    form: Form,
    client: ClientAddress,
    limits: &State<AddressLimits>,
    settings: &State<Settings>,
    hasher: &State<PasswordHasher>,
    db: &State<Db>,
    logins: Logins<'_>,
    tokens: &State<Tokens>,
    revocations: &State<Arc<Revocations>>,
    looks: Looks,
) -> Result<Result<Redirect, Again<RegisterPage>>, Refused> {
    let fields = ["email", "name", "password", "confirm_password"].map(|name| (name, json!(form.get(name))));
    let body = Body::of(fields);
    let refused = |error: Error| match error.status().code {
        500.. => Err(Refused::from(error)),
        _ => {
            let filled = Filled::refused(&form, &["email", "name"], &error);
            Ok(Err(Again(error, RegisterPage::new(&looks, filled, settings))))
        }
    };
    if let Err(error) = register(client, &body, limits, settings, hasher, db).await {
        return refused(error);
    }
    match log_in(new, device, &body, logins, tokens, revocations).await {
        Ok(_) => Ok(Ok(Redirect::to("/"))),
        // The account is there: the login says what is in its way.
        Err(error) if error.status().code < 500 => Ok(Ok(Redirect::to("/login"))),
        Err(error) => refused(error),
    }
}
