//! The forms of how somebody sees their calendar, and who finds them. A module of the browser sends a time zone by itself.

use rocket::{State, post};
use serde_json::{Value, json};

use super::answer::{Answer, answer};
use super::section::Section;
use crate::http::{Body, Device, Form};
use crate::page::sender::Sender;
use crate::users::{PasswordCheck, Settings, change_account};

/// Says that a form has the box `is_listed`: one that is not ticked is not sent.
const HAS_LISTING: &str = "has_is_listed";

/// Changes what is sent. What is left empty is not chosen any more.
#[post("/settings/preferences", data = "<form>")]
pub async fn post_preferences(
    sender: Sender<'_>,
    form: Form,
    device: Device,
    check: PasswordCheck<'_>,
    settings: &State<Settings>,
) -> Answer {
    let visitor = sender.confirmed_by(&form).await?;
    let changed = change_account(&visitor.token, &device, &body(&form), &check).await;
    let section = match form.get(HAS_LISTING) {
        Some(_) => Section::Listing,
        None => Section::Preferences,
    };
    answer(changed, section, &form, &visitor, settings)
}

fn body(form: &Form) -> Body {
    let texts = ["time_zone", "locale"].map(|name| form.get(name).map(|text| (name, json!(text))));
    let week = form.get("week_starts_on").map(|text| ("week_starts_on", number(text)));
    let listing = form.get(HAS_LISTING).map(|_| ("is_listed", json!(form.get("is_listed").is_some())));
    Body::of(texts.into_iter().chain([week, listing]).flatten())
}

/// What is no number is refused as such.
fn number(text: &str) -> Value {
    match text {
        "" => Value::Null,
        text => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
    }
}
