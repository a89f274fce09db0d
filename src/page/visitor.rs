use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::frame::Visited;
use super::looks::Looks;
use super::words::Words;
use crate::auth::{Unauthorized, UserId, Verified, VerifiedToken};
use crate::calendar::count_offers;
use crate::db::Db;
use crate::http::Error;
use crate::preferences::{Chosen, Preferences};
use crate::users::{Profile, find_profile};

/// Who looks at a page, and how they see it. As a guard it refuses whoever is not logged in; a page's catcher leads them to the
/// login.
pub struct Visitor {
    /// Who it is.
    pub user: UserId,
    /// What the request shows of it.
    pub token: Verified,
    /// Their account.
    pub profile: Profile,
    /// What they have chosen.
    pub chosen: Chosen,
    /// Their zone, language and week: what they have chosen, else what their browser says, else the defaults.
    pub preferences: Preferences,
    /// The rules of their zone.
    pub zone: TimeZone,
    today: Date,
    /// How times and dates are written for them.
    pub words: Arc<Words>,
    /// How many offers wait for an answer.
    pub offers: usize,
    /// How their browser would like it.
    pub looks: Looks,
}

impl Visitor {
    /// Whoever a token names: two round trips.
    ///
    /// # Errors
    /// A 401 where there is no such person any more; a 503 where the database does not answer.
    pub async fn of(db: &Db, token: Verified, looks: Looks) -> Result<Self, Error> {
        let user = token.user;
        let find = db.read("visit", move |db| {
            let Some((account, settings)) = find_profile(db, user)? else { return Ok(None) };
            Ok(Some((account, settings.unwrap_or_default(), count_offers(db, user)?)))
        });
        let (account, settings, offers) = find.await?.ok_or(Unauthorized("User not found"))?;
        let chosen = settings.chosen.clone();
        let spoken = chosen.locale.clone().or_else(|| looks.language.clone());
        let preferences = Preferences::from(Chosen { locale: spoken, ..chosen.clone() });
        let words = Words::of(&preferences.locale);
        let profile = Profile::new(user, account, settings);
        let zone = preferences.time_zone.rules();
        let today = zone.to_datetime(Timestamp::now()).date();
        Ok(Self { user, token, profile, chosen, preferences, zone, today, words, offers, looks })
    }

    /// Which day it is where they are.
    pub fn today(&self) -> Date {
        self.today
    }

    /// By what their forms prove that they are ours.
    pub fn csrf_token(&self) -> String {
        self.token.csrf.map(|csrf| csrf.to_string()).unwrap_or_default()
    }
}

/// Who has been found to ask by a request, for the page of an error.
#[derive(Debug, Default)]
pub struct Known(OnceLock<Visited>);

impl Known {
    /// That of a request.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Self {
        request.local_cache(Self::default)
    }

    /// Remembers who it is.
    pub fn set(&self, visitor: &Visitor) {
        // Whoever it was first it is still.
        let _ = self.0.set(Visited::of(visitor));
    }

    /// Who it is, if that was found.
    pub fn get(&self) -> Option<&Visited> {
        self.0.get()
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let token = match VerifiedToken::from_request(request).await {
            Outcome::Success(VerifiedToken(token)) => token,
            Outcome::Error(error) => return Outcome::Error(error),
            Outcome::Forward(status) => return Outcome::Forward(status),
        };
        let db = request.rocket().state::<Db>().expect("the database is managed at the start");
        match Self::of(db, token, Looks::of(request)).await {
            Ok(visitor) => {
                Known::of(request).set(&visitor);
                Outcome::Success(visitor)
            }
            Err(error) => error.in_guard(request),
        }
    }
}
