use std::time::{Duration, Instant};

use crate::db::DbError;

/// How often the log is told that a look was not answered. Each time the text is another, for it
/// names the session.
const REMIND: Duration = Duration::from_secs(60);

/// What the log was last told of a schema that is not in order.
#[derive(Default)]
pub struct Told(Option<(String, Instant)>);

impl Told {
    /// Whether the log is to be told of this now.
    pub fn is_news(&mut self, error: &DbError, now: Instant) -> bool {
        let text = error.to_string();
        let is_news = match (error, &self.0) {
            // It has been told by the gate.
            (DbError::Away(_), _) => false,
            (_, None) => true,
            (DbError::Unavailable(_), Some((_, at))) => now - *at >= REMIND,
            (_, Some((told, _))) => *told != text,
        };
        if is_news {
            self.0 = Some((text, now));
        }
        is_news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_is_told_again_when_it_changes_and_lost_sessions_each_minute() {
        let (mut told, start) = (Told::default(), Instant::now());
        let mut is_news = |error, seconds| told.is_news(&error, start + Duration::from_secs(seconds));
        let failed = |text: &str| DbError::Failed(text.into());
        let lost = |session| DbError::Unavailable(format!("ORA-03113: session {session}"));
        assert!(!is_news(DbError::Away("ORA-12541".into()), 0));
        assert!(is_news(failed("lacks 2 steps"), 0));
        assert!(!is_news(failed("lacks 2 steps"), 3600));
        assert!(is_news(failed("lacks 1 steps"), 3600));
        assert!(!is_news(lost(1), 3601) && !is_news(lost(2), 3659));
        assert!(is_news(lost(3), 3660) && !is_news(lost(4), 3661));
        assert!(is_news(failed("lacks 1 steps"), 3662));
    }
}
