use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use utoipa::IntoParams;

use crate::calendar::series::RecurrenceId;
use crate::http::{Error, only};
use crate::time;

/// What of an event is meant. As a guard it refuses, with a 400 on `occurrence` and on `scope`, what is no time and what is
/// no scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// All of it.
    Whole,
    /// One of its occurrences.
    Occurrence(RecurrenceId),
    /// One of its occurrences, and all after it.
    Following(RecurrenceId),
    /// All of it, by what is said of one of its occurrences. No address of the API names it.
    Throughout(RecurrenceId),
}

/// How to name what is meant, for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "for the document")]
pub struct TargetParameters {
    /// One occurrence of the event alone: the one that the series has begin then, as its `occurrence` says.
    // Without an example, which a page would fill in: it is to be left out as a rule.
    occurrence: Option<String>,
    /// `following`: the occurrence and all after it.
    #[param(pattern = "^following$")]
    scope: Option<String>,
}

/// Which occurrence is meant, for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "for the document")]
pub struct OccurrenceParameters {
    /// One occurrence of the event: the one that the series has begin then.
    // Without an example, which a page would fill in: it is to be left out as a rule.
    occurrence: Option<String>,
}

impl Target {
    fn read(request: &Request<'_>) -> Result<Self, Error> {
        let twice = |field| move |_| Error::invalid(field, "Must be given once");
        let occurrence = only(request, "occurrence").map_err(twice("occurrence"))?;
        let scope = only(request, "scope").map_err(twice("scope"))?;
        let id = match occurrence {
            None => None,
            Some(text) => {
                let at = time::parse(text.trim()).map_err(|why| Error::invalid("occurrence", why))?;
                Some(RecurrenceId::of(at))
            }
        };
        match (id, scope.as_deref()) {
            (None, None) => Ok(Self::Whole),
            (Some(id), None) => Ok(Self::Occurrence(id)),
            (Some(id), Some("following")) => Ok(Self::Following(id)),
            (None, Some("following")) => {
                Err(Error::invalid("occurrence", "Must say from which occurrence on"))
            }
            (_, Some(_)) => Err(Error::invalid("scope", "Must be following")),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Target {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match Self::read(request) {
            Ok(target) => Outcome::Success(target),
            Err(error) => error.in_guard(request),
        }
    }
}
