use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::auth::UserId;

/// What a token is for (`type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It says who asks.
    Access,
    /// It gives the next access token.
    Refresh,
}

impl Kind {
    /// As the claim has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// The claims in the order in which Flask-JWT-Extended writes them; what is ours comes last.
#[derive(Serialize)]
pub struct Claims {
    fresh: bool,
    iat: u64,
    jti: Uuid,
    #[serde(rename = "type")]
    kind: &'static str,
    sub: String,
    nbf: u64,
    csrf: Uuid,
    exp: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
    #[serde(skip_serializing_if = "is_false")]
    remember: bool,
}

fn is_false(truth: &bool) -> bool {
    !truth
}

impl Claims {
    /// Those of a token without a session.
    pub fn new(kind: Kind, user: UserId, jti: Uuid, csrf: Uuid, issued_at: u64, lifetime: Duration) -> Self {
        Self {
            fresh: false,
            iat: issued_at,
            jti,
            kind: kind.name(),
            sub: user.0.to_string(),
            nbf: issued_at,
            csrf,
            exp: issued_at.saturating_add(lifetime.as_secs()),
            sid: None,
            remember: false,
        }
    }

    /// Those of a session's token.
    pub fn of_session(self, session: Uuid) -> Self {
        Self { sid: Some(session), ..self }
    }

    /// Those of a token whose cookie outlives its browser, or does not.
    pub fn remembered(self, remember: bool) -> Self {
        Self { remember, ..self }
    }
}

/// The claims that decide. A NumericDate may have a fraction (RFC 7519, section 2).
#[derive(Deserialize)]
pub struct Received {
    #[serde(rename = "type")]
    pub kind: String,
    pub sub: String,
    pub iat: Option<f64>,
    pub nbf: Option<f64>,
    pub exp: f64,
    pub jti: Option<Value>,
    pub csrf: Option<Value>,
    pub sid: Option<Value>,
    pub remember: Option<Value>,
}

/// A claim that is a text. What else somebody put there, who had the key, is none of ours.
pub fn text(claim: Option<&Value>) -> Option<&str> {
    claim.and_then(Value::as_str)
}
