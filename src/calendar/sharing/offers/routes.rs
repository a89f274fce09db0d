use rocket::serde::json::Json;
use rocket::{Route, State, get, post, routes};
use utoipa::{OpenApi, ToSchema};

use super::steps;
use crate::auth::{Caller, CurrentUser, UnauthorizedResponse};
use crate::calendar::sharing::error::{NoSuchShare, OfferNotFound};
use crate::calendar::sharing::shares::{Share, ShareId};
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Error, Page, PageParameters, Paged};

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![list_offers, answer_offer]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(list_offers, answer_offer))]
pub struct Described;

/// The answer to an offer.
#[derive(ToSchema)]
#[schema(as = OfferAnswer, example = json!({"accept": true}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
struct Answer {
    /// `true`: from now on it is among one's own; `false`: it is not offered any more.
    accept: bool,
}

/// List what is offered to one's address
///
/// Calendars and events that others want to share, by `id`: of each the other's address alone, and what it would let one do.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(PageParameters),
    responses(
        (
            status = 200,
            description = "The offers of a page",
            body = Vec<Share>,
            headers(("Link" = String, description = "The next page, where there is one (RFC 8288)")),
        ),
        Refused,
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[get("/offers")]
async fn list_offers(user: CurrentUser, page: Page<i64>, db: &State<Db>) -> Result<Paged<Share>, Error> {
    let beginning = (page.after().copied().unwrap_or(0), page.rows());
    let offers = steps::list(db, user.0, beginning).await?;
    Ok(page.of(offers, |offer| offer.id))
}

/// Accept or decline an offer
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The offer's id", minimum = 1, example = 1)),
    request_body = Answer,
    responses(
        (status = 200, description = "The offer is answered", body = Share),
        Refused,
        UnauthorizedResponse,
        OfferNotFound,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/offers/<id>", data = "<body>")]
async fn answer_offer(
    caller: Caller<'_>,
    id: Result<ShareId, NoSuchShare>,
    body: Body,
    db: &State<Db>,
) -> Result<Json<Share>, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    Ok(Json(steps::answer(db, user, id, &body).await?.share))
}
