/// A form of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Name,
    Address,
    Password,
    Preferences,
    Listing,
    Theme,
}

impl Section {
    const ALL: [Self; 6] =
        [Self::Name, Self::Address, Self::Password, Self::Preferences, Self::Listing, Self::Theme];

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.name() == name)
    }

    /// As addresses have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Password => "password",
            Self::Preferences => "preferences",
            Self::Listing => "listing",
            Self::Theme => "theme",
        }
    }

    /// Its fields that are sent back when they are refused.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["name"],
            Self::Address => &["email"],
            Self::Password => &[],
            Self::Preferences => &["time_zone", "locale", "week_starts_on"],
            Self::Listing => &["is_listed"],
            Self::Theme => &["theme"],
        }
    }

    /// What is said once it is saved.
    pub fn done(self) -> &'static str {
        match self {
            Self::Name => "Your name is saved.",
            Self::Address => "Your address is changed. Log in with the new one from now on.",
            Self::Password => "Your password is changed. All other sessions have ended.",
            Self::Preferences => "Time and language are saved.",
            Self::Listing => "Who may find you is saved.",
            Self::Theme => "Light and dark are saved, on this browser.",
        }
    }
}
