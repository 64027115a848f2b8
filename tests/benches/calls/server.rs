//! A server on a thread of its own that does as little as it can: it finds where a request ends, and writes an answer that
//! was made before.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::Result;

/// A server; it runs until the program ends.
pub(crate) struct Server {
    pub(crate) url: String,
    kept: Arc<Mutex<Option<Vec<u8>>>>,
}

/// The next request as it came.
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Server {
    pub(crate) fn start(answer: &str) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let url = format!("http://{}", listener.local_addr()?);
        let kept = Arc::new(Mutex::new(Some(Vec::new())));
        let shared = Arc::clone(&kept);
        let answer: Arc<[u8]> = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: 5f1c2d3e4a5b6c7d8e9f0a1b2c3d4e5f\r\ncontent-length: {}\r\n\r\n{answer}",
            answer.len()
        )
        .into_bytes()
        .into();
        thread::Builder::new().name("server".to_owned()).spawn(move || {
            runtime.block_on(async {
                while let Ok((stream, _)) = listener.accept().await {
                    // A client that hangs up is none of a server's business.
                    let (answer, kept) = (Arc::clone(&answer), Arc::clone(&shared));
                    tokio::spawn(async move { drop(serve(stream, &answer, &kept).await) });
                }
            });
        })?;
        Ok(Self { url, kept })
    }

    /// The first request since this was last asked.
    pub(crate) fn take(&self) -> Option<Seen> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).replace(Vec::new())?;
        let end = end_of_head(&kept)?;
        let head = String::from_utf8_lossy(&kept[..end]).into_owned();
        let mut lines = head.lines();
        let mut first = lines.next()?.split(' ');
        let headers = lines.filter_map(|line| line.split_once(": "));
        Some(Seen {
            method: first.next()?.to_owned(),
            target: first.next()?.to_owned(),
            headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect(),
            body: kept[end..].to_vec(),
        })
    }

    /// Keeps no more requests.
    pub(crate) fn forget(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

async fn serve(mut stream: TcpStream, answer: &[u8], kept: &Mutex<Option<Vec<u8>>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut read = BytesMut::with_capacity(16 * 1024);
    loop {
        while let Some(length) = complete(&read) {
            if let Some(kept) = &mut *kept.lock().unwrap_or_else(PoisonError::into_inner)
                && kept.is_empty()
            {
                kept.extend_from_slice(&read[..length]);
            }
            read.advance(length);
            stream.write_all(answer).await?;
        }
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn end_of_head(read: &[u8]) -> Option<usize> {
    find(read, b"\r\n\r\n").map(|at| at + 4)
}

/// How long the first request is, if all of it is here. The client writes header names in lower case.
fn complete(read: &[u8]) -> Option<usize> {
    let end = end_of_head(read)?;
    let name = b"\r\ncontent-length: ";
    let body = find(&read[..end], name).map_or(0, |at| {
        let digits = read[at + name.len()..].iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0'))
    });
    (read.len() >= end + body).then_some(end + body)
}
