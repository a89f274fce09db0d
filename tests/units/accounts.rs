//! What an operator does to an account.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use persony::auth::{PasswordHash, Revocations, UserId, Verified};
use persony::db::{DbError, Returned, Row, Unit, required};
use persony::operations::{
    Ended, Outcome, activate, deactivate, end_sessions, erase, reset_password, restore,
};

use super::support::{Things, alone};

const DAY: TimeDelta = TimeDelta::days(1);

/// An account with the hash `x` and one session.
struct Account<'t> {
    things: &'t Things,
    revocations: Arc<Revocations>,
    user: UserId,
}

impl<'t> Account<'t> {
    fn new(things: &'t Things) -> Self {
        let hour = Duration::from_secs(3600);
        let user = things.unit(|db| {
            db.insert(
                "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('john@example.com', 'x')",
                &[],
                &[Returned::Integer("ID")],
                |row| Ok(UserId(row.integer(0)?.unwrap())),
            )
        });
        let user = user.unwrap();
        let revocations = Arc::new(Revocations::new(things.db.clone(), hour, hour));
        let account = Self { things, revocations, user };
        account.begin();
        account
    }

    fn begin(&self) {
        let user = self.user.0;
        let insert = move |db: &mut Unit<'_>| {
            db.execute(
                "INSERT INTO USER_SESSIONS (ID, USER_ID, KIND, REFRESH_JTI, ISSUED_AT, CREATED_AT, LAST_USED_AT, \
                 EXPIRES_AT, ADDRESS) VALUES ('0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d', :user_id, 'token', 'x', 0, \
                 CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, '192.0.2.1')",
                &[("user_id", user.into())],
            )
        };
        self.things.unit(insert).unwrap();
    }

    fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Unit<'_>, &Revocations, UserId) -> Result<T, DbError> + Send + 'static,
    ) -> T {
        let (revocations, user) = (Arc::clone(&self.revocations), self.user);
        self.things.unit(move |db| act(db, &revocations, user)).unwrap()
    }

    fn texts(&self, sql: &'static str) -> Vec<String> {
        let text = |row: &dyn Row| Ok(required(row.text(0)?, "the text")?.into_owned());
        self.things.read(move |db| db.rows(sql, &[], text)).unwrap()
    }

    fn hash(&self) -> String {
        self.texts("SELECT PASSWORD_HASH FROM USERS").remove(0)
    }

    fn kept(&self) -> Vec<String> {
        self.texts("SELECT PASSWORD_HASH FROM CLOSED_ACCOUNTS")
    }

    fn acts(&self) -> Vec<String> {
        self.texts("SELECT ACT || ' ' || ACTOR FROM AUDIT_LOG ORDER BY ACTED_AT, ID")
    }

    /// Asserts that something has ended one session and all tokens without one, and begins a session again.
    #[track_caller]
    fn has_ended(&self, ended: &Ended) {
        assert_eq!(ended.sessions(), 1);
        assert_eq!(self.texts("SELECT ID FROM USER_SESSIONS"), [""; 0]);
        ended.note(&self.revocations);
        let plain =
            Verified { user: self.user, jti: None, csrf: None, session: None, issued_at: 1, remember: false };
        let session = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d".parse().unwrap();
        assert!(self.revocations.is_revoked(&plain));
        assert!(self.revocations.is_revoked(&Verified { session: Some(session), ..plain }));
        assert!(self.texts("SELECT SUBJECT FROM REVOKED_TOKENS").len() >= 2);
        self.begin();
    }

    fn is_due(&self) {
        let past = "UPDATE CLOSED_ACCOUNTS SET PURGE_AT = CURRENT_TIMESTAMP - NUMTODSINTERVAL(1, 'SECOND')";
        self.things.unit(|db| db.execute(past, &[])).unwrap();
    }
}

#[track_caller]
fn done<T>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(done) => done,
        Outcome::AsItWas => panic!("it was so"),
        Outcome::TooLate => panic!("too late"),
        Outcome::NoSuchUser => panic!("no such user"),
    }
}

#[test]
fn a_deactivated_account_is_as_it_was_once_it_is_activated() {
    alone(|things| {
        let account = Account::new(things);
        assert!(matches!(account.act(|db, _, user| activate(db, user)), Outcome::AsItWas));
        account.has_ended(&done(account.act(deactivate)));
        assert_eq!((account.kept(), account.hash() == "x"), (vec!["x".to_owned()], false));
        assert!(matches!(account.act(deactivate), Outcome::AsItWas));
        assert_eq!(account.kept(), ["x"]);
        done(account.act(|db, _, user| activate(db, user)));
        assert_eq!((account.kept().len(), account.hash().as_str()), (0, "x"));
        assert!(matches!(account.act(|db, _, user| activate(db, user)), Outcome::AsItWas));
        assert_eq!(account.acts(), ["deactivated operator", "activated operator"]);
    });
}

