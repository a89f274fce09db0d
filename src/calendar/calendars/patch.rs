use utoipa::ToSchema;

use crate::http::{Body, Change, Error, REQUIRED};
use crate::text::Bounded;
use crate::time::ZoneName;

/// What is to change of a calendar: a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)). What is
/// left out stays as it is; `null`, or a blank text, leaves nothing there.
#[derive(ToSchema)]
#[schema(example = json!({
    "name": "Work",
    "color": "#FF5733",
    "description": "Meetings and trips",
    "time_zone": "Europe/Berlin",
}))]
pub struct CalendarPatch {
    /// At most 255 bytes in UTF-8; blanks around it do not count, and it must not be blank.
    #[schema(value_type = String, required = false, nullable = false, min_length = 1, max_length = 255)]
    pub name: Change<Bounded<255>>,
    /// At most 32 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 32)]
    pub color: Change<Bounded<32>>,
    /// At most 2,000 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 2000)]
    pub description: Change<Bounded<2000>>,
    /// `null`: the account's, whatever that is when it is looked at.
    #[schema(value_type = Option<ZoneName>)]
    pub time_zone: Change<ZoneName>,
}

impl CalendarPatch {
    /// Reads the body of a PATCH.
    ///
    /// # Errors
    /// A 400 on every member that is wrong.
    pub fn read(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let name = fields.change("name", |fields, name| fields.optional(name, Bounded::parse));
        if name == Change::Clear {
            fields.refuse("name", REQUIRED);
        }
        let patch = Self {
            name,
            color: fields.change("color", |fields, name| fields.optional(name, Bounded::parse)),
            description: fields.change("description", |fields, name| fields.optional(name, Bounded::parse)),
            time_zone: fields
                .change("time_zone", |fields, name| fields.optional(name, |text| ZoneName::parse(&text))),
        };
        fields.finish(Some(patch))
    }

    /// Whether it changes what is the same for all who see the calendar.
    pub fn is_owners(&self) -> bool {
        self.description.is_given() || self.time_zone.is_given()
    }

    /// Whether it changes anything.
    pub fn is_given(&self) -> bool {
        let Self { name, color, description, time_zone } = self;
        name.is_given() || color.is_given() || description.is_given() || time_zone.is_given()
    }
}
