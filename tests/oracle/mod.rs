//! What only the Oracle engine has: round trips, faults, sessions, a schema that others made.
//!
//! Tests on [`OnOracle`] and [`StandInOracle`] steer the stand-in for the Oracle Client, or look at its
//! round trips, also where the API suite runs on a real database. Those on [`any_oracle`] and [`App`]
//! run on the real one then.

mod accounts;
mod audit;
mod calendars;
mod changes;
mod events;
mod export;
mod faults;
mod jobs;
mod logins;
mod migrations;
mod offsets;
mod profiles;
mod ready;
mod refresh;
mod sessions;
mod sharing;
mod silence;
mod stop;
mod trips;
mod watch;

use std::ops::Deref;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use oracle_client_stand_in::{Kind, StandIn, Trip};

use tempfile::TempDir;

use crate::api::support::App;
use crate::api::support::database::{self, Database, StandInOracle};

/// An account without tables: in the real Oracle database where one is set, else over the stand-in.
fn any_oracle(folder: &TempDir) -> Arc<dyn Database> {
    Arc::from(database::new(crate::ENGINE, folder.path()))
}

/// A server on such an account, prepared before it starts.
fn on_any_oracle(prepare: impl FnOnce(&dyn Database), variables: &[(&'static str, &str)]) -> App {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let oracle = any_oracle(&folder);
    prepare(&*oracle);
    App::on(oracle, folder, variables)
}

/// A server over the stand-in, which a test steers.
struct OnOracle {
    app: App,
    client: StandIn,
}

impl Deref for OnOracle {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl OnOracle {
    /// A server whose schema is there and whose pool is warm.
    fn start(variables: &[(&'static str, &str)]) -> Self {
        let on = Self::prepared(|_| (), variables);
        // Under a command such as valgrind the schema takes longer than a short pool timeout.
        while std::env::var_os("PERSONY_TEST_UNDER").is_some() && on.list_events(1).status == 503 {}
        on.list_events(1).is(200, "[]");
        let alone = variables.contains(&("ORACLE_MAX_CONN", "1"));
        on.settle(if alone { 1 } else { 2 });
        on
    }

    /// A server on a database that was prepared before it starts.
    fn prepared(prepare: impl FnOnce(&StandInOracle), variables: &[(&'static str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let oracle = StandInOracle::new(folder.path());
        prepare(&oracle);
        Self::on(oracle, folder, variables)
    }

    /// A server on a database in this folder.
    fn on(oracle: StandInOracle, folder: TempDir, variables: &[(&'static str, &str)]) -> Self {
        let folder = Arc::new(folder);
        let client = oracle.client.clone();
        // They are written some time after a login, whatever a test does by then.
        client.pass_over(Some("write_logins"));
        let database: Arc<dyn Database> = Arc::new(oracle);
        Self { app: App::on(database, folder, variables), client }
    }

    /// Waits until the schema has been found in order.
    fn becomes_ready(&self) {
        self.wait_until(|on| on.list_events(1).status == 200);
    }

    fn wait_until(&self, comes: impl Fn(&Self) -> bool) {
        let patience = Instant::now() + Duration::from_secs(60);
        while !comes(self) {
            assert!(Instant::now() < patience, "{}", self.program.log());
            thread::yield_now();
        }
    }

    /// Waits until the pool has opened what it wants to keep idle beside the session in use: r2d2
    /// does so in the background. Each request of a warm pool is one round trip afterwards.
    fn settle(&self, sessions: usize) {
        // A session that the client has is not in the pool yet: the pool says when it is.
        while self.idle_sessions() < sessions {
            self.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
        }
        self.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
        self.client.clear_trips();
    }

    fn idle_sessions(&self) -> usize {
        let metrics = self.get("/metrics").body;
        let (_, idle) = metrics.split_once("\npersony_pool_connections_idle ").unwrap();
        idle.lines().next().unwrap().parse().unwrap()
    }

    /// The round trips since the last look, but for logons: the pool opens sessions when it likes, as where one
    /// is at work in the background.
    fn asked(&self) -> Vec<Trip> {
        let mut trips = self.client.trips();
        self.client.clear_trips();
        trips.retain(|trip| trip.kind != Kind::Connect);
        trips
    }

    /// The kinds and rows of those.
    fn trips(&self) -> Vec<(Kind, u64)> {
        self.asked().into_iter().map(|trip| (trip.kind, trip.rows)).collect()
    }

    /// What their statements begin with.
    fn verbs(&self) -> String {
        let verbs = self.asked().into_iter().map(|trip| trip.statement.split(' ').next().unwrap().to_owned());
        verbs.collect::<Vec<_>>().join(" ")
    }
}
