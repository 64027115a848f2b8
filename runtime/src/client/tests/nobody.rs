//! A port on loopback that refuses connections.

use socket2::{Domain, Socket, Type};
use std::net::{Ipv4Addr, SocketAddr};

/// Bound and never listening: until it is dropped, no server of another test gets the port.
pub(in crate::client) struct Nobody(Socket);

impl Nobody {
    pub(in crate::client) fn listens() -> Self {
        Self::listens_at((Ipv4Addr::LOCALHOST, 0).into())
    }

    /// At an address where somebody listened, who is gone.
    pub(in crate::client) fn listens_at(address: SocketAddr) -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        // Connections of the one who is gone may linger.
        socket.set_reuse_address(address.port() != 0).unwrap();
        socket.bind(&address.into()).unwrap();
        Self(socket)
    }

    /// `127.0.0.1:PORT`
    pub(in crate::client) fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap().as_socket().unwrap()
    }
}
