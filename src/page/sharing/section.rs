use super::access::{self, Choice};
use super::asked::Asked;
use super::shown::ShownShare;
use crate::calendar::{Beginning, Person, ShareState, Subject, people_steps, share_steps};
use crate::db::Db;
use crate::http::Error;
use crate::page::filled::Filled;
use crate::page::visitor::Visitor;

/// What was done with a share.
pub struct Done {
    /// What is said before the other's address.
    pub before: &'static str,
    /// That, in a mark of its own.
    pub email: String,
    /// What is said after it.
    pub after: String,
}

/// With whom something of one's own is shared, and the first step to share it with somebody more.
pub struct Section {
    /// What the addresses of its forms begin with: `/calendars/1`.
    pub base: String,
    /// The page that it is on.
    pub here: String,
    /// What is shared: `calendar` or `event`.
    pub what: &'static str,
    /// What was done just now.
    pub done: Option<Done>,
    /// The shares, by id.
    pub shares: Vec<ShownShare>,
    /// Where the list goes on.
    pub next: Option<String>,
    /// The first step.
    pub form: Filled,
    /// What can be chosen in it.
    pub choices: &'static [Choice],
    /// With whom one shares something already.
    pub known: Vec<Person>,
    /// Whose name or address is looked for.
    pub query: String,
    /// Who was found; `None`: nobody was looked for.
    pub found: Option<Vec<Person>>,
}

/// So many shares are shown at once.
const AT_MOST: i64 = 200;

impl Section {
    /// Of what is the visitor's own.
    ///
    /// # Errors
    /// A 404 on `id`; a 503 where the database does not answer.
    pub async fn read(
        db: &Db,
        visitor: &Visitor,
        subject: Subject,
        asked: &Asked<'_>,
    ) -> Result<Self, Error> {
        let (base, here) = addresses(subject);
        let after = asked.after.unwrap_or(0).max(0);
        let mut shares = share_steps::list(db, visitor.user, subject, (after, AT_MOST + 1)).await?;
        let has_more = shares.len() as i64 > AT_MOST;
        shares.truncate(AT_MOST as usize);
        let next = shares.last().filter(|_| has_more).map(|last| format!("{here}?after={}#shares", last.id));
        let known = people_steps::known(db, visitor.user).await?;
        let query = asked.q.unwrap_or_default().trim().to_owned();
        let found = match Beginning::parse(&query) {
            Some(beginning) => Some(people_steps::find(db, visitor.user, beginning).await?),
            None => None,
        };
        let choices = access::choices(subject);
        let least = choices[0].access.as_str();
        let form = Filled::default().with("email", asked.email.unwrap_or_default());
        let form = form.with("access", asked.access.unwrap_or(least));
        let shares: Vec<_> =
            shares.into_iter().map(|share| ShownShare::new(share, choices, &known)).collect();
        Ok(Self {
            done: asked
                .done
                .and_then(|done| said(done, shares.iter().find(|one| Some(one.id) == asked.share))),
            base,
            here,
            what: what(subject),
            shares,
            next,
            form,
            choices,
            known,
            query,
            found,
        })
    }
}

/// What is shared, in a word.
pub fn what(subject: Subject) -> &'static str {
    match subject {
        Subject::Calendar(_) => "calendar",
        Subject::Event(_) => "event",
    }
}

/// What the addresses on shares of it begin with, and the page that they are on.
pub fn addresses(subject: Subject) -> (String, String) {
    let base = format!("/{}s/{}", what(subject), subject.id());
    let here = match subject {
        Subject::Calendar(_) => base.clone(),
        Subject::Event(_) => format!("{base}/share"),
    };
    (base, here)
}

fn said(done: &str, share: Option<&ShownShare>) -> Option<Done> {
    let of =
        |before, share: &ShownShare, after: String| Some(Done { before, email: share.email.clone(), after });
    match (done, share) {
        ("offered", Some(share)) if share.state == ShareState::Offered => {
            of("Offered to ", share, OFFERED.to_owned())
        }
        ("offered" | "changed", Some(share)) => {
            of("From now on ", share, format!(" may: {}.", share.access_name().to_lowercase()))
        }
        ("stopped", _) => Some(Done {
            before: "It is not shared with them any more.",
            email: String::new(),
            after: String::new(),
        }),
        _ => None,
    }
}

const OFFERED: &str = ". Whoever has this address finds it under Offers once they are logged in, and has to accept it; until then \
     they see nothing. Whether somebody has the address is not told.";
