use rocket::FromForm;

/// What the address of a page on sharing asks for. What cannot be read is left out.
#[derive(Debug, Default, FromForm)]
pub struct Asked<'r> {
    /// Whose name or address is looked for.
    pub q: Option<&'r str>,
    /// Whom to share with.
    pub email: Option<&'r str>,
    /// What that is to let them do.
    pub access: Option<&'r str>,
    /// The share after which the list goes on.
    pub after: Option<i64>,
    /// What was done just now.
    pub done: Option<&'r str>,
    /// Of which share.
    pub share: Option<i64>,
}
