//! A server that does to its connections what a script says.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a server does with a connection.
#[derive(Clone)]
pub(super) enum Does {
    /// Closes it at once, in order.
    Closes,
    /// Resets it when the first byte is there, which is not read.
    Resets,
    /// Resets it at once.
    ResetsAtOnce,
    /// Reads the request, and closes.
    ReadsAndCloses,
    /// Reads the request, and resets.
    ReadsAndResets,
    /// Reads the request, writes this, and closes.
    Says(Cow<'static, [u8]>),
    /// The same, but leaves the connection open and silent.
    SaysAndHangs(Cow<'static, [u8]>),
    /// The same, but resets the connection once the client has what was written.
    SaysAndResets(Cow<'static, [u8]>),
    /// Writes this, then this byte again and again, with pauses.
    Trickles(&'static str, u8),
    /// The same without pauses.
    Floods(&'static str, &'static [u8]),
}

impl Does {
    /// Whether a client has to run out of time.
    pub(super) fn is_slow(&self) -> bool {
        matches!(self, Self::SaysAndHangs(_) | Self::Trickles(..))
    }
}

/// Any answer: status line, headers and body as they are, with what makes the client take a new connection next time.
pub(super) fn says(start: &str, body: impl AsRef<[u8]>) -> Does {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {start}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    Does::Says([head.as_bytes(), body].concat().into())
}

/// Writes these bytes, and closes.
pub(super) fn writes(bytes: impl Into<Vec<u8>>) -> Does {
    Does::Says(bytes.into().into())
}

/// No script goes on for longer than this, whatever the client does.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A running server. It stops when dropped.
pub(super) struct Server {
    address: SocketAddr,
    /// Kept, so that no other server gets the port while this one is being woken to stop.
    _listener: Arc<TcpListener>,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    /// Heads and bodies of requests that were read whole.
    requests: Mutex<Vec<String>>,
    stopped: AtomicBool,
}

impl Server {
    /// Serves connections, the n-th by the n-th entry, and further ones by the last.
    pub(super) fn new(script: impl Into<Vec<Does>>) -> Self {
        let script = script.into();
        let listener = Arc::new(TcpListener::bind("127.0.0.1:0").unwrap());
        let (address, seen) = (listener.local_addr().unwrap(), Arc::new(Seen::default()));
        let (shared, accepts) = (Arc::clone(&seen), Arc::clone(&listener));
        std::thread::spawn(move || {
            for (index, stream) in accepts.incoming().enumerate() {
                if shared.stopped.load(SeqCst) {
                    return;
                }
                shared.connections.fetch_add(1, SeqCst);
                let does = script.get(index).or(script.last()).unwrap().clone();
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || handle(&stream.unwrap(), does, &shared));
            }
        });
        Self { address, _listener: listener, seen }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections were made.
    pub(super) fn connections(&self) -> usize {
        self.seen.connections.load(SeqCst)
    }

    /// The requests that were read, as text.
    pub(super) fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// A header of each request that was read; empty where it has none.
    pub(super) fn headers(&self, name: &str) -> Vec<String> {
        let value = |request: &String| {
            let lines = request.lines().take_while(|line| !line.is_empty());
            let mut pairs = lines.filter_map(|line| line.split_once(": "));
            pairs.find(|pair| pair.0.eq_ignore_ascii_case(name)).map_or_else(String::new, |pair| pair.1.to_owned())
        };
        self.requests().iter().map(value).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.seen.stopped.store(true, SeqCst);
        drop(TcpStream::connect(self.address)); // wakes the one that listens
    }
}

fn handle(mut stream: &TcpStream, does: Does, seen: &Seen) {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    match does {
        Does::Closes => return,
        Does::ResetsAtOnce => return reset(stream),
        Does::Resets => {
            let _ = stream.peek(&mut [0]);
            return reset(stream);
        }
        _ => {}
    }
    let Some(request) = read(stream) else { return };
    seen.requests.lock().unwrap().push(request);
    match does {
        Does::Closes | Does::Resets | Does::ResetsAtOnce | Does::ReadsAndCloses => {}
        Does::ReadsAndResets => return reset(stream),
        Does::Says(bytes) => drop(stream.write_all(&bytes)),
        Does::SaysAndHangs(bytes) => {
            drop(stream.write_all(&bytes));
            wait(stream);
        }
        Does::SaysAndResets(bytes) => {
            drop(stream.write_all(&bytes));
            // A reset throws away what the client has not read yet.
            std::thread::sleep(Duration::from_millis(250));
            return reset(stream);
        }
        Does::Trickles(start, byte) => go_on(stream, start, &[byte], Duration::from_millis(5)),
        Does::Floods(start, bytes) => go_on(stream, start, bytes, Duration::ZERO),
    }
    // A close with something unread is a reset: what was written must arrive.
    let _ = stream.shutdown(Shutdown::Write);
    wait(stream);
}

/// Until the client hangs up.
fn wait(mut stream: &TcpStream) {
    let start = Instant::now();
    while start.elapsed() < PATIENCE && stream.read(&mut [0; 4096]).is_ok_and(|count| count > 0) {}
}

/// So that the close that follows is a reset.
fn reset(stream: &TcpStream) {
    socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)).unwrap();
}

/// Until the client hangs up, too.
fn go_on(mut stream: &TcpStream, start: &str, bytes: &[u8], pause: Duration) {
    let (begin, mut good) = (Instant::now(), stream.write_all(start.as_bytes()).is_ok());
    while good && begin.elapsed() < PATIENCE {
        std::thread::sleep(pause);
        good = stream.write_all(bytes).is_ok();
    }
}

/// Head and body of a request, if it comes whole.
fn read(mut stream: &TcpStream) -> Option<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .to_ascii_lowercase()
        .split_once("content-length: ")
        .map_or(0, |(_, rest)| rest.lines().next().and_then(|length| length.parse().ok()).unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}
