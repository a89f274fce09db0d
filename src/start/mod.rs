//! From a configuration to a server that is ready for requests.

mod cautions;
mod observe;

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rocket::fairing::{self, Fairing, Info, Kind};
use rocket::{Build, Orbit, Rocket, async_trait};

use crate::auth::{PasswordHasher, Shares, Tokens};
use crate::config::Config;
use crate::db::{Db, Engine};
use crate::document::document;
use crate::http::Cors;
use crate::users::{AddressLimits, LoginThrottle};
use crate::watch::Metrics;
use cautions::cautions;
use observe::Observe;

/// How long connections without a request have to close. If any is open afterwards, Rocket waits for
/// the whole of `shutdown.grace`.
const CLOSE_IDLE: Duration = Duration::from_millis(100);

/// Reads the configuration, and manages what handlers share. What is wrong is told in one line of
/// the log, and stops the launch.
pub struct Start;

#[async_trait]
impl Fairing for Start {
    fn info(&self) -> Info {
        Info { name: "Start", kind: Kind::Ignite | Kind::Liftoff | Kind::Shutdown }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        match Shared::make(&rocket) {
            Ok(Shared { config, metrics, db, hasher, tokens, throttle, limits, cors }) => {
                let document = document(&config.users);
                Ok(rocket
                    .manage(config.users.clone())
                    .manage(config.http.clone())
                    .manage(config)
                    .manage(metrics)
                    .manage(db)
                    .manage(hasher)
                    .manage(tokens)
                    .manage(throttle)
                    .manage(limits)
                    .manage(document)
                    .attach(cors))
            }
            Err(error) => {
                tracing::error!("Persony cannot start: {error}");
                Err(rocket)
            }
        }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        let (config, db) =
            rocket.state::<Config>().zip(rocket.state::<Db>()).expect("both are managed on ignition");
        let address = SocketAddr::new(rocket.config().address, rocket.config().port);
        let scheme = if rocket.config().tls_enabled() { "https" } else { "http" };
        let (engine, profile) = (&config.database.engine, rocket.figment().profile());
        let insecure = match cautions(config, rocket) {
            cautions if cautions.is_empty() => String::new(),
            cautions => format!("; insecure: {}", cautions.join(", ")),
        };
        tracing::info!(
            "Persony {} listens on {scheme}://{address}; its database is {engine}; profile {profile}{insecure}",
            env!("CARGO_PKG_VERSION")
        );
        rocket::tokio::spawn(db.clone().make_ready());
    }

    async fn on_shutdown(&self, _: &Rocket<Orbit>) {
        rocket::tokio::time::sleep(CLOSE_IDLE).await;
    }
}

struct Shared {
    config: Config,
    metrics: Metrics,
    db: Db,
    hasher: PasswordHasher,
    tokens: Tokens,
    throttle: LoginThrottle,
    limits: AddressLimits,
    cors: Cors,
}

impl Shared {
    fn make(rocket: &Rocket<Build>) -> Result<Self, Box<dyn Error>> {
        let config = Config::load(rocket.figment())?;
        let metrics = Metrics::new(config.database.engine.name())?;
        let opened = Db::open(&config.database, Arc::new(Observe(Arc::clone(&metrics.pool))));
        let db = opened.map_err(|error| match &config.database.engine {
            Engine::Embedded(path) => format!("EMBEDDED_DB_PATH: {}: {error}", path.display()),
            Engine::Oracle(_) => error.to_string(),
        })?;
        let shares = if config.users.limits.is_some() { Shares::Limited } else { Shares::Unlimited };
        let hasher = PasswordHasher::start(Arc::clone(&metrics.hashing), shares)?;
        let tokens = Tokens::new(&config.auth);
        let throttle = LoginThrottle::new(config.users.limits.as_ref().map(|limits| limits.account.clone()));
        let limits = AddressLimits::new(config.users.limits.as_ref());
        let cors = Cors::new(config.http.cors.clone())?;
        Ok(Self { config, metrics, db, hasher, tokens, throttle, limits, cors })
    }
}
