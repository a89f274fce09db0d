use std::time::Duration;

use oracle_client_stand_in::{Kind, StandIn};
use r2d2_oracle::OracleConnectionManager;
use r2d2_oracle::r2d2::Pool;

use crate::support::{CONNECT_STRING, PASSWORD, USER, alone, connect, count, create_people, insert, is_dead};

fn pool(size: u32) -> Pool<OracleConnectionManager> {
    let manager = OracleConnectionManager::new(USER, PASSWORD, CONNECT_STRING);
    let builder = Pool::builder().max_size(size).test_on_check_out(false);
    builder.connection_timeout(Duration::from_secs(5)).build(manager).unwrap()
}

/// Waits until the pool has as many sessions as it wants.
fn settled(db: &StandIn, sessions: usize) {
    for _ in 0..500 {
        if db.sessions().len() == sessions {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{} sessions and not {sessions}", db.sessions().len());
}

#[test]
fn a_pool_keeps_its_sessions() {
    alone(|db| {
        let pool = pool(2);
        settled(db, 2);
        db.clear_trips();
        for _ in 0..5 {
            pool.get().unwrap().ping().unwrap();
        }
        assert_eq!(db.trips().len(), 5);
        drop(pool);
        settled(db, 0);
        assert_eq!(db.trips().iter().filter(|trip| trip.kind == Kind::Close).count(), 2);
    });
}

#[test]
fn a_pool_replaces_a_session_that_died() {
    alone(|db| {
        let pool = pool(1);
        settled(db, 1);
        db.kill_sessions();
        assert!(is_dead(&pool.get().unwrap().ping().unwrap_err()));
        pool.get().unwrap().ping().unwrap();
        assert_eq!(db.sessions(), [2]);
    });
}

/// A trap of the drivers, which the stand-in must show as it is.
#[test]
fn a_pool_gives_out_an_open_transaction() {
    alone(|_| {
        let pool = pool(1);
        let other = connect();
        create_people(&other);
        insert(&pool.get().unwrap(), "Ada").unwrap();
        assert_eq!(count(&pool.get().unwrap()), 1);
        assert_eq!(count(&other), 0);
    });
}

#[test]
fn a_pool_recovers_when_the_database_is_back() {
    alone(|db| {
        db.refuse_connections(12541);
        let manager = OracleConnectionManager::new(USER, PASSWORD, CONNECT_STRING);
        let builder = Pool::builder().max_size(1);
        let pool =
            builder.error_handler(Box::new(r2d2_oracle::r2d2::NopErrorHandler)).build_unchecked(manager);
        // The pool tells the cause once its own thread has met it.
        let brief = Duration::from_millis(200);
        let causes = (0..50).map(|_| pool.get_timeout(brief).unwrap_err().to_string());
        assert!(causes.into_iter().any(|cause| cause.contains("ORA-12541")));
        db.accept_connections();
        settled(db, 1);
        pool.get().unwrap().ping().unwrap();
    });
}
