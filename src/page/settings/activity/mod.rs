//! What was done to one's own account.

mod words;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{State, get};

use super::moment::Moment;
use crate::audit::{Act, Line};
use crate::db::Db;
use crate::http::{Page, write_cursor};
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::visitor::Visitor;
use crate::users::{ActivityKey, activity_key, list_activity};

const HERE: &str = "/settings/activity";

#[derive(Template, WebTemplate)]
#[template(path = "settings/activity/activity.html")]
pub struct ActivityPage {
    frame: Frame,
    here: &'static str,
    lines: Vec<Shown>,
    is_first: bool,
    /// Where the page after this one is. `None`: there is none.
    older: Option<String>,
}

/// A line of the log, as its person reads it.
struct Shown {
    what: String,
    /// The address that was left.
    former_address: Option<String>,
    when: Moment,
    /// From which address it was asked for.
    address: Option<String>,
    is_by_operator: bool,
    is_in_this_session: bool,
}

impl Shown {
    fn new(line: Line, visitor: &Visitor) -> Self {
        let act = Act::named(&line.act);
        let session = visitor.token.session.map(|session| session.to_string());
        Self {
            what: act.map_or_else(|| words::unknown(&line.act), |act| words::of(act).to_owned()),
            former_address: line.subject.filter(|_| act == Some(Act::EmailChanged)),
            when: Moment::new(line.at, visitor),
            address: line.address,
            is_by_operator: line.actor == "operator",
            is_in_this_session: session.is_some() && line.session_id == session,
        }
    }
}

#[get("/settings/activity")]
pub async fn get_activity(
    visitor: Visitor,
    page: Page<ActivityKey>,
    db: &State<Db>,
) -> Result<ActivityPage, Refused> {
    let mut lines = list_activity(db, visitor.user, &page).await?;
    let last = page.cut(&mut lines, activity_key);
    Ok(ActivityPage {
        frame: Frame::new("Activity", Part::Settings, &visitor),
        here: HERE,
        lines: lines.into_iter().map(|line| Shown::new(line, &visitor)).collect(),
        is_first: page.after().is_none(),
        older: last.map(|last| format!("{HERE}?cursor={}&limit={}", write_cursor(&last), page.limit())),
    })
}
