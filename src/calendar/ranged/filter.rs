use crate::calendar::calendars::CalendarId;
use crate::calendar::values::Status;
use crate::calendar::whole::WholeEvent;
use crate::id::positive_integer;
use crate::text::fold;

/// Which events are asked for. What is `None` is not asked of them.
#[derive(Debug, Default)]
pub struct Filter {
    /// Those of these calendars.
    pub calendars: Option<Vec<CalendarId>>,
    /// Those that have it in title, description or location.
    pub text: Option<Text>,
    /// Those of one of these.
    pub statuses: Option<Vec<Status>>,
}

impl Filter {
    /// Whether events of the calendar are asked for. `None`: it is a default one that is yet to be made, and that nobody can
    /// have named.
    pub fn takes_calendar(&self, calendar: Option<CalendarId>) -> bool {
        self.calendars
            .as_ref()
            .is_none_or(|calendars| calendar.is_some_and(|calendar| calendars.contains(&calendar)))
    }

    /// Whether an event or occurrence of such a calendar is asked for.
    pub fn takes(&self, event: &WholeEvent<'_>) -> bool {
        let status = event.status.unwrap_or(Status::Confirmed);
        let has_status = self.statuses.as_ref().is_none_or(|statuses| statuses.contains(&status));
        let texts =
            [Some(&event.event.title), event.event.description.as_ref(), event.event.location.as_ref()];
        has_status
            && self
                .text
                .as_ref()
                .is_none_or(|text| texts.into_iter().flatten().any(|other| text.is_within(other)))
    }
}

/// A text that is looked for in others, folded.
#[derive(Debug)]
pub struct Text(String);

impl Text {
    /// Without blanks around it; `None` where nothing else is there.
    pub fn of(text: &str) -> Option<Self> {
        Some(Self(fold(text.trim()))).filter(|Self(folded)| !folded.is_empty())
    }

    fn is_within(&self, other: &str) -> bool {
        fold(other).contains(&self.0)
    }
}

/// Reads ids of calendars, with commas between.
///
/// # Errors
/// What they must be, for a person.
pub fn calendars(text: &str) -> Result<Vec<CalendarId>, String> {
    let ids = text.split(',').map(|id| positive_integer(id).map(CalendarId));
    ids.collect::<Option<_>>().ok_or_else(|| "Must be ids of calendars, with commas between them".into())
}

/// Reads statuses, with commas between.
///
/// # Errors
/// What they must be, for a person.
pub fn statuses(text: &str) -> Result<Vec<Status>, String> {
    text.split(',').map(Status::parse).collect()
}
