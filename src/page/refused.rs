//! Errors as pages.

use askama::Template;
use rocket::http::{ContentType, Header, Method, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::response::{Redirect, Responder, Response, Result as ResponseResult};
use rocket::{Catcher, Request, catch, catchers as list};

use super::frame::Frame;
use super::looks::Looks;
use super::sent::Sent;
use super::visitor::{Known, Visitor};
use crate::http::{Error, of_catcher};
use crate::watch::{self, Record};

/// An error that a person sees: what is wrong, and by which words whoever runs the server finds it in the log.
pub struct Refused(Error);

impl<E: Into<Error>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl Refused {
    /// What is wrong with a form's fields, or with sending it now, which its page says. All else is no page's own.
    ///
    /// # Errors
    /// All else.
    pub fn unless_of_form(error: Error) -> Result<Error, Self> {
        match error.status().code {
            400 | 409 | 429 => Ok(error),
            _ => Err(Self(error)),
        }
    }
}

#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage<'e> {
    frame: Frame,
    status: u16,
    heading: &'static str,
    messages: Vec<&'e str>,
    request_id: String,
    /// Whether the same can be done in a moment.
    may_try_again: bool,
    sent: Option<Sent>,
}

fn heading(status: Status) -> &'static str {
    match status.code {
        401 => "You are not logged in any more",
        403 => "You may not do this",
        404 => "There is nothing here",
        405 => "This page does not take that",
        409 | 412 => "Something has changed meanwhile",
        410 => "This is not there any more",
        413 => "That was too much at once",
        429 => "Too many attempts",
        503 => "Not available at the moment",
        400..=499 => "That could not be read",
        _ => "Something went wrong here",
    }
}

/// What is wrong, for a person: headers of HTTP are nothing that they know of.
fn messages(error: &Error) -> Vec<&str> {
    let told = error.fields().iter().filter(|(field, _)| **field != "authorization");
    told.map(|(_, message)| message.as_str()).collect()
}

impl<'r> Responder<'r, 'static> for Refused {
    fn respond_to(self, request: &'r Request<'_>) -> ResponseResult<'static> {
        let Self(error) = self;
        error.log(request);
        let status = error.status();
        let looks = Looks::of(request);
        let page = RefusedPage {
            frame: Frame::for_whom(heading(status), &looks, Known::of(request).get()),
            status: status.code,
            heading: heading(status),
            messages: messages(&error),
            request_id: Record::of(request).id.to_string(),
            may_try_again: status.code >= 429,
            sent: Sent::by(request),
        };
        let text = page.render().map_err(|error| {
            tracing::error!("the page of an error: {error}");
            Status::InternalServerError
        })?;
        let mut response = Response::build_from(text.respond_to(request)?);
        response.status(status).header(ContentType::HTML);
        response.raw_header(watch::REQUEST_ID, Record::of(request).id.to_string());
        if let Some((name, value)) = error.header() {
            response.header(Header::new(name, value.to_owned()));
        }
        response.ok()
    }
}

/// Gives what guards and the framework refuse a page, where a person asks for one.
pub fn catchers() -> Vec<Catcher> {
    list![any]
}

/// An answer in the form that whoever asks can read.
#[derive(Responder)]
enum Answer {
    Login(Box<Redirect>),
    Page(Refused),
    Data(Error),
}

#[catch(default)]
async fn any(status: Status, request: &Request<'_>) -> Answer {
    let error = of_catcher(status, request);
    if !wants_page(request) {
        return Answer::Data(error);
    }
    let is_read = matches!(request.method(), Method::Get | Method::Head);
    if error.status() == Status::Unauthorized && is_read {
        return Answer::Login(Box::new(Redirect::to(login(&request.uri().to_string()))));
    }
    Sent::read(request).await;
    // No route has asked who it is. Where it cannot be known, it is a page for anybody.
    if is_read
        && matches!(error.status().code, 404 | 405)
        && let Outcome::Error((_, error)) = Visitor::from_request(request).await
    {
        error.log(request);
    }
    Answer::Page(Refused(error))
}

/// Browsers name `text/html` among what they take for a page.
fn wants_page(request: &Request<'_>) -> bool {
    request.headers().get("Accept").any(|accept| accept.contains("text/html"))
}

/// The login that leads back.
fn login(asked_for: &str) -> String {
    let next = rocket::http::RawStr::new(asked_for).percent_encode();
    format!("/login?next={next}")
}
