//! From a configuration to a server that is ready for requests.

mod cautions;
mod jobs_alone;
mod observe;
mod operators_alone;

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use rocket::fairing::{self, Fairing, Info, Kind};
use rocket::{Build, Orbit, Rocket, async_trait};

use crate::audit::LoginLog;
use crate::auth::{PasswordHasher, Renewal, Revocations, Shares, Tokens};
use crate::config::Config;
use crate::db::{self, Db, Engine};
use crate::docs::{Document, SwaggerUi};
use crate::document::document;
use crate::export::Export;
use crate::http::Cors;
use crate::jobs::{Job, Runner};
use crate::page::Assets;
use crate::sessions::Exchange;
use crate::users::{self, AddressLimits, Forget, LoginThrottle};
use crate::watch::Metrics;
use crate::{audit, calendar, sessions};
use cautions::cautions;
pub use jobs_alone::jobs_alone;
use observe::Observe;
pub use operators_alone::operators_alone;

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
            Ok(shared) => Ok(shared.manage(rocket)),
            Err(error) => {
                tracing::error!("Persony cannot start: {error}");
                Err(rocket)
            }
        }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        let (config, db) =
            rocket.state::<Config>().zip(rocket.state::<Db>()).expect("both are managed on ignition");
        let jobs = rocket.state::<Arc<Runner>>().expect("the jobs are managed on ignition");
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
        rocket::tokio::spawn(Arc::clone(jobs).run());
        let revocations = rocket.state::<Arc<Revocations>>().expect("they are managed on ignition");
        rocket::tokio::spawn(Arc::clone(revocations).run());
        let login_log = rocket.state::<Arc<LoginLog>>().expect("they are managed on ignition");
        rocket::tokio::spawn(Arc::clone(login_log).run());
    }
}

struct Shared {
    config: Config,
    metrics: Metrics,
    db: Db,
    hasher: PasswordHasher,
    tokens: Tokens,
    revocations: Arc<Revocations>,
    login_log: Arc<LoginLog>,
    throttle: LoginThrottle,
    limits: AddressLimits,
    offers: calendar::OfferLimit,
    document: Document,
    swagger_ui: SwaggerUi,
    assets: Assets,
    cors: Cors,
    jobs: Arc<Runner>,
    export: Export,
}

impl Shared {
    fn make(rocket: &Rocket<Build>) -> Result<Self, Box<dyn Error>> {
        let config = Config::load(rocket.figment())?;
        let metrics = Metrics::new(config.database.engine.name())?;
        let db = open(&config.database, &metrics)?;
        let shares = if config.users.limits.is_some() { Shares::Limited } else { Shares::Unlimited };
        let hasher = PasswordHasher::start(Arc::clone(&metrics.hashing), shares)?;
        let tokens = Tokens::new(&config.auth);
        let lifetime = config.auth.access_token_lifetime;
        let revocations = Arc::new(Revocations::new(db.clone(), config.auth.revocation_poll, lifetime));
        let login_log = Arc::new(LoginLog::new(db.clone()));
        let throttle = LoginThrottle::new(config.users.limits.as_ref().map(|limits| limits.account.clone()));
        let limits = AddressLimits::new(config.users.limits.as_ref());
        let offers = calendar::OfferLimit::new(config.users.limits.is_some());
        let document = document(&config.users)?;
        let swagger_ui = SwaggerUi::load()?;
        let assets = Assets::load()?;
        let cors = Cors::new(config.http.cors.clone())?;
        let jobs = Runner::new(db.clone(), all_jobs(config.audit), config.jobs, Arc::clone(&metrics.jobs));
        let jobs = Arc::new(jobs);
        Ok(Self {
            config,
            metrics,
            db,
            hasher,
            tokens,
            revocations,
            login_log,
            throttle,
            limits,
            offers,
            document,
            swagger_ui,
            assets,
            cors,
            jobs,
            export: whole_export(),
        })
    }

    /// Within reach of every handler, by its type.
    fn manage(self, rocket: Rocket<Build>) -> Rocket<Build> {
        let renewal: Box<dyn Renewal> =
            Box::new(Exchange::new(self.db.clone(), Arc::clone(&self.revocations)));
        rocket
            .manage(renewal)
            .manage(self.config.users.clone())
            .manage(self.config.http.clone())
            .manage(self.config)
            .manage(self.metrics)
            .manage(self.db)
            .manage(self.jobs)
            .manage(calendar::DatabaseName::default())
            .manage(self.offers)
            .manage(self.export)
            .manage(self.hasher)
            .manage(self.tokens)
            .manage(self.revocations)
            .manage(self.login_log)
            .manage(self.throttle)
            .manage(self.limits)
            .manage(self.document)
            .manage(self.swagger_ui)
            .manage(self.assets)
            .attach(self.cors)
    }
}

/// What can be many rows of one person. All other tables let go of a user's with the row of USERS.
const FORGETS: &[Forget] = &[
    calendar::forget_user,
    calendar::calendars::forget_user,
    calendar::changes::forget_user,
    calendar::forget_offers,
    audit::forget_user,
];

/// All that is done in the background. Each feature says which jobs are its own.
fn all_jobs(audit: audit::Settings) -> Vec<Job> {
    [users::jobs(FORGETS), sessions::jobs(), calendar::jobs(), audit::jobs(audit)].concat()
}

/// All that is known of a person. Each feature says which parts are its own; the account comes first.
pub fn whole_export() -> Export {
    let mut parts = users::export_parts();
    parts.push(sessions::export_part());
    parts.extend(calendar::export_parts());
    parts.push(audit::export_part());
    Export::new(parts)
}

fn open(settings: &db::Settings, metrics: &Metrics) -> Result<Db, String> {
    let opened = Db::open(settings, Arc::new(Observe(Arc::clone(&metrics.pool))));
    opened.map_err(|error| match &settings.engine {
        Engine::Embedded(path) => format!("EMBEDDED_DB_PATH: {}: {error}", path.display()),
        Engine::Oracle(_) => error.to_string(),
    })
}
