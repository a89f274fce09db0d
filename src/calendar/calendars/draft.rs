use utoipa::ToSchema;

use crate::http::{Body, Error};
use crate::text::Bounded;
use crate::time::ZoneName;

/// A calendar to add. Its lengths are the columns'.
#[derive(ToSchema)]
#[schema(example = json!({
    "name": "Work",
    "color": "#FF5733",
    "description": "Meetings and trips",
    "time_zone": "Europe/Berlin",
}))]
pub struct CalendarDraft {
    /// At most 255 bytes in UTF-8; blanks around it do not count, and it must not be blank.
    #[schema(value_type = String, min_length = 1, max_length = 255, example = "Work")]
    pub name: Bounded<255>,
    /// At most 32 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 32, example = "#FF5733")]
    pub color: Option<Bounded<32>>,
    /// At most 2,000 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 2000, example = "Meetings and trips")]
    pub description: Option<Bounded<2000>>,
    /// Left out: the account's, whatever that is when it is looked at.
    #[schema(value_type = Option<ZoneName>)]
    pub time_zone: Option<ZoneName>,
}

impl CalendarDraft {
    /// Reads the body of a POST.
    ///
    /// # Errors
    /// A 400 on every field that is wrong.
    pub fn read(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let name = fields.required("name", Bounded::parse);
        let color = fields.optional("color", Bounded::parse);
        let description = fields.optional("description", Bounded::parse);
        let time_zone = fields.optional("time_zone", |text| ZoneName::parse(&text));
        fields.finish(name.map(|name| Self { name, color, description, time_zone }))
    }
}
