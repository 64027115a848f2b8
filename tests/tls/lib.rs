//! Faults of TLS, over real connections on loopback.

#[cfg(test)]
mod certificates;
