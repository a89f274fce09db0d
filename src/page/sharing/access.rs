use crate::calendar::{Access, CalendarAccess, ShareState, Subject};

/// What a share can let somebody do, in words for whoever offers it.
pub struct Choice {
    /// As the API spells it.
    pub access: Access,
    /// In a word or two.
    pub name: &'static str,
    /// What the other will see, and may do.
    pub sentence: &'static str,
}

const OF_CALENDARS: [Choice; 3] = [
    Choice {
        access: Access::Busy,
        name: "See when I am busy",
        sentence: "Only when you are busy: no titles, no places.",
    },
    Choice {
        access: Access::Read,
        name: "See events",
        sentence: "Titles, places and all else. Of private events only when you are busy.",
    },
    Choice {
        access: Access::Write,
        name: "See and change events",
        sentence: "Titles, places and all else; they may add, change and delete events, too, but for private ones. They can \
                   neither share the calendar nor delete it.",
    },
];

const OF_EVENTS: [Choice; 2] = [
    Choice { access: Access::Read, name: "See it", sentence: "Title, place and all else of it." },
    Choice {
        access: Access::Write,
        name: "See and change it",
        sentence: "Title, place and all else of it; they may change and delete it, too. They cannot share it.",
    },
];

/// What can be chosen, the least first.
pub fn choices(subject: Subject) -> &'static [Choice] {
    match subject {
        Subject::Calendar(_) => &OF_CALENDARS,
        Subject::Event(_) => &OF_EVENTS,
    }
}

/// What somebody else lets one do with a calendar of theirs.
pub fn received(access: CalendarAccess) -> &'static str {
    match access {
        CalendarAccess::Owner => "It is yours.",
        CalendarAccess::Write => "You see its events and may change them, but for private ones.",
        CalendarAccess::Read => "You see its events, of private ones only when time is taken.",
        CalendarAccess::Busy => "You see when time is taken, and nothing else.",
    }
}

/// Whether an offer was answered.
pub fn state(state: ShareState) -> &'static str {
    match state {
        ShareState::Offered => "Not answered yet",
        ShareState::Accepted => "Accepted",
        ShareState::Declined => "Declined",
    }
}
