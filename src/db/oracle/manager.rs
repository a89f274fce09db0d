use std::sync::Arc;

use oracle::{Connector, InitParams, Version};
use r2d2::ManageConnection;
use r2d2_oracle::OracleConnectionManager;

use super::cautions::Cautions;
use super::connect_string::bounded;
use super::error::OracleError;
use super::gate::Gate;
use super::logon::Logons;
use super::session::Session;
use crate::db::OracleSettings;

/// Opens sessions for the pool: r2d2-oracle's manager, with the session set up as Persony wants it.
#[derive(Clone)]
pub struct SessionManager {
    settings: Arc<OracleSettings>,
    gate: Arc<Gate>,
    logons: Arc<Logons<Session>>,
    cautions: Arc<Cautions>,
}

impl SessionManager {
    pub fn new(settings: OracleSettings) -> Self {
        let gate: Arc<Gate> = Arc::default();
        let logons = Logons::new(Arc::clone(&gate), settings.pool_timeout);
        Self { settings: Arc::new(settings), gate, logons: Arc::new(logons), cautions: Arc::default() }
    }

    pub fn settings(&self) -> &OracleSettings {
        &self.settings
    }

    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    pub fn cautions(&self) -> &Cautions {
        &self.cautions
    }

    fn open(&self) -> Result<Session, oracle::Error> {
        self.load_client()?;
        let settings = &self.settings;
        let dsn = bounded(&settings.dsn, Version::client()?.major());
        let mut connector = Connector::new(&*settings.user, settings.password.expose(), dsn);
        connector.stmt_cache_size(settings.statement_cache_size);
        connector.driver_name(concat!("persony : ", env!("CARGO_PKG_VERSION")));
        let connection = OracleConnectionManager::from_connector(connector).connect()?;
        self.cautions.logged_on(connection.last_warning().map(OracleError::from));
        connection.set_call_timeout(settings.call_timeout)?;
        connection.set_module(&settings.module)?;
        Ok(Session::new(connection, Arc::clone(&self.gate), settings.call_timeout))
    }

    /// The client is loaded once in a process, before its first connection; a failed attempt may
    /// be repeated.
    fn load_client(&self) -> Result<(), oracle::Error> {
        if InitParams::is_initialized() {
            return Ok(());
        }
        let mut params = InitParams::new();
        if let Some(folder) = &self.settings.client_lib_dir {
            params.oracle_client_lib_dir(folder)?;
        }
        if let Some(folder) = &self.settings.config_dir {
            params.oracle_client_config_dir(folder)?;
        }
        params.init().map(drop)
    }
}

impl ManageConnection for SessionManager {
    type Connection = Session;
    type Error = OracleError;

    fn connect(&self) -> Result<Session, OracleError> {
        let manager = self.clone();
        self.logons.session(move || manager.open().map_err(OracleError::from))
    }

    /// Not asked at checkout: see `OraclePool::get`.
    fn is_valid(&self, session: &mut Session) -> Result<(), OracleError> {
        session.ping()
    }

    fn has_broken(&self, session: &mut Session) -> bool {
        session.is_broken()
    }
}
