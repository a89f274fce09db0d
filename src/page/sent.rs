//! What a form has sent, on the page of an error that comes in the place of its own: nothing that was typed is lost.

use rocket::Request;
use rocket::http::Method;

use crate::http::{Form, refuse_elsewhere};

/// The fields of a form that nothing came of.
pub struct Sent {
    /// Where it was sent.
    pub action: String,
    /// All that it had, for sending it again; none where passwords are among it, which are never sent back.
    pub again: Vec<(String, String)>,
    /// What a person has typed: what each field is called, and what is in it.
    pub typed: Vec<(&'static str, String)>,
}

/// The fields that are typed into, by what their forms call them. All else is chosen, or a form's own.
const TYPED: [(&str, &str); 13] = [
    ("title", "Title"),
    ("start_date", "Begins on"),
    ("start_time", "Begins at"),
    ("end_date", "Ends on"),
    ("end_time", "Ends at"),
    ("time_zone", "Time zone"),
    ("location", "Location"),
    ("url", "Link"),
    ("description", "Description"),
    ("categories", "Categories"),
    ("recurrence", "The rule’s own text"),
    ("name", "Name"),
    ("email", "Address"),
];

impl Sent {
    /// Reads what a guard has refused before it was read. It may take as long as any body; of one that does not come nothing is shown.
    pub async fn read(request: &Request<'_>) {
        if is_ours(request)
            && let Err(error) = Form::read(request).await
        {
            tracing::debug!("what a form has sent is not to be had: {:?}", error.fields());
        }
    }

    /// What a request has sent, if that was a form of ours and something was typed into it.
    pub fn by(request: &Request<'_>) -> Option<Self> {
        let form = Form::of_request(request).filter(|_| is_ours(request))?;
        Self::of(request.uri().to_string(), form.fields())
    }

    fn of(action: String, fields: &[(String, String)]) -> Option<Self> {
        let called = |name: &str| TYPED.iter().find(|(typed, _)| *typed == name).map(|(_, called)| *called);
        let filled = fields.iter().filter(|(_, value)| !value.trim().is_empty());
        let typed: Vec<_> = filled.filter_map(|(name, value)| Some((called(name)?, value.clone()))).collect();
        let has_secrets = fields.iter().any(|(name, _)| name.contains("password"));
        let again = if has_secrets { Vec::new() } else { fields.to_vec() };
        (!typed.is_empty()).then_some(Self { action, again, typed })
    }
}

/// What a page of elsewhere has sent was not typed here, and is not shown as if it were ours.
fn is_ours(request: &Request<'_>) -> bool {
    request.method() == Method::Post && refuse_elsewhere(request).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fields: &[(&str, &str)]) -> Option<Sent> {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Sent::of("/events/new".into(), &fields)
    }

    #[test]
    fn what_was_typed_is_told_and_all_is_sent_again() {
        let sent = of(&[("csrf_token", "x"), ("start_date", "2026-11-28"), ("location", " ")]).unwrap();
        assert_eq!(sent.typed, [("Begins on", "2026-11-28".into())]);
        assert_eq!(sent.again.len(), 3);
        assert!(of(&[("csrf_token", "x"), ("next", "/")]).is_none(), "nobody has typed anything");
    }

    #[test]
    fn passwords_are_never_sent_back() {
        let sent = of(&[("email", "a@example.com"), ("current_password", "x"), ("password", "x")]).unwrap();
        assert_eq!(sent.typed, [("Address", "a@example.com".into())]);
        assert!(sent.again.is_empty());
    }
}
