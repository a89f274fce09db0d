use rocket::http::Method;
use rocket::response::Redirect;
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route, async_trait};

use super::HERE;

/// A form that was refused stays at the address that it was sent to: whoever opens that anew is led back to the page.
pub fn leading_back() -> Vec<Route> {
    let forms = ["name", "address", "password", "preferences", "theme"];
    forms.map(|form| Route::new(Method::Get, &format!("{HERE}/{form}"), LeadBack)).into()
}

#[derive(Clone)]
struct LeadBack;

#[async_trait]
impl Handler for LeadBack {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        Outcome::from(request, Redirect::to(HERE))
    }
}
