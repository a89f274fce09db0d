use utoipa::ToSchema;

use crate::http::{Body, Change, Error, Fields, REQUIRED};
use crate::text::Email;
use crate::text::{Bounded, Locale};
use crate::time::{WeekStart, ZoneName};

/// What is to change of one's own account: a merge patch
/// ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)). What is left out stays as it is; `null`, or a
/// blank text, brings back what an account has that never set it.
#[derive(ToSchema)]
#[schema(example = json!({
    "name": "John Doe",
    "time_zone": "Europe/Berlin",
    "locale": "de-AT",
    "week_starts_on": 1,
    "is_listed": true,
}))]
pub struct ProfilePatch {
    /// At most 255 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 255)]
    pub name: Change<Bounded<255>>,
    #[schema(value_type = Option<ZoneName>)]
    pub time_zone: Change<ZoneName>,
    #[schema(value_type = Option<Locale>)]
    pub locale: Change<Locale>,
    #[schema(value_type = Option<WeekStart>)]
    pub week_starts_on: Change<WeekStart>,
    /// Whether others may find one.
    #[schema(value_type = Option<bool>)]
    pub is_listed: Change<bool>,
    /// As at the registration. Another one than before needs `current_password`, or a login of the last 5
    /// minutes.
    #[schema(value_type = String, required = false, nullable = false, format = "idn-email", min_length = 1, max_length = 255)]
    pub email: Change<Email>,
    /// The account's password, for another `email`.
    #[schema(format = Password)]
    pub current_password: Option<String>,
}

impl ProfilePatch {
    /// Reads the body of a PATCH.
    ///
    /// # Errors
    /// A 400 on every member that is wrong.
    pub fn read(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let email = fields.change("email", |fields, name| fields.optional(name, Email::parse));
        if email == Change::Clear {
            fields.refuse("email", REQUIRED);
        }
        let patch = Self {
            name: fields.change("name", |fields, name| fields.optional(name, Bounded::parse)),
            time_zone: fields
                .change("time_zone", |fields, name| fields.optional(name, |text| ZoneName::parse(&text))),
            locale: fields.change("locale", |fields, name| fields.optional(name, Locale::parse)),
            week_starts_on: fields
                .change("week_starts_on", |fields, name| fields.integer(name, WeekStart::parse)),
            is_listed: fields.change("is_listed", Fields::boolean),
            email,
            current_password: fields.text("current_password").filter(|password| !password.is_empty()),
        };
        fields.finish(Some(patch))
    }

    /// Whether it changes a column of USERS, but for the address.
    pub fn changes_account(&self) -> bool {
        self.name.is_given()
    }

    /// Whether it changes a column of USER_PROFILES.
    pub fn changes_settings(&self) -> bool {
        let Self { time_zone, locale, week_starts_on, is_listed, name: _, email: _, current_password: _ } =
            self;
        time_zone.is_given() || locale.is_given() || week_starts_on.is_given() || is_listed.is_given()
    }
}
