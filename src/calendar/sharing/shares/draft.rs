use utoipa::ToSchema;

use super::Subject;
use crate::calendar::sharing::Access;
use crate::http::{Body, Error, Fields, REQUIRED};
use crate::text::Email;

/// A share to offer.
#[derive(ToSchema)]
#[schema(example = json!({"email": "jane@example.com", "access": "read"}))]
pub struct ShareDraft {
    /// Of whom it is for. Whether somebody has the address is not told.
    #[schema(value_type = String, format = "email", max_length = 255, example = "jane@example.com")]
    pub email: Email,
    /// What it lets them do; of a single event not `busy`.
    pub access: Access,
}

/// What is to change of a share.
#[derive(ToSchema)]
#[schema(example = json!({"access": "write"}))]
pub struct SharePatch {
    /// What it lets its receiver do from now on; of a single event not `busy`. Left out, it stays.
    #[schema(required = false, nullable = false)]
    pub access: Option<Access>,
}

impl ShareDraft {
    /// Reads the body of a POST.
    ///
    /// # Errors
    /// A 400 on every field that is wrong.
    pub fn read(body: &Body, subject: Subject) -> Result<Self, Error> {
        let mut fields = body.fields();
        let email = fields.required("email", Email::parse);
        let access = read_access(&mut fields, subject);
        if access.is_none() {
            fields.refuse("access", REQUIRED);
        }
        fields.finish(email.zip(access).map(|(email, access)| Self { email, access }))
    }
}

impl SharePatch {
    /// Reads the body of a PATCH.
    ///
    /// # Errors
    /// A 400 on a field that is wrong.
    pub fn read(body: &Body, subject: Subject) -> Result<Self, Error> {
        let mut fields = body.fields();
        let access = fields.change("access", |fields, _| read_access(fields, subject));
        if access == crate::http::Change::Clear {
            fields.refuse("access", REQUIRED);
        }
        fields.finish(Some(Self { access: access.value().copied() }))
    }
}

/// Whoever sees one event alone sees more of it than its times.
fn read_access(fields: &mut Fields<'_>, subject: Subject) -> Option<Access> {
    fields.optional("access", |text| match (Access::parse(&text), subject) {
        (Ok(Access::Busy) | Err(_), Subject::Event(_)) => Err("Must be read or write".into()),
        (access, _) => access,
    })
}
