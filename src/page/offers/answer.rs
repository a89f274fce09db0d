use rocket::response::Redirect;
use rocket::{State, post};
use serde_json::{Value, json};

use crate::calendar::{NoSuchShare, ShareId, ShareState, Subject, offer_steps};
use crate::db::Db;
use crate::http::{Body, Form};
use crate::page::refused::Refused;
use crate::page::sender::Sender;

/// Accepts or declines an offer, and leads to where it says which.
#[post("/offers/<id>", data = "<form>")]
pub async fn post_answer(
    sender: Sender<'_>,
    id: Result<ShareId, NoSuchShare>,
    form: Form,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let accepts = match form.get("accept") {
        Some("true") => Value::Bool(true),
        Some("false") => Value::Bool(false),
        other => json!(other),
    };
    let answered = offer_steps::answer(db, visitor.user, id, &Body::of([("accept", accepts)])).await?;
    Ok(Redirect::to(match (answered.share.state, answered.subject) {
        (ShareState::Accepted, Subject::Calendar(id)) => format!("/offers?calendar={}", id.0),
        (ShareState::Accepted, Subject::Event(id)) => format!("/offers?event={}", id.0),
        _ => "/offers?declined=true".to_owned(),
    }))
}
