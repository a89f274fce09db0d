//! What operators are shown, as texts for a person.

use chrono::{DateTime, SecondsFormat, Utc};

use super::queries::Seen;
use crate::audit::Line;
use crate::sessions::Session;
use crate::text::{shown, table};

/// What stands where there is nothing to say.
const NOTHING: &str = "-";

/// A table of accounts.
pub fn accounts(accounts: &[Seen]) -> String {
    let rows: Vec<_> = accounts
        .iter()
        .map(|account| {
            let name = account.name.clone().unwrap_or_else(|| NOTHING.into());
            [account.id.0.to_string(), account.email.clone(), name, time(account.created_at), account.state()]
        })
        .collect();
    table(["ID", "EMAIL", "NAME", "CREATED AT", "STATE"], &rows)
}

/// One account, and where it is logged in.
pub fn account(account: &Seen, sessions: &[Session]) -> String {
    let name = account.name.as_deref().unwrap_or(NOTHING);
    let said = [
        ("id", account.id.0.to_string()),
        ("email", shown(&account.email)),
        ("name", shown(name)),
        ("created at", time(account.created_at)),
        ("state", account.state()),
        ("sessions", sessions.len().to_string()),
    ];
    let said: String = said.iter().map(|(what, is)| format!("{:12}{is}\n", format!("{what}:"))).collect();
    match sessions {
        [] => said,
        sessions => format!("{said}\n{}", of_sessions(sessions)),
    }
}

fn of_sessions(sessions: &[Session]) -> String {
    let rows: Vec<_> = sessions
        .iter()
        .map(|session| {
            let user_agent = session.user_agent.clone().unwrap_or_else(|| NOTHING.into());
            let (begun, used) = (time(Some(session.created_at)), time(Some(session.last_used_at)));
            [session.id.to_string(), session.kind.clone(), begun, used, session.address.clone(), user_agent]
        })
        .collect();
    table(["SESSION", "KIND", "BEGAN AT", "LAST USED AT", "ADDRESS", "USER AGENT"], &rows)
}

/// A table of the audit log's lines.
pub fn activity(lines: &[Line]) -> String {
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_else(|| NOTHING.into());
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            [
                time(Some(line.at)),
                line.act.clone(),
                line.actor.clone(),
                or_nothing(&line.address),
                or_nothing(&line.session_id),
                or_nothing(&line.subject),
            ]
        })
        .collect();
    table(["AT", "ACT", "ACTOR", "ADDRESS", "SESSION", "SUBJECT"], &rows)
}

impl Seen {
    /// Whether one can log in to it, and if not, since when.
    pub fn state(&self) -> String {
        match (self.erased_at, self.deactivated_at) {
            (Some(_), _) => format!("erased, and purged from {} on", time(self.purge_at)),
            (None, Some(since)) => format!("deactivated since {}", time(Some(since))),
            (None, None) => "active".into(),
        }
    }
}

/// To the second, in UTC.
pub fn time(instant: Option<DateTime<Utc>>) -> String {
    instant.map_or_else(|| NOTHING.into(), |instant| instant.to_rfc3339_opts(SecondsFormat::Secs, true))
}
