//! Sessions in the hands of callers, with the handles that stand for them.

use std::ffi::c_void;
use std::sync::Arc;

use super::answer::Result;
use super::connection::{Connection, free_all};
use super::handles::{self, Object, Token};
use super::pool::Pool;
use super::server::Server;
use super::session::UserSession;
use crate::server::Link;
use crate::sessions::Attributes;

/// A session with the handles that stand for it.
#[derive(Clone)]
pub struct Member {
    pub server: Token,
    pub session: Token,
    pub connection: Arc<Connection>,
}

impl Member {
    pub fn connect(
        parent: *const c_void,
        connect_string: &str,
        password: &str,
        who: Attributes,
    ) -> Result<Self> {
        let link = Arc::new(Link::attach(connect_string)?);
        let who = link.attributes(who);
        let connection = Connection::open(link.clone(), password, who.clone())?;
        let server = handles::allocate(parent, Object::Server(Arc::new(Server::attached(link))))?;
        let session =
            handles::allocate(parent, Object::Session(Arc::new(UserSession::of(&connection, who))))?;
        Ok(Self { server, session, connection })
    }

    /// Logs off, if there is still somebody to tell.
    pub fn close(self) {
        self.connection.free_statements();
        let alive = self.connection.link.is_connected();
        if alive {
            // One that fails to say goodbye is gone just the same.
            let _ = self.connection.session().close(self.connection.timeout());
        }
        free_all(vec![self.server, self.session]);
    }

    pub fn is_of(&self, user: &str) -> bool {
        let session = handles::session(handles::pointer(self.session));
        session.is_ok_and(|session| session.credentials().0.user == user)
    }
}

/// A session in the hands of a caller, and the pool that it goes back to.
pub struct Lease {
    pub member: Member,
    pub pool: Option<Arc<Pool>>,
}
