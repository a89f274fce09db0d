//! The forms of what the account itself is: its name, its address, its password.

use std::sync::Arc;

use rocket::{State, post};
use serde_json::json;

use super::answer::{Answer, answer};
use super::section::Section;
use crate::auth::Revocations;
use crate::http::{Body, Device, Form};
use crate::page::sender::Sender;
use crate::users::{PasswordCheck, Settings, change_account, replace_password};

#[post("/settings/name", data = "<form>")]
pub async fn post_name(
    sender: Sender<'_>,
    form: Form,
    device: Device,
    check: PasswordCheck<'_>,
    settings: &State<Settings>,
) -> Answer {
    let visitor = sender.confirmed_by(&form).await?;
    let body = Body::of(form.get("name").map(|name| ("name", json!(name))));
    let changed = change_account(&visitor.token, &device, &body, &check).await;
    answer(changed, Section::Name, &form, &visitor, settings)
}

#[post("/settings/address", data = "<form>")]
pub async fn post_address(
    sender: Sender<'_>,
    form: Form,
    device: Device,
    check: PasswordCheck<'_>,
    settings: &State<Settings>,
) -> Answer {
    let visitor = sender.confirmed_by(&form).await?;
    let body = Body::of(["email", "current_password"].map(|name| (name, json!(form.get(name)))));
    let changed = change_account(&visitor.token, &device, &body, &check).await;
    answer(changed, Section::Address, &form, &visitor, settings)
}

#[post("/settings/password", data = "<form>")]
pub async fn post_password(
    sender: Sender<'_>,
    form: Form,
    device: Device,
    check: PasswordCheck<'_>,
    settings: &State<Settings>,
    revocations: &State<Arc<Revocations>>,
) -> Answer {
    let visitor = sender.confirmed_by(&form).await?;
    let fields = ["current_password", "password", "confirm_password"];
    let body = Body::of(fields.map(|name| (name, json!(form.get(name)))));
    let changed = replace_password(&visitor.token, &device, &body, &check, settings, revocations).await;
    answer(changed, Section::Password, &form, &visitor, settings)
}
