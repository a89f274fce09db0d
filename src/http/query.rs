use rocket::Request;

/// A parameter was given more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twice;

/// The value of a parameter of the query, decoded. `None`: it was not given.
///
/// # Errors
/// It was given more than once.
pub fn only(request: &Request<'_>, name: &str) -> Result<Option<String>, Twice> {
    let query = request.uri().query();
    let mut values = query.iter().flat_map(|query| query.segments()).filter(|(found, _)| *found == name);
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(Twice),
        (first, None) => Ok(first.map(|(_, value)| value.to_owned())),
    }
}
