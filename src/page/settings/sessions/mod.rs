//! Where somebody is logged in, and the end of that.

mod client;

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::response::Redirect;
use rocket::{State, get, post};

use self::client::called;
use super::moment::Moment;
use crate::auth::{Cookies, Revocations};
use crate::db::Db;
use crate::http::{Device, Form};
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;
use crate::sessions::{NoSuchSession, Session, SessionId, end_one, end_others, list_own};

const HERE: &str = "/settings/sessions";

#[derive(Template, WebTemplate)]
#[template(path = "settings/sessions/sessions.html")]
pub struct SessionsPage {
    frame: Frame,
    here: &'static str,
    sessions: Vec<Shown>,
    has_others: bool,
    /// What was just done.
    done: Option<&'static str>,
}

/// A session, as its person sees it.
struct Shown {
    id: String,
    /// What its client is called.
    client: String,
    /// What it says of itself in full.
    user_agent: Option<String>,
    is_browser: bool,
    created: Moment,
    last_used: Moment,
    address: String,
    is_current: bool,
}

impl Shown {
    fn new(session: Session, visitor: &Visitor) -> Self {
        Self {
            id: session.id.to_string(),
            client: called(session.user_agent.as_deref()),
            user_agent: session.user_agent,
            is_browser: session.kind == "cookies",
            created: Moment::new(session.created_at, visitor),
            last_used: Moment::new(session.last_used_at, visitor),
            address: session.address,
            is_current: session.is_current,
        }
    }
}

/// The list of them; `done` says what was just ended.
#[get("/settings/sessions?<done>")]
pub async fn get_sessions(
    done: Option<&str>,
    visitor: Visitor,
    db: &State<Db>,
) -> Result<SessionsPage, Refused> {
    let sessions = list_own(&visitor.token, db).await?;
    let done = match done {
        Some("one") => Some("The session has ended."),
        Some("others") => Some("All other sessions have ended."),
        _ => None,
    };
    Ok(SessionsPage {
        frame: Frame::new("Sessions", Part::Settings, &visitor),
        here: HERE,
        has_others: sessions.iter().any(|session| !session.is_current),
        sessions: sessions.into_iter().map(|session| Shown::new(session, &visitor)).collect(),
        done,
    })
}

/// Ends one. Who ends the one that they are in is logged out.
#[post("/settings/sessions/<id>/end", data = "<form>")]
pub async fn post_end(
    id: Result<SessionId, NoSuchSession>,
    sender: Sender<'_>,
    form: Form,
    device: Device,
    cookies: Cookies<'_>,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let token = sender.confirmed_by(&form).await?.token;
    let id = id?;
    end_one(&token, &device, id, cookies, revocations, db).await?;
    let is_current = token.session == Some(id.0);
    Ok(Redirect::to(if is_current { "/" } else { "/settings/sessions?done=one" }))
}

/// Ends all others.
#[post("/settings/sessions/end-others", data = "<form>")]
pub async fn post_end_others(
    sender: Sender<'_>,
    form: Form,
    device: Device,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let token = sender.confirmed_by(&form).await?.token;
    end_others(&token, &device, revocations, db).await?;
    Ok(Redirect::to("/settings/sessions?done=others"))
}
