//! What the API says of itself: an OpenAPI document, gathered from the features as `build` mounts
//! them.

mod schemes;

use utoipa::openapi::OpenApi;
use utoipa::{Modify, OpenApi as Describe};

use crate::docs::Document;
use crate::http::ErrorBody;
use crate::{calendar, common, docs, sessions, users};
use schemes::Schemes;

/// The whole API, module by module as `build` mounts them.
#[derive(Describe)]
#[openapi(
    info(title = "Persony", description = "\
A personal calendar: accounts, logins, and each person's own events, as JSON in UTF-8.

Register, log in, and send the access token as `Authorization: Bearer …`. A browser can keep it as a cookie \
instead (`POST /api/session`): each route that takes the header takes the cookie where there is no header, and sets \
new ones where it has expired and the session has not. Then POST, PUT, PATCH and DELETE want the value of the cookie \
`csrf_access_token` as `X-CSRF-TOKEN`, or a page's form as its field `csrf_token`: else they are a 401 on `csrf`.

Every error has one form: `errors`, with what is wrong for each field that is at fault. A path that \
is not there is a 404 on `path`; another method on a known path is a 405 on `method`, and its `Allow` \
header lists what the path takes.

Limits of length count bytes in UTF-8, as the database's columns do. `maxLength` counts characters: \
what is longer is refused, and so is a shorter text whose letters take more bytes than that. Blanks \
around a text, other than a password, are cut off before it is measured. Members of a body that are \
not described here are ignored. A body is at most 64 KiB; its `Content-Type` does not matter."),
    nest(
        (path = "/api", api = common::Described),
        (path = "/api/users", api = users::Described),
        (path = "/api/users", api = sessions::Described),
        (path = "/api/calendar", api = calendar::Described),
        (path = "/api/calendar", api = calendar::CalendarsDescribed),
        (path = "/api/calendar", api = calendar::ChangesDescribed),
        (path = "/api/calendar", api = calendar::OfCalendarsDescribed),
        (path = "/api/calendar", api = calendar::OfEventsDescribed),
        (path = "/api/calendar", api = calendar::OffersDescribed),
        (path = "/api", api = calendar::PeopleDescribed),
    ),
    tags(
        (name = "users", description = "Accounts: registration, login, and one's own"),
        (name = "sessions", description = "Logins on one device each: refreshed, listed and ended"),
        (name = "calendar", description = "Calendars and events: one's own, and those that others share"),
        (name = "sharing", description = "Who may see and change what is one's own, what others offer, and whom to share with"),
        (name = "common", description = "Signs of life, and this document"),
    ),
    components(schemas(ErrorBody)),
)]
struct Described;

/// What the routes say of themselves, all together.
pub fn described() -> OpenApi {
    // Two features share a path, which no nesting would keep.
    let of_browsers = users::CookiesDescribed::openapi().merge_from(sessions::CookiesDescribed::openapi());
    let mut document = Described::openapi().nest("/api", of_browsers).merge_from(docs::Described::openapi());
    Schemes.modify(&mut document);
    document
}

/// The document of a server with these settings.
///
/// # Errors
/// When it is no JSON.
pub fn document(settings: &users::Settings) -> std::io::Result<Document> {
    let mut document = described();
    users::describe_settings(&mut document, settings);
    Document::new(&document)
}
