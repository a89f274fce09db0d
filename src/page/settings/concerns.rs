use crate::http::Error;

/// Whether an error is about what a form says, and the form can be mended: what is wrong with its fields, and that there were too
/// many attempts. The rest has a page of its own.
pub fn concerns_form(error: &Error) -> bool {
    matches!(error.status().code, 400 | 403 | 409 | 429)
}
