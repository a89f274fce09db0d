use askama::Template;
use askama_web::WebTemplate;
use rocket::{State, get};

use crate::calendar::{Calendar, CalendarId, Counted, list_calendars, share_steps};
use crate::db::Db;
use crate::http::Error;
use crate::page::color::{ColorField, Swatch};
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sharing::received;
use crate::page::visitor::Visitor;
use crate::page::zones::ZONES;
use crate::time::ZoneName;

/// The list, and a form for another one.
#[derive(Template, WebTemplate)]
#[template(path = "calendars/list.html")]
pub struct CalendarsPage {
    frame: Frame,
    /// What was done just now.
    done: Option<&'static str>,
    own: Vec<Listed>,
    shared: Vec<Listed>,
    form: Filled,
    color: ColorField,
    zones: &'static [ZoneName],
}

/// A calendar of the list.
struct Listed {
    id: i64,
    name: String,
    description: Option<String>,
    swatch: Swatch,
    is_default: bool,
    /// Whose it is, where it is somebody else's, and what one may do with it.
    owner: Option<(String, &'static str)>,
    /// With whom it is shared.
    shared: Option<String>,
}

impl CalendarsPage {
    /// With an empty form.
    ///
    /// # Errors
    /// A 503 where the database does not answer.
    pub async fn read(db: &Db, visitor: &Visitor, done: Option<&str>) -> Result<Self, Error> {
        let calendars = list_calendars(db, visitor.user).await?;
        let counts = share_steps::count(db, visitor.user).await?;
        let listed = calendars.into_iter().map(|calendar| {
            let counted = counts.get(&CalendarId(calendar.id)).copied();
            Listed::new(calendar, counted)
        });
        let (own, shared) = listed.partition(|calendar| calendar.owner.is_none());
        Ok(Self {
            frame: Frame::new("Calendars", Part::Calendars, visitor),
            done: done.and_then(said),
            own,
            shared,
            form: Filled::default(),
            color: ColorField::of(None),
            zones: &ZONES,
        })
    }

    /// With what is wrong with the form.
    pub fn with_draft(self, form: Filled, color: Option<&str>) -> Self {
        Self { form, color: ColorField::of(color), ..self }
    }
}

impl Listed {
    fn new(calendar: Calendar, counted: Option<Counted>) -> Self {
        let access = received(calendar.access);
        Self {
            id: calendar.id,
            swatch: Swatch::of(calendar.color.as_deref(), calendar.id),
            is_default: calendar.is_default,
            owner: calendar.owner.map(|owner| (owner.called().to_owned(), access)),
            shared: counted.and_then(|counted| with_whom(counted.accepted, counted.offered)),
            name: calendar.name,
            description: calendar.description,
        }
    }
}

fn with_whom(accepted: i64, offered: i64) -> Option<String> {
    match (accepted, offered) {
        (0, 0) => None,
        (0, offered) => Some(format!("Offered to {offered}")),
        (accepted, 0) => Some(format!("Shared with {accepted}")),
        (accepted, offered) => Some(format!("Shared with {accepted}, offered to {offered}")),
    }
}

fn said(done: &str) -> Option<&'static str> {
    match done {
        "deleted" => Some("The calendar and its events are deleted."),
        "moved" => Some("The calendar is deleted. Its events are in the one that you chose."),
        "left" => Some("You have left it: it is not in your calendar any more."),
        _ => None,
    }
}

/// One's calendars, the default one first.
#[get("/calendars?<done>")]
pub async fn get_calendars(
    visitor: Visitor,
    done: Option<&str>,
    db: &State<Db>,
) -> Result<CalendarsPage, Refused> {
    Ok(CalendarsPage::read(db, &visitor, done).await?)
}
