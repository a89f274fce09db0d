use super::assets;
use super::looks::{Looks, Theme};
use super::visitor::Visitor;

/// What surrounds each page.
pub struct Frame {
    /// Of the page, as the browser's tab shows it.
    pub title: String,
    /// Who is logged in.
    pub visitor: Option<Visited>,
    /// Light or dark, where it was chosen.
    pub theme: Option<Theme>,
    /// Which part of the navigation this is.
    part: Part,
}

/// Whoever is logged in, for the frame.
#[derive(Debug, Clone)]
pub struct Visited {
    /// What they are called: their name, else their address.
    pub name: String,
    /// By what a form proves itself.
    pub csrf_token: String,
    /// How many offers wait for an answer.
    pub offers: usize,
    /// Their time zone, for modules.
    pub time_zone: String,
    /// Whether they have chosen it.
    pub has_zone: bool,
    /// Their language, for modules.
    pub locale: String,
}

/// The parts of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    None,
    Calendar,
    Calendars,
    Offers,
    Settings,
}

impl Visited {
    /// What the frame shows of somebody.
    pub fn of(visitor: &Visitor) -> Self {
        Self {
            name: visitor.profile.called().to_owned(),
            csrf_token: visitor.csrf_token(),
            offers: visitor.offers,
            time_zone: visitor.preferences.time_zone.as_str().to_owned(),
            has_zone: visitor.chosen.time_zone.is_some(),
            locale: visitor.preferences.locale.as_str().to_owned(),
        }
    }
}

impl Frame {
    /// Around a page for whoever is not logged in, or need not be.
    pub fn of_anybody(title: &str, looks: &Looks) -> Self {
        Self { title: title.to_owned(), visitor: None, theme: looks.theme, part: Part::None }
    }

    /// Around a page of whoever is logged in.
    pub fn new(title: &str, part: Part, visitor: &Visitor) -> Self {
        Self {
            title: title.to_owned(),
            visitor: Some(Visited::of(visitor)),
            theme: visitor.looks.theme,
            part,
        }
    }

    /// Around a page for this person, if it is known who it is.
    pub fn for_whom(title: &str, looks: &Looks, visited: Option<&Visited>) -> Self {
        Self { visitor: visited.cloned(), ..Self::of_anybody(title, looks) }
    }

    /// Whether it is this part of the navigation.
    pub fn is_in(&self, part: &str) -> bool {
        let name = match self.part {
            Part::None => "",
            Part::Calendar => "calendar",
            Part::Calendars => "calendars",
            Part::Offers => "offers",
            Part::Settings => "settings",
        };
        name == part
    }

    /// By what a form proves itself; nothing where nobody is logged in.
    pub fn csrf_token(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| &visitor.csrf_token)
    }

    /// The address of a file that the page loads.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The zone of whoever has not chosen theirs.
    pub fn default_zone(&self) -> Option<&str> {
        self.visitor.as_ref().filter(|visitor| !visitor.has_zone).map(|visitor| visitor.time_zone.as_str())
    }

    /// The language that dates are written in, for `lang`.
    pub fn locale(&self) -> &str {
        self.visitor.as_ref().map_or("en", |visitor| &visitor.locale)
    }

    /// The word of the stylesheet for what was chosen.
    pub fn theme(&self) -> &'static str {
        self.theme.map_or("system", Theme::as_str)
    }
}
