//! From a configuration to a server that is ready for requests.

use std::error::Error;
use std::net::SocketAddr;

use rocket::fairing::{self, Fairing, Info, Kind};
use rocket::{Build, Orbit, Rocket, async_trait};

use crate::auth::{PasswordHasher, Tokens};
use crate::config::{Config, Engine};
use crate::db::Db;
use crate::docs::Document;
use crate::http::Cors;

/// Reads the configuration, and manages what handlers share. What is wrong is told in one line of
/// the log, and stops the launch.
pub struct Start;

#[async_trait]
impl Fairing for Start {
    fn info(&self) -> Info {
        Info { name: "Start", kind: Kind::Ignite | Kind::Liftoff }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        match Shared::make(&rocket) {
            Ok(Shared { config, db, hasher, tokens, cors }) => {
                let document = Document::new(config.password_min_length);
                Ok(rocket
                    .manage(config)
                    .manage(db)
                    .manage(hasher)
                    .manage(tokens)
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
        let engine = match &config.engine {
            Engine::Oracle(oracle) => format!("Oracle, {}", oracle.dsn),
            Engine::Embedded(path) => format!("the embedded engine, {}", path.display()),
        };
        let address = SocketAddr::new(rocket.config().address, rocket.config().port);
        tracing::info!("Persony listens on http://{address}; its database is {engine}");
        rocket::tokio::spawn(db.clone().make_ready());
    }
}

struct Shared {
    config: Config,
    db: Db,
    hasher: PasswordHasher,
    tokens: Tokens,
    cors: Cors,
}

impl Shared {
    fn make(rocket: &Rocket<Build>) -> Result<Self, Box<dyn Error>> {
        let config = Config::load(rocket.figment())?;
        let db = Db::open(&config.engine, config.migrate_at_start).map_err(|error| match &config.engine {
            Engine::Embedded(path) => format!("EMBEDDED_DB_PATH: {}: {error}", path.display()),
            Engine::Oracle(_) => error.to_string(),
        })?;
        let hasher = PasswordHasher::start()?;
        let tokens = Tokens::new(&config.signing_key, config.access_token_lifetime);
        let cors = Cors::new(config.cors.clone())?;
        Ok(Self { config, db, hasher, tokens, cors })
    }
}
