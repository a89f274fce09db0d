//! Name, address, password, time and language, who may find one, light and dark: a form each on one page.

pub mod account;
mod answer;
mod forms;
mod languages;
mod lead_back;
pub mod preferences;
mod section;
pub mod theme;
mod zones;

use askama::Template;
use askama_web::WebTemplate;
use jiff::Timestamp;
use rocket::{State, get};

pub use self::lead_back::leading_back;

use self::forms::Forms;
use self::languages::LANGUAGES;
use self::section::Section;
use self::zones::{Region, is_listed, regions};
use crate::page::frame::{Frame, Part};
use crate::page::visitor::Visitor;
use crate::time::ZoneName;
use crate::users::Settings;

const HERE: &str = "/settings";

#[derive(Template, WebTemplate)]
#[template(path = "settings/general/general.html")]
pub struct GeneralPage {
    frame: Frame,
    here: &'static str,
    forms: Forms,
    done: Option<Section>,
    /// What a time zone and a first day of the week are called that are not chosen.
    no_zone: String,
    no_week: String,
    /// What is said of a language that was not chosen yet. `None`: it was.
    no_locale: Option<String>,
    /// Today and now, as the person's language writes them.
    example: String,
    /// The shortest password that is taken.
    shortest: usize,
    regions: &'static [Region],
    languages: &'static [(&'static str, &'static str)],
}

impl GeneralPage {
    fn new(visitor: &Visitor, forms: Forms, settings: &Settings) -> Self {
        let preferences = &visitor.preferences;
        let now = preferences.time_zone.rules().to_datetime(Timestamp::now());
        let words = &visitor.words;
        Self {
            frame: Frame::new("Settings", Part::Settings, visitor),
            here: HERE,
            forms,
            done: None,
            no_zone: none(visitor.chosen.time_zone.is_some(), ZoneName::default().as_str()),
            no_week: none(visitor.chosen.week_starts_on.is_some(), "Monday"),
            no_locale: visitor.chosen.locale.is_none().then(|| languages::unchosen(visitor)),
            example: format!("{}, {}", words.full_date(now.date()), words.time(now.time())),
            shortest: settings.password_min_length,
            regions: regions(),
            languages: LANGUAGES,
        }
    }

    /// What a new password has to be.
    fn password_hint(&self) -> String {
        format!("At least {} characters.", self.shortest)
    }

    /// A zone that the list lacks, and the form has all the same.
    fn unlisted_zone(&self) -> Option<&str> {
        Some(self.forms.preferences.value("time_zone")).filter(|name| !name.is_empty() && !is_listed(name))
    }
}

/// What stands for no choice, with what is shown then.
fn none(is_chosen: bool, default: &str) -> String {
    let word = if is_chosen { "None chosen" } else { "Not chosen yet" };
    format!("{word} ({default})")
}

/// All of it; `done` says what was just saved.
#[get("/settings?<done>")]
pub fn get_general(done: Option<&str>, visitor: Visitor, settings: &State<Settings>) -> GeneralPage {
    let page = GeneralPage::new(&visitor, Forms::of(&visitor), settings);
    GeneralPage { done: done.and_then(Section::named), ..page }
}
