use rocket::fairing::{Fairing, Info, Kind};
use rocket::form::Form;
use rocket::http::Method;
use rocket::{Data, Request, async_trait};

/// As much of a body as Rocket looks at for a method.
const PEEKED: usize = "_method=delete".len();

/// Gives a request back the method that it was sent with.
///
/// Rocket makes of a POST what the first field of its form says, `_method=delete` for one, before any
/// fairing sees it, and has no setting against that. So a POST that a browser sends without asking
/// (CORS does not ask before a form) would delete. To be attached before whatever looks at the method.
///
/// A request that was sent as a DELETE with a form that says `_method=delete` is taken for such a
/// POST: nothing that Rocket shows tells the two apart.
pub struct MethodAsSent;

#[async_trait]
impl Fairing for MethodAsSent {
    fn info(&self) -> Info {
        Info { name: "Method as sent", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        let is_form = request.content_type().is_some_and(|content_type| content_type.is_form());
        if is_form && named_by(data.peek(PEEKED).await) == Some(request.method()) {
            request.set_method(Method::Post);
        }
    }
}

/// The method that a form's first field names, read as Rocket's `preprocess_request` does.
fn named_by(form: &[u8]) -> Option<Method> {
    let first = Form::values(std::str::from_utf8(form).ok()?).next()?;
    (first.name == "_method").then(|| first.value.parse().ok())?
}
