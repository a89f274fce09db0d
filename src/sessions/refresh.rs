use rocket::serde::json::Json;
use rocket::{State, post};
use utoipa::ToSchema;

use super::Device;
use super::error::{NotRefreshed, RefreshRefused};
use super::opening::{Issued, issue};
use crate::auth::{NotRenewed, Renewal, Tokens};
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Error};

/// A refresh token.
#[derive(ToSchema)]
#[expect(dead_code, reason = "what is read, for the document")]
pub struct Refresh {
    /// As the login or the last refresh gave it.
    #[schema(min_length = 1, example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.…")]
    refresh_token: String,
}

/// Refresh
///
/// Gives the session's next tokens, and uses up the one that was sent. Sent again within ten seconds, where
/// the answer was lost, it gives the same ones again; later, or once its successor was used, it ends the
/// session: somebody else may have it.
#[utoipa::path(
    tag = "sessions",
    request_body = Refresh,
    responses(
        (status = 200, description = "The next tokens", body = Issued),
        Refused,
        RefreshRefused,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/refresh", data = "<body>")]
pub async fn refresh_session(
    device: Device,
    body: Body,
    tokens: &State<Tokens>,
    renewal: &State<Box<dyn Renewal>>,
) -> Result<Json<Issued>, Error> {
    let mut fields = body.fields();
    let token = fields.required_text("refresh_token");
    let token = tokens.verify_refresh(&fields.finish(token)?).map_err(NotRefreshed)?;
    match renewal.renew(tokens, &token, device).await {
        Ok(grant) => Ok(Json(issue(tokens, &grant)?)),
        Err(NotRenewed::Refused(refusal)) => Err(NotRefreshed(refusal).into()),
        Err(NotRenewed::Database(error)) => Err(error.into()),
    }
}
