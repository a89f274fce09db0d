use futures_util::stream::try_unfold;
use rocket::http::{ContentType, Header};
use rocket::{Responder, State, get, post};
use utoipa::ToSchema;

use super::document::ExportDocument;
use crate::audit::{Act, Entry};
use crate::auth::{Caller, Unauthorized, UnauthorizedResponse, Verified, VerifiedToken};
use crate::db::Db;
use crate::export::Export;
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error, Streamed};
use crate::sessions::{Device, is_recent_login};
use crate::users::error::{LoginNeeded, LoginTooOld};
use crate::users::me::require_presence;
use crate::users::password::PasswordCheck;

/// A document for its person to keep.
#[derive(Responder)]
pub struct Download {
    document: Streamed,
    kind: ContentType,
    disposition: Header<'static>,
    cache: Header<'static>,
}

/// Take along all that is known of oneself, after a login
///
/// One document with everything that the server knows of the caller, but for secrets. It is sent while it is read,
/// page after page: it is not of one moment, and what is there all the time is in it once. If the database goes
/// away meanwhile, the answer breaks off. It needs a login of the last five minutes; the other one asks for the
/// password instead.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    responses(
        (
            status = 200,
            description = "The document",
            body = ExportDocument,
            headers(("Content-Disposition" = String, description = "`attachment`, and a name for the file")),
        ),
        UnauthorizedResponse,
        LoginNeeded,
        Broken,
        Unavailable,
    ),
)]
#[get("/me/export")]
pub async fn export_account(
    token: VerifiedToken,
    device: Device,
    export: &State<Export>,
    db: &State<Db>,
) -> Result<Download, Error> {
    if !is_recent_login(db, &token.0).await? {
        return Err(LoginTooOld.into());
    }
    hand_out(export, db, &token.0, &device).await
}

/// The password of the account that all is to be known of.
#[derive(ToSchema)]
#[schema(as = ExportRequest)]
#[expect(dead_code, reason = "what is read, for the document")]
pub struct ExportRequest {
    #[schema(format = Password, min_length = 1, example = "correct horse")]
    current_password: String,
}

/// Take along all that is known of oneself
///
/// The same document, for the password.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    request_body = ExportRequest,
    responses(
        (
            status = 200,
            description = "The document",
            body = ExportDocument,
            headers(("Content-Disposition" = String, description = "`attachment`, and a name for the file")),
        ),
        Refused,
        UnauthorizedResponse,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[post("/me/export", data = "<body>")]
pub async fn export_account_by_password(
    caller: Caller<'_>,
    device: Device,
    body: Body,
    check: PasswordCheck<'_>,
    export: &State<Export>,
) -> Result<Download, Error> {
    let token = caller.confirmed_by(&body).await?.0;
    let mut fields = body.fields();
    let password = fields.required_text("current_password");
    let password = fields.finish(password)?;
    let right = check.check(&token, password, "current_password").await?;
    right.attempt.succeeded(check.db()).await?;
    hand_out(export, check.db(), &token, &device).await
}

/// The document for who is there themselves: by `current_password`, where the body has one, else by a login of the last five
/// minutes.
///
/// # Errors
/// A 400 on `current_password` where that is wrong, or is needed and not there; else as [`PasswordCheck::check`].
pub async fn take_along(
    token: &Verified,
    device: &Device,
    body: &Body,
    check: &PasswordCheck<'_>,
    export: &Export,
) -> Result<Download, Error> {
    let mut fields = body.fields();
    let password = fields.text("current_password").filter(|password| !password.is_empty());
    let password = fields.finish(Some(password))?;
    require_presence(check, token, password).await?;
    hand_out(export, check.db(), token, device).await
}

/// The document of who is known to be no thief. That it is handed out is in the audit log before its first byte
/// is, and so in the document, too.
async fn hand_out(export: &Export, db: &Db, token: &Verified, device: &Device) -> Result<Download, Error> {
    let document = export.begin(db, token.user).await?.ok_or(Unauthorized("User not found"))?;
    let entry = Entry::by_user(Act::Exported, token.user, device.address, token.session);
    db.unit("begin_export", move |db| entry.insert(db.last())).await?;
    let pieces = try_unfold(document, async |mut document| {
        let piece = document.next().await?;
        Ok::<_, Error>(piece.map(|piece| (piece, document)))
    });
    Ok(Download {
        document: Streamed::new(pieces),
        kind: ContentType::JSON,
        disposition: Header::new("Content-Disposition", r#"attachment; filename="persony-export.json""#),
        cache: Header::new("Cache-Control", "no-store"),
    })
}