#[test]
fn an_erased_account_is_as_it_was_once_it_is_restored_as_long_as_there_is_time() {
    alone(|things| {
        let account = Account::new(things);
        assert!(matches!(account.act(|db, _, user| restore(db, user)), Outcome::AsItWas));
        let erased = account.act(|db, revocations, user| erase(db, revocations, user, DAY)).unwrap();
        account.has_ended(&erased.ended.unwrap());
        let again = account.act(|db, revocations, user| erase(db, revocations, user, DAY * 2)).unwrap();
        assert!(again.ended.is_none() && again.purge_at == erased.purge_at);
        done(account.act(|db, _, user| restore(db, user)));
        assert_eq!((account.kept().len(), account.hash().as_str()), (0, "x"));
        account.act(|db, revocations, user| erase(db, revocations, user, DAY)).unwrap();
        account.is_due();
        assert!(matches!(account.act(|db, _, user| restore(db, user)), Outcome::TooLate));
        assert_eq!(account.kept(), ["x"]);
        assert_eq!(account.acts(), ["erased operator", "restored operator", "erased operator"]);
    });
}

#[test]
fn an_account_that_is_both_is_open_once_neither_is_so() {
    alone(|things| {
        let account = Account::new(things);
        for restored_first in [true, false] {
            drop(done(account.act(deactivate)));
            assert!(account.act(|db, revocations, user| erase(db, revocations, user, DAY)).is_some());
            assert_eq!(account.kept(), ["x"]);
            match restored_first {
                true => done(account.act(|db, _, user| restore(db, user))),
                false => done(account.act(|db, _, user| activate(db, user))),
            }
            assert_eq!((account.kept(), account.hash() == "x"), (vec!["x".to_owned()], false));
            match restored_first {
                true => done(account.act(|db, _, user| activate(db, user))),
                false => done(account.act(|db, _, user| restore(db, user))),
            }
            assert_eq!((account.kept().len(), account.hash().as_str()), (0, "x"));
        }
    });
}

#[test]
fn a_password_is_reset_for_when_the_account_is_open() {
    alone(|things| {
        let account = Account::new(things);
        let hashes = ["one", "other"].map(PasswordHash::generate);
        let [one, other] = hashes.clone();
        account.has_ended(&done(account.act(move |db, known, user| reset_password(db, known, user, &one))));
        assert_eq!(account.hash(), hashes[0].to_string());
        drop(done(account.act(deactivate)));
        let shut = account.hash();
        drop(done(account.act(move |db, known, user| reset_password(db, known, user, &other))));
        assert_eq!((account.hash(), account.kept()), (shut, vec![hashes[1].to_string()]));
        done(account.act(|db, _, user| activate(db, user)));
        assert_eq!(account.hash(), hashes[1].to_string());
        let acts = [
            "password_reset operator",
            "deactivated operator",
            "password_reset operator",
            "activated operator",
        ];
        assert_eq!(account.acts(), acts);
    });
}

#[test]
fn sessions_are_ended_and_nothing_else() {
    alone(|things| {
        let account = Account::new(things);
        account.has_ended(&done(account.act(end_sessions)));
        drop(done(account.act(end_sessions)));
        assert_eq!(done(account.act(end_sessions)).sessions(), 0);
        assert_eq!((account.hash().as_str(), account.kept().len()), ("x", 0));
        assert_eq!(account.acts(), ["sessions_ended operator"; 3]);
    });
}

#[test]
fn nobodys_account_is_told_of_and_nothing_is_written() {
    alone(|things| {
        let account = Account { user: UserId(99), ..Account::new(things) };
        assert!(matches!(account.act(deactivate), Outcome::NoSuchUser));
        assert!(matches!(account.act(|db, _, user| activate(db, user)), Outcome::NoSuchUser));
        assert!(account.act(|db, known, user| erase(db, known, user, DAY)).is_none());
        assert!(matches!(account.act(|db, _, user| restore(db, user)), Outcome::NoSuchUser));
        assert!(matches!(account.act(end_sessions), Outcome::NoSuchUser));
        let hash = PasswordHash::of_nobody();
        let reset = account.act(move |db, known, user| reset_password(db, known, user, &hash));
        assert!(matches!(reset, Outcome::NoSuchUser));
        assert_eq!((account.kept().len(), account.acts().len()), (0, 0));
        assert_eq!(account.texts("SELECT SUBJECT FROM REVOKED_TOKENS"), [""; 0]);
    });
}
