//! A port on loopback that refuses connections.

use socket2::{Domain, Socket, Type};
use std::net::{Ipv4Addr, SocketAddr};

/// Bound and never listening: until it is dropped, no server of another test gets the port.
pub(in crate::client) struct Nobody(Socket);

impl Nobody {
    pub(in crate::client) fn listens() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
        Self(socket)
    }

    /// `127.0.0.1:PORT`
    pub(in crate::client) fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap().as_socket().unwrap()
    }
}
