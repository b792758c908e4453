//! The little of HTTP/1.1 (RFC 9112) that a page on one's own machine needs: one request a
//! connection, no body, a bounded head.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// The longest head of a request, in bytes.
const HEAD: u64 = 16 << 10;
/// How long a browser may take for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a browser asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path as it was sent, without what follows a question mark.
    pub(super) path: String,
    pub(super) host: Option<String>,
    pub(super) origin: Option<String>,
}

impl Request {
    /// Reads a request; `None` if it is not one.
    pub(super) fn read(stream: &TcpStream) -> Option<Self> {
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        Self::parse(&mut BufReader::new(stream.take(HEAD)))
    }

    fn parse(head: &mut dyn io::BufRead) -> Option<Self> {
        let mut lines = head.lines();
        let first = lines.next()?.ok()?;
        let mut words = first.split(' ');
        let method = words.next()?.to_owned();
        let target = words.next()?;
        words.next()?.strip_prefix("HTTP/1.")?;
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        let mut request = Self {
            method,
            path: path.to_owned(),
            ..Self::default()
        };
        for line in lines {
            let line = line.ok()?;
            if line.is_empty() {
                return Some(request);
            }
            let (name, value) = line.split_once(':')?;
            let field = match name.to_ascii_lowercase().as_str() {
                "host" => &mut request.host,
                "origin" => &mut request.origin,
                _ => continue,
            };
            // Two of either would leave open which one holds.
            if field.replace(value.trim().to_owned()).is_some() {
                return None;
            }
        }
        None
    }
}

/// What is sent back.
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn of(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: "200 OK",
            kind,
            body: body.into(),
        }
    }

    pub(super) fn refused(status: &'static str, why: &str) -> Self {
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            body: format!("{why}\n").into_bytes(),
        }
    }

    /// Sends it. A browser that has gone away is told nothing.
    pub(super) fn send(&self, mut stream: &TcpStream) {
        let head = head(self.status, self.kind, Some(self.body.len()));
        let sent = stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(&self.body));
        let _ = sent.and_then(|()| stream.flush());
    }
}

/// The head of an answer. Nothing of it is kept by the browser, told to other sites or shown inside
/// them.
pub(super) fn head(status: &str, kind: &str, length: Option<usize>) -> String {
    let length = length.map_or_else(String::new, |length| {
        format!("Content-Length: {length}\r\n")
    });
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{length}Cache-Control: no-store\r\n\
         Connection: close\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nX-Frame-Options: SAMEORIGIN\r\n\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<Request> {
        Request::parse(&mut text.as_bytes())
    }

    #[test]
    fn a_request_is_read_and_what_is_none_is_not() {
        let request = parse("GET /a/b?x=1&y=2 HTTP/1.1\r\nHOST: 127.0.0.1:80\r\nX: y\r\n\r\n");
        let request = request.expect("a request");
        assert_eq!(request.path, "/a/b");
        assert_eq!(request.host.as_deref(), Some("127.0.0.1:80"));
        for none in [
            "",
            "GET /\r\n\r\n",
            "GET / HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        ] {
            assert_eq!(parse(none), None, "{none:?}");
        }
    }
}
