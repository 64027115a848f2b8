//! A server on loopback that keeps connections open, and what it was sent.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Answers every request with 200 and `{}`. As a proxy it makes no tunnels.
pub(in crate::client) struct Origin {
    pub(in crate::client) url: String,
    seen: Arc<Mutex<Vec<(usize, String)>>>,
}

impl Origin {
    pub(in crate::client) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<Mutex<Vec<_>>>::default();
        let keep = Arc::clone(&seen);
        std::thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let (stream, seen) = (stream.unwrap(), Arc::clone(&keep));
                std::thread::spawn(move || serve(stream, index, &seen));
            }
        });
        Self { url, seen }
    }

    /// The heads of the requests so far.
    pub(in crate::client) fn heads(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|(_, head)| head.clone()).collect()
    }

    /// The number of connections that requests came over.
    #[cfg(feature = "reqwest")]
    pub(in crate::client) fn connections(&self) -> usize {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(connection, _)| connection).collect::<std::collections::BTreeSet<_>>().len()
    }
}

fn serve(mut stream: TcpStream, connection: usize, seen: &Mutex<Vec<(usize, String)>>) {
    loop {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut byte) {
                Ok(1) => head.push(byte[0]),
                _ => return,
            }
        }
        let head = String::from_utf8(head).unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).unwrap();
        let refuses = head.starts_with("CONNECT ");
        seen.lock().unwrap().push((connection, head));
        let answer: &[u8] = if refuses {
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        } else {
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
        };
        if stream.write_all(answer).is_err() || refuses {
            return;
        }
    }
}
