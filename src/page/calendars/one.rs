use askama::Template;
use askama_web::WebTemplate;
use rocket::{State, get};

use crate::calendar::{Calendar, CalendarId, NoSuchCalendar, Subject, read_calendar};
use crate::db::Db;
use crate::http::Error;
use crate::page::color::{ColorField, Swatch};
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sharing::{Asked, Section, received};
use crate::page::visitor::Visitor;
use crate::page::zones::ZONES;
use crate::time::ZoneName;

/// A calendar: what it is called, and with whom it is shared; of somebody else's how to leave it.
#[derive(Template, WebTemplate)]
#[template(path = "calendars/one.html")]
pub struct CalendarPage {
    frame: Frame,
    calendar: Calendar,
    swatch: Swatch,
    /// What one may do with it.
    access: &'static str,
    /// What was done just now.
    done: Option<&'static str>,
    form: Filled,
    color: ColorField,
    zones: &'static [ZoneName],
    /// Where it is one's own.
    sharing: Option<Section>,
}

impl CalendarPage {
    /// As it is.
    ///
    /// # Errors
    /// A 404 on `id` where it has gone meanwhile; a 503 where the database does not answer.
    pub async fn read(
        db: &Db,
        visitor: &Visitor,
        calendar: Calendar,
        asked: &Asked<'_>,
    ) -> Result<Self, Error> {
        let sharing = match calendar.owner {
            None => {
                let subject = Subject::Calendar(CalendarId(calendar.id));
                Some(Section::read(db, visitor, subject, asked).await?)
            }
            Some(_) => None,
        };
        let form = Filled::default().with("name", &calendar.name);
        let form = form.with("description", calendar.description.as_deref().unwrap_or_default());
        Ok(Self {
            frame: Frame::new(&calendar.name, Part::Calendars, visitor),
            swatch: Swatch::of(calendar.color.as_deref(), calendar.id),
            access: received(calendar.access),
            done: asked.done.and_then(said),
            form: form.with("time_zone", calendar.time_zone.as_str()),
            color: ColorField::of(calendar.color.as_deref()),
            zones: &ZONES,
            sharing,
            calendar,
        })
    }

    /// What it is called that no colour is chosen.
    fn no_color(&self) -> &'static str {
        if self.calendar.owner.is_some() { "As its owner has it" } else { "Automatic" }
    }

    /// With what is wrong with a change of it.
    pub fn with_change(self, form: Filled, color: Option<&str>) -> Self {
        Self { form, color: ColorField::of(color), ..self }
    }

    /// With what is wrong with the first step to share it.
    pub fn with_first_step(self, form: Filled) -> Self {
        Self { sharing: self.sharing.map(|section| Section { form, ..section }), ..self }
    }
}

fn said(done: &str) -> Option<&'static str> {
    match done {
        "made" => Some("The calendar is there."),
        "saved" => Some("Saved."),
        _ => None,
    }
}

/// A calendar that one sees.
#[get("/calendars/<id>?<asked..>")]
pub async fn get_calendar(
    visitor: Visitor,
    id: Result<CalendarId, NoSuchCalendar>,
    asked: Asked<'_>,
    db: &State<Db>,
) -> Result<CalendarPage, Refused> {
    let calendar = read_calendar(db, visitor.user, id?).await?;
    Ok(CalendarPage::read(db, &visitor, calendar, &asked).await?)
}
