use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// As many connections wait to be accepted; the system may cut that (`net.core.somaxconn`).
const BACKLOG: u32 = 4096;

/// A port at which nobody can connect yet: it is looked for before the database is touched, so that a
/// server beside one that listens there touches nothing, and opened when there is somebody to answer. Of two
/// that start together either may be the one that opens it.
pub struct Port {
    socket: TcpSocket,
    address: SocketAddr,
}

impl Port {
    /// Takes a port; any that is free where its number is 0.
    ///
    /// # Errors
    /// The system's, for an address that is in use or not this machine's.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A restart need not wait for the connections of the one before to be forgotten.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    /// Its address, with the number that it was given.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets clients connect.
    ///
    /// # Errors
    /// The system's, where another process was quicker.
    pub fn open(self) -> io::Result<TcpListener> {
        self.socket.listen(BACKLOG)
    }
}
