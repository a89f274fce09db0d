use futures_util::stream::try_unfold;
use rocket::http::{ContentType, Header};
use rocket::{Responder, State, get};

use super::document::ExportDocument;
use crate::audit::{Act, Entry};
use crate::auth::{Unauthorized, UnauthorizedResponse, Verified, VerifiedToken};
use crate::db::Db;
use crate::export::Export;
use crate::http::responses::{Broken, Unavailable};
use crate::http::{Error, Streamed};
use crate::sessions::{Device, is_recent};
use crate::users::error::{LoginNeeded, LoginTooOld};

/// A document for its person to keep.
#[derive(Responder)]
pub struct Download {
    document: Streamed,
    kind: ContentType,
    disposition: Header<'static>,
    cache: Header<'static>,
}

/// Take along all that is known of oneself
///
/// One document with everything that the server knows of the caller, but for secrets. It is sent while it is read,
/// page after page: it is not of one moment, and what is there all the time is in it once. If the database goes
/// away meanwhile, the answer breaks off. It needs a login of the last five minutes.
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
    if !is_recent(db, &token.0).await? {
        return Err(LoginTooOld.into());
    }
    hand_out(export, db, &token.0, &device).await
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
