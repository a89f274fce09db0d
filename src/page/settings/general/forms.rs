use super::section::Section;
use crate::http::{Error, Form};
use crate::page::filled::Filled;
use crate::page::looks::Theme;
use crate::page::visitor::Visitor;

/// The page's forms, as they are filled in.
pub struct Forms {
    pub name: Filled,
    pub address: Filled,
    pub password: Filled,
    pub preferences: Filled,
    pub listing: Filled,
    pub theme: Filled,
}

impl Forms {
    /// As the account is. What was not chosen yet is left open.
    pub fn of(visitor: &Visitor) -> Self {
        let (profile, chosen) = (&visitor.profile, &visitor.chosen);
        let zone = chosen.time_zone.as_ref().map_or("", |zone| zone.as_str());
        let locale = chosen.locale.as_ref().map_or("", |locale| locale.as_str());
        let week = chosen.week_starts_on.map_or_else(String::new, |day| day.number().to_string());
        let nothing = Filled::default;
        Self {
            name: nothing().with("name", profile.name.as_deref().unwrap_or_default()),
            address: nothing().with("email", &*profile.email),
            password: nothing(),
            preferences: nothing()
                .with("time_zone", zone)
                .with("locale", locale)
                .with("week_starts_on", week),
            listing: nothing().with("is_listed", if profile.is_listed { "true" } else { "" }),
            theme: nothing().with("theme", visitor.looks.theme.map_or("system", Theme::as_str)),
        }
    }

    /// With one that was refused: what was not sent of it stays as the account has it.
    pub fn refused(mut self, section: Section, form: &Form, error: &Error) -> Self {
        let shown = self.section(section);
        let mut filled = Filled::refused(form, section.fields(), error);
        for field in section.fields() {
            if form.get(field).is_none() {
                filled = filled.with(field, shown.value(field));
            }
        }
        *shown = filled;
        self
    }

    fn section(&mut self, section: Section) -> &mut Filled {
        match section {
            Section::Name => &mut self.name,
            Section::Address => &mut self.address,
            Section::Password => &mut self.password,
            Section::Preferences => &mut self.preferences,
            Section::Listing => &mut self.listing,
            Section::Theme => &mut self.theme,
        }
    }
}
