//! What a request shows of who is asking: a token in its header, or in its cookies.

use std::sync::Arc;

use rocket::Request;

use super::bearer::bearer_token;
use super::csrf::Proof;
use super::{Cookies, Grant, NotRenewed, Refusal, Renewal, Revocations, Tokens, Unauthorized, Verified};
use crate::db::DbError;
use crate::http::{ACCESS_COOKIE, Device, Error, Presented, REFRESH_COOKIE, Submitted, presented};
use crate::watch;

const UNCLEAR_ACCESS: Unauthorized =
    Unauthorized("There is more than one access_token_cookie, or it is too long");
const UNCLEAR_REFRESH: Unauthorized =
    Unauthorized("There is more than one refresh_token_cookie, or it is too long");

/// Who is asking, as far as the head of a request tells. It says who that is only once it is confirmed that a
/// page of ours sends it, and nothing is renewed before.
pub struct Shown<'r> {
    by: By<'r>,
    proof: Proof<'r>,
}

enum By<'r> {
    /// A header, which no page of elsewhere can have a browser send. It wins over cookies.
    Header(Verified),
    AccessCookie(Verified),
    /// The access token beside it is not good any more.
    RefreshCookie(Renewable<'r>),
}

impl<'r> Shown<'r> {
    /// Looks at the head of a request.
    ///
    /// # Errors
    /// A 401 on `authorization` where nothing in it is good; a 503 where what was revoked is not known yet.
    pub async fn of(request: &'r Request<'_>) -> Result<Self, Error> {
        let by = match bearer_token(request) {
            Some(token) => {
                let token = Checks::of(request).good(token?, Tokens::verify).await?;
                By::Header(token.map_err(Unauthorized::from)?)
            }
            None => by_cookie(request).await?,
        };
        Ok(Self { by, proof: Proof::of(request) })
    }

    /// Refuses early what no body can make good.
    ///
    /// # Errors
    /// As [`Shown::confirmed`].
    pub fn confirm_early(&self) -> Result<(), Error> {
        self.by.cookie().map_or(Ok(()), |token| Ok(self.proof.confirm_early(token)?))
    }

    /// Who it is, once that a page of ours sends the request is proved by its header or its body.
    ///
    /// # Errors
    /// A 401 on `csrf` where it is not; of a renewal, as [`Renewable::renew`].
    pub async fn confirmed(self, body: Option<&impl Submitted>) -> Result<Verified, Error> {
        if let Some(token) = self.by.cookie() {
            self.proof.confirm(token, body)?;
        }
        let token = match self.by {
            By::Header(token) | By::AccessCookie(token) => token,
            By::RefreshCookie(renewable) => {
                let tokens = renewable.checks.tokens;
                tokens.access_of(&renewable.renew().await?)
            }
        };
        watch::saw_user(token.user.0);
        Ok(token)
    }
}

impl By<'_> {
    /// The token that came as a cookie, if one did.
    fn cookie(&self) -> Option<&Verified> {
        match self {
            Self::Header(_) => None,
            Self::AccessCookie(token) => Some(token),
            Self::RefreshCookie(renewable) => Some(&renewable.token),
        }
    }
}

async fn by_cookie<'r>(request: &'r Request<'_>) -> Result<By<'r>, Error> {
    let why = match presented(request, ACCESS_COOKIE) {
        Presented::Nothing => Unauthorized("Missing Authorization Header"),
        Presented::Unclear => return Err(UNCLEAR_ACCESS.into()),
        Presented::One(token) => match Checks::of(request).good(token, Tokens::verify).await? {
            Ok(token) => return Ok(By::AccessCookie(token)),
            Err(refusal) => refusal.into(),
        },
    };
    Ok(By::RefreshCookie(Renewable::of(request).await?.ok_or(why)?))
}

/// A refresh token that came as a cookie, and can be exchanged.
pub struct Renewable<'r> {
    checks: Checks<'r>,
    renewal: &'r dyn Renewal,
    cookies: Cookies<'r>,
    device: Device,
    /// What it says.
    pub token: Verified,
}

impl<'r> Renewable<'r> {
    /// That of a request, if it brings one.
    ///
    /// # Errors
    /// A 401 on `authorization` for one that is not good, which is taken away from the browser.
    pub async fn of(request: &'r Request<'_>) -> Result<Option<Self>, Error> {
        let token = match presented(request, REFRESH_COOKIE) {
            Presented::Nothing => return Ok(None),
            Presented::Unclear => return Err(UNCLEAR_REFRESH.into()),
            Presented::One(token) => token,
        };
        let (checks, cookies) = (Checks::of(request), Cookies::of(request));
        let token = match checks.good(token, Tokens::verify_refresh).await? {
            // Flask-JWT-Extended's have no session, and are good elsewhere: they stay.
            Ok(token) if token.session.is_none() => return Err(Unauthorized::from(Refusal::Revoked).into()),
            Ok(token) => token,
            // So does one of an instance whose clock is ahead: it is good in a moment.
            Err(refusal @ Refusal::NotYetValid) => return Err(Unauthorized::from(refusal).into()),
            Err(refusal) => {
                cookies.clear();
                return Err(Unauthorized::from(refusal).into());
            }
        };
        let renewal = request.rocket().state::<Box<dyn Renewal>>().expect("it is managed at the start");
        Ok(Some(Self { checks, renewal: &**renewal, cookies, device: Device::of(request), token }))
    }

    /// Exchanges it, and sets the cookies of what takes its place on the answer.
    ///
    /// # Errors
    /// A 401 on `authorization` where it is refused, and the cookies are taken away; a 503 where the database
    /// cannot be had, and they stay.
    pub async fn renew(self) -> Result<Grant, Error> {
        let Self { checks: Checks { tokens, .. }, renewal, cookies, device, token } = self;
        match renewal.renew(tokens, &token, device).await {
            Ok(grant) => {
                cookies.set(tokens, &grant)?;
                Ok(grant)
            }
            Err(NotRenewed::Refused(refusal)) => {
                cookies.clear();
                Err(Unauthorized::from(refusal).into())
            }
            Err(NotRenewed::Database(error)) => Err(error.into()),
        }
    }
}

/// What tokens are checked against.
#[derive(Clone, Copy)]
pub struct Checks<'r> {
    tokens: &'r Tokens,
    revocations: &'r Revocations,
}

impl<'r> Checks<'r> {
    /// Those of the server that a request came to.
    pub fn of(request: &'r Request<'_>) -> Self {
        let rocket = request.rocket();
        Self {
            tokens: rocket.state::<Tokens>().expect("tokens are managed at the start"),
            revocations: rocket.state::<Arc<Revocations>>().expect("they are managed at the start"),
        }
    }

    /// What a token says, if it is good and not revoked. What was revoked is known by heart: the database is
    /// asked once, before the first answer of an instance.
    ///
    /// # Errors
    /// `DbError` where that could not be asked yet.
    pub async fn good(
        &self,
        token: &str,
        verify: impl Fn(&Tokens, &str) -> Result<Verified, Refusal>,
    ) -> Result<Result<Verified, Refusal>, DbError> {
        let token = match verify(self.tokens, token) {
            Ok(token) => token,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.revocations.begun().await?;
        Ok(if self.revocations.is_revoked(&token) { Err(Refusal::Revoked) } else { Ok(token) })
    }
}
