use rocket::Request;
use rocket::response::{Responder, Result as ResponseResult};

use crate::http::Error;

/// A form that comes back, because of this: its page, with the status and the header of the error.
pub struct Again<P>(pub Error, pub P);

impl<'r, 'o: 'r, P: Responder<'r, 'o>> Responder<'r, 'o> for Again<P> {
    fn respond_to(self, request: &'r Request<'_>) -> ResponseResult<'o> {
        let Self(error, page) = self;
        error.log(request);
        let mut response = page.respond_to(request)?;
        response.set_status(error.status());
        if let Some((name, value)) = error.header() {
            response.set_raw_header(name, value.to_owned());
        }
        Ok(response)
    }
}
