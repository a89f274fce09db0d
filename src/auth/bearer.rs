use rocket::Request;

use super::Unauthorized;

/// The credentials of `Authorization: Bearer …` (RFC 6750, section 2.1). The scheme's case does
/// not matter (RFC 9110, section 11.1). `None`: there is no such header.
pub fn bearer_token<'r>(request: &'r Request<'_>) -> Option<Result<&'r str, Unauthorized>> {
    let header = request.headers().get_one("Authorization")?;
    let (scheme, token) = header.trim().split_once(' ').unwrap_or((header, ""));
    Some(match scheme.eq_ignore_ascii_case("Bearer") {
        true => Ok(token.trim()),
        false => Err(Unauthorized(
            "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'",
        )),
    })
}
