use utoipa::IntoParams;

/// The parameters of the list, as the document names them. All are optional, but none goes without `from` and `to`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "for the document")]
pub struct RangeParameters {
    /// What ends before, or then, is left out; an event without length counts at its start. Goes with `to`.
    #[param(value_type = Option<crate::time::IsoTime>, example = "2025-12-01")]
    from: Option<String>,
    /// What begins then, or later, is left out. After `from`, and at most 10 years.
    #[param(value_type = Option<crate::time::IsoTime>, example = "2026-01-01")]
    to: Option<String>,
    /// The time zone of `from` and `to` where they have no offset, and the one in which days begin and end for the reader.
    /// Left out, it is UTC.
    #[param(value_type = Option<crate::time::ZoneName>)]
    time_zone: Option<String>,
    /// Ids of calendars, with commas between them: what is in others is left out.
    #[param(pattern = "^[1-9][0-9]*(,[1-9][0-9]*)*$", example = "1,2")]
    calendar: Option<String>,
    /// A text that the title, the description or the location has in it, in upper or lower case.
    q: Option<String>,
    /// `confirmed`, `tentative` or `cancelled`; also several, with commas between them.
    #[param(
        pattern = "^(confirmed|tentative|cancelled)(,(confirmed|tentative|cancelled))*$",
        example = "confirmed,tentative"
    )]
    status: Option<String>,
    /// How many events and occurrences the page has at most.
    #[param(minimum = 1, maximum = 10000, default = 10000)]
    limit: Option<i64>,
    /// Where the page begins, as the `Link` of the page before it says; left out, at the list's beginning.
    cursor: Option<String>,
}
