use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{Accept, Header, Status};
use rocket::response::{Redirect, Responder};
use rocket::{Route, get, routes};

use super::frame::Frame;
use super::looks::Looks;
use super::refused::Refused;
use super::visitor::Visitor;
use crate::http::Error;

/// Where the API's document is.
const DOCUMENT: &str = "/api/openapi.json";

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![get_root]
}

#[derive(Template, WebTemplate)]
#[template(path = "welcome.html")]
struct Welcome {
    frame: Frame,
}

#[derive(Responder)]
enum Root {
    Elsewhere(Box<Redirect>),
    Welcome(Box<Welcome>),
}

/// An answer that depends on what the client would like.
#[derive(Responder)]
struct ByAccept {
    root: Root,
    vary: Header<'static>,
}

/// Today's calendar; for who is not logged in what Persony is; for a program that asks for JSON the document.
///
/// # Errors
/// A 503 where it cannot be known who it is.
#[get("/")]
fn get_root(
    accept: Option<&Accept>,
    visitor: Result<Visitor, Error>,
    looks: Looks,
) -> Result<ByAccept, Refused> {
    let wants_json = accept.is_some_and(|accept| accept.preferred().is_json());
    let root = match (wants_json, visitor) {
        (true, _) => Root::Elsewhere(Box::new(Redirect::to(DOCUMENT))),
        (false, Ok(_)) => Root::Elsewhere(Box::new(Redirect::to("/calendar"))),
        (false, Err(error)) if error.status() != Status::Unauthorized => return Err(error.into()),
        (false, Err(_)) => Root::Welcome(Box::new(Welcome { frame: Frame::of_anybody("Persony", &looks) })),
    };
    Ok(ByAccept { root, vary: Header::new("Vary", "Accept, Cookie") })
}
