use std::time::Duration;

use prometheus::{Error, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry};

use super::{BUCKETS, register};

/// How a request was answered.
pub struct Answer<'r> {
    /// One of Rocket's methods, or `OTHER`.
    pub method: &'static str,
    /// The route's pattern, or `unmatched`.
    pub route: &'r str,
    /// The route's name: its handler's.
    pub name: &'r str,
    pub status: u16,
    pub time: Duration,
}

/// The handler whose answers are the outcomes of logins.
const LOGIN: &str = "log_in_user";

/// Outcomes of logins, beginning with the good one.
const OUTCOMES: [&str; 5] = ["success", "refused", "invalid", "limited", "error"];

pub struct RequestMetrics {
    total: IntCounterVec,
    duration: HistogramVec,
    logins: IntCounterVec,
}

impl RequestMetrics {
    pub fn new(registry: &Registry) -> Result<Self, Error> {
        let labels = &["method", "route", "status"];
        let total = Opts::new("http_requests_total", "Requests by how they were answered.");
        let duration =
            HistogramOpts::new("http_request_duration_seconds", "From a request's head to its answer's.")
                .buckets(BUCKETS.into());
        let logins = Opts::new("logins_total", "Logins by what became of them.");
        let logins = register(registry, IntCounterVec::new(logins, &["outcome"])?)?;
        // Shown from the start: a series that begins with its first count has no rate.
        OUTCOMES.iter().for_each(|outcome| drop(logins.with_label_values(&[outcome])));
        Ok(Self {
            total: register(registry, IntCounterVec::new(total, labels)?)?,
            duration: register(registry, HistogramVec::new(duration, labels)?)?,
            logins,
        })
    }

    pub fn answered(&self, answer: &Answer<'_>) {
        let mut digits = [0; 3];
        let labels = [answer.method, answer.route, three_digits(answer.status, &mut digits)];
        self.total.with_label_values(&labels).inc();
        self.duration.with_label_values(&labels).observe(answer.time.as_secs_f64());
        // By the answer, which guards, catchers and fairings give as well as the handler.
        if answer.name == LOGIN && answer.method == "POST" {
            self.logins.with_label_values(&[outcome(answer.status)]).inc();
        }
    }
}

fn outcome(status: u16) -> &'static str {
    match status {
        200 => "success",
        401 => "refused",
        429 => "limited",
        400..=499 => "invalid",
        _ => "error",
    }
}

/// A status as text, without an allocation.
fn three_digits(status: u16, digits: &mut [u8; 3]) -> &str {
    let digit = |place: u16| b'0' + u8::try_from(status / place % 10).unwrap_or(0);
    *digits = [digit(100), digit(10), digit(1)];
    std::str::from_utf8(digits).unwrap_or("000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_written_as_it_is() {
        for (status, text) in [(200, "200"), (405, "405"), (503, "503"), (99, "099")] {
            assert_eq!(three_digits(status, &mut [0; 3]), text);
        }
    }

    #[test]
    fn every_answer_is_a_known_outcome() {
        (100..=599).for_each(|status| assert!(OUTCOMES.contains(&outcome(status)), "{status}"));
    }
}
