use utoipa::ToSchema;

/// ISO 8601: a date and a time at any offset, or in UTC where none is given; seconds and their
/// fraction may be left out, and a date alone is midnight. Kept to the microsecond; years 1 to 9999
/// in UTC.
// No format: `date-time` would refuse a date alone.
#[derive(ToSchema)]
#[schema(
    as = Time,
    value_type = String,
    pattern = r"^\s*[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?)?\s*$",
    example = "2025-12-06T10:00:00Z",
)]
#[expect(dead_code, reason = "the form that `parse` reads, for the document")]
pub struct IsoTime(String);
