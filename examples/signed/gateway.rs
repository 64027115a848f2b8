//! A gateway for one access key. Nothing here uses the client: requests are taken apart byte by byte, and their signatures are
//! worked out from the vendor's description alone, with `hmac` and `sha2`.

use std::fmt::{self, Write as _};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A running gateway. It ends with the program.
pub(crate) struct Gateway {
    url: String,
    verdicts: Arc<Mutex<Vec<Verdict>>>,
}

/// What the gateway made of a request.
pub(crate) struct Verdict {
    line: String,
    signed_headers: String,
    /// Why it was refused.
    pub(crate) problem: Option<String>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = self.problem.as_deref().unwrap_or("verified");
        writeln!(f, "{}\n    signed: {}\n    {problem}", self.line, self.signed_headers)
    }
}

struct Keys {
    access: &'static str,
    secret: &'static str,
}

impl Gateway {
    /// Starts on a free port. `on_the_way` is what happens to the bytes of a request before they are read.
    pub(crate) fn start(
        access: &'static str,
        secret: &'static str,
        on_the_way: fn(Vec<u8>) -> Vec<u8>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let verdicts = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&verdicts);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up is none of a gateway's business.
                let _ = serve(stream, &Keys { access, secret }, on_the_way, &shared);
            }
        });
        Ok(Self { url, verdicts })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The requests since this was last asked.
    pub(crate) fn take(&self) -> Vec<Verdict> {
        std::mem::take(&mut *self.verdicts.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Answers one request on a connection, and closes it.
fn serve(
    mut stream: TcpStream,
    keys: &Keys,
    on_the_way: fn(Vec<u8>) -> Vec<u8>,
    verdicts: &Mutex<Vec<Verdict>>,
) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let bytes = on_the_way(receive(&mut stream)?);
    let request = Request::parse(&bytes).ok_or(io::ErrorKind::InvalidData)?;
    let problem = request.verify(keys).err();
    let (status, body) = match &problem {
        None => ("200 OK", request.documented_answer()),
        Some(_) => ("401 Unauthorized", REFUSED),
    };
    let line = format!("{} {}", request.method, request.target);
    let signed_headers = request.signature("SignedHeaders").unwrap_or("nothing").to_owned();
    verdicts.lock().unwrap_or_else(PoisonError::into_inner).push(Verdict { line, signed_headers, problem });
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
}

const REFUSED: &str = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: verify aksk signature fail","request_id":"5b0e9a7f0c4b4ac2"}"#;

/// The bytes of one request: its head, and as much as it announces.
fn receive(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                return Ok(bytes);
            }
        }
        match stream.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => bytes.extend_from_slice(&buffer[..count]),
        }
        if bytes.len() > 1 << 20 {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

/// A request as it stands in the bytes.
struct Request<'a> {
    method: &'a str,
    target: &'a str,
    /// Names in lower case.
    headers: Vec<(String, &'a str)>,
    body: &'a [u8],
}

impl<'a> Request<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let mut lines = std::str::from_utf8(&bytes[..end]).ok()?.split("\r\n");
        let mut line = lines.next()?.splitn(3, ' ');
        let header =
            |line: &'a str| line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim()));
        Some(Self {
            method: line.next()?,
            target: line.next()?,
            headers: lines.map(header).collect::<Option<_>>()?,
            body: &bytes[end + 4..],
        })
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1)
    }

    /// A part of `Authorization: SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`.
    fn signature(&self, part: &str) -> Option<&'a str> {
        let parts = self.header("authorization")?.strip_prefix("SDK-HMAC-SHA256 ")?.split(", ");
        parts.filter_map(|pair| pair.split_once('=')).find(|pair| pair.0 == part).map(|pair| pair.1)
    }

    fn verify(&self, keys: &Keys) -> Result<(), String> {
        if self.signature("Access") != Some(keys.access) {
            return Err("not signed, or with an unknown access key".to_owned());
        }
        let date = self.header("x-sdk-date").ok_or("X-Sdk-Date is missing")?;
        let signed = self.signature("SignedHeaders").ok_or("it is not said what was signed")?;
        for name in ["host", "x-project-id", "x-sdk-date"] {
            if !signed.split(';').any(|other| other == name) {
                return Err(format!("{name} is not signed"));
            }
        }
        let canonical = hex(&Sha256::digest(self.canonical(signed)?));
        let mut mac = Hmac::<Sha256>::new_from_slice(keys.secret.as_bytes()).map_err(|error| error.to_string())?;
        mac.update(format!("SDK-HMAC-SHA256\n{date}\n{canonical}").as_bytes());
        let expected = hex(&mac.finalize().into_bytes());
        let got = self.signature("Signature").unwrap_or("none");
        if got == expected { Ok(()) } else { Err(format!("REFUSED: signature {got:.8}…, expected {expected:.8}…")) }
    }

    /// The canonical request: method, path, query, headers, their names, and the hash of the body.
    fn canonical(&self, signed: &str) -> Result<String, String> {
        let (path, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        // Decoded as a whole: an escaped slash counts as a plain one. The slash at the end is not sent.
        let path = decode(path);
        let mut path: String = path.split(|byte| *byte == b'/').map(|part| encode(part) + "/").collect();
        if path.ends_with("//") {
            path.pop();
        }
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut pairs: Vec<_> =
            pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(k, v)| (decode(k), decode(v))).collect();
        pairs.sort();
        let query: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let mut text = format!("{}\n{path}\n{}\n", self.method, query.join("&"));
        for name in signed.split(';') {
            let value = self.header(name).ok_or_else(|| format!("{name} is signed but was not sent"))?;
            text += &format!("{name}:{value}\n");
        }
        Ok(text + &format!("\n{signed}\n{}", hex(&Sha256::digest(self.body))))
    }

    /// What the documentation shows for this operation.
    fn documented_answer(&self) -> &'static str {
        match (self.method, self.target.rsplit('/').next()) {
            ("POST", Some("task")) => {
                r#"{"id":"90754308-a156-406f-a837-8f852f38a646","name":"dcs-migration-1db7","status":"FULLMIGRATING","error":""}"#
            }
            ("POST", Some("batch-restart")) => {
                r#"{"migration_tasks":[{"result":"success","task_id":"7599c3ed-d0d3-4fb9-9273-653160302023"},{"result":"failed","task_id":"091434c0-d6d7-47c6-9e14-17cc9502b27b","error_code":"dcs.41.0001","error_msg":"task not v2"}]}"#
            }
            ("POST", Some("action")) => "{}",
            _ => "",
        }
    }
}

/// `%41` to `A`.
fn decode(text: &str) -> Vec<u8> {
    let (mut rest, mut all) = (text.as_bytes(), Vec::new());
    while let [byte, more @ ..] = rest {
        let digits = text.get(text.len() - more.len()..).and_then(|more| more.get(..2)).filter(|_| *byte == b'%');
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                all.push(decoded);
                rest = &more[2..];
            }
            None => {
                all.push(*byte);
                rest = more;
            }
        }
    }
    all
}

/// All but letters, digits and `-_.~` as `%XX`.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
