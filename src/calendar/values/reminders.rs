use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How somebody is reminded: ACTION of RFC 5545, section 3.8.6.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Method {
    Display,
    Email,
    Audio,
}

/// When and how to remind of an event. Nothing rings yet: they are kept and served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reminder {
    /// Before the event begins; at most a year.
    #[schema(minimum = 0, maximum = 527_040, example = 15)]
    pub minutes_before: u32,
    /// How.
    pub method: Method,
}

/// The reminders of an event: 1 to 20, none twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = Vec<Reminder>)]
pub struct Reminders(pub Vec<Reminder>);

/// The most reminders of an event.
const MOST: usize = 20;

/// A year of 366 days.
const LONGEST: u32 = 366 * 24 * 60;

impl Reminders {
    /// Takes reminders; `None` where there are none.
    ///
    /// # Errors
    /// What is wrong with them, for a person.
    pub fn parse(given: Vec<serde_json::Value>) -> Result<Option<Self>, String> {
        let mut kept = Vec::new();
        for (index, reminder) in given.into_iter().enumerate() {
            let reminder = one(&reminder).map_err(|wrong| format!("reminders[{index}]: {wrong}"))?;
            if !kept.contains(&reminder) {
                kept.push(reminder);
            }
        }
        match kept.len() {
            0 => Ok(None),
            1..=MOST => Ok(Some(Self(kept))),
            _ => Err(format!("There must be no more than {MOST}")),
        }
    }

    /// As the column keeps it.
    pub fn column(&self) -> String {
        // Numbers and names are always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn one(reminder: &serde_json::Value) -> Result<Reminder, String> {
    let minutes_before = reminder["minutes_before"].as_u64().and_then(|minutes| u32::try_from(minutes).ok());
    let minutes_before = minutes_before
        .filter(|minutes| *minutes <= LONGEST)
        .ok_or_else(|| format!("minutes_before must be an integer from 0 to {LONGEST}"))?;
    let method = match reminder["method"].as_str() {
        Some("display") => Method::Display,
        Some("email") => Method::Email,
        Some("audio") => Method::Audio,
        _ => return Err("method must be display or email or audio".into()),
    };
    Ok(Reminder { minutes_before, method })
}
