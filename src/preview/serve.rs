//! The server: who may ask, what for, and how they are told that something has changed.

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::http::{Answer, Request, head};
use super::shown::{Asked, Shown};
use super::sight::{Day, Sight};
use crate::hex::hex;
use crate::load::{PackFolder, WorkspaceRoot};

/// How long it rests between two looks at the sources, where nobody says otherwise. Looking again and
/// again works on every disk; what systems tell of changes does not reach over a network.
const REST: Duration = Duration::from_millis(50);
/// How many times longer it rests than it looked, so that a slow disk is not kept busy.
const EASE: u32 = 9;
/// The longest rest.
const LONGEST: Duration = Duration::from_secs(2);
/// How often a page that waits is told that somebody is still there.
const BREATH: Duration = Duration::from_secs(15);

const PAGE: &str = include_str!("../../templates/preview/index.html");
const SCRIPT: &str = include_str!("../../templates/preview/preview.js");
const STYLE: &str = include_str!("../../templates/preview/preview.css");

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
const PDF: &str = "application/pdf";

/// A preview that is ready to be served.
pub struct Preview {
    listener: TcpListener,
    shared: Arc<Shared>,
    sight: Sight,
}

struct Shared {
    address: SocketAddr,
    token: String,
    shown: Mutex<Shown>,
    /// The version that pages are told of, apart from the pack, so that nobody waits for a build to
    /// hear of it.
    version: Mutex<u64>,
    changed: Condvar,
}

impl Shared {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn version(&self) -> MutexGuard<'_, u64> {
        self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Preview {
    /// A preview of a pack as on what is said to be the day, at a port of this machine; any that is free for 0.
    ///
    /// # Errors
    /// Where the port is taken, or the system has no random numbers.
    pub fn new(root: WorkspaceRoot, folder: PackFolder, day: Day, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        let token = hex(&bytes);
        let mut sight = Sight::new(root.clone(), folder.clone(), day);
        let shown = Shown::new(root, folder, sight.on);
        sight.look_at(shown.depends_on());
        let shared = Shared {
            address: listener.local_addr()?,
            token,
            version: Mutex::new(shown.version),
            shown: Mutex::new(shown),
            changed: Condvar::new(),
        };
        Ok(Self {
            listener,
            shared: Arc::new(shared),
            sight,
        })
    }

    /// Where it is found.
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.shared.address, self.shared.token)
    }

    /// Serves it, looking at the sources every so often, for as long as the program runs.
    pub fn serve(self, every: Option<Duration>) {
        let follows = Arc::clone(&self.shared);
        let mut sight = self.sight;
        thread::spawn(move || {
            watch(every, &mut || {
                // Nobody is waited for before something has changed: a long build is no slow disk.
                if !sight.has_changed() {
                    return Look::Same;
                }
                let mut shown = follows.shown();
                shown.read_again(sight.on);
                let version = shown.version;
                let outside = shown.depends_on();
                drop(shown);
                sight.look_at(outside);
                *follows.version() = version;
                follows.changed.notify_all();
                Look::Changed
            });
        });
        for stream in self.listener.incoming() {
            let Ok(stream) = stream else { continue };
            let shared = Arc::clone(&self.shared);
            thread::spawn(move || answer(&shared, &stream));
        }
    }
}

/// What a look at the sources found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// They are as they were.
    Same,
    /// They have changed, and that has been dealt with.
    Changed,
    /// There is no need to look again.
    Enough,
}

/// Looks again and again until that is enough, resting between as long as is asked, or longer where
/// looking takes long.
#[expect(
    clippy::disallowed_methods,
    reason = "nothing of a pack depends on how long a look takes"
)]
pub fn watch(rest: Option<Duration>, look: &mut dyn FnMut() -> Look) {
    loop {
        let began = Instant::now();
        let took = match look() {
            Look::Same => began.elapsed(),
            Look::Changed => Duration::ZERO,
            Look::Enough => return,
        };
        thread::sleep(rest.unwrap_or_else(|| rest_after(took)));
    }
}

/// How long to rest after a look that took so long.
fn rest_after(took: Duration) -> Duration {
    (took * EASE).clamp(REST, LONGEST)
}

fn answer(shared: &Shared, stream: &TcpStream) {
    let Some(request) = Request::read(stream) else {
        return Answer::refused("400 Bad Request", "This is not a request").send(stream);
    };
    let prefix = format!("/{}/", shared.token);
    let name = match request.path.strip_prefix(&prefix) {
        Some(name) if is_from_here(shared, &request) && is_plain(name) => name,
        _ => {
            return Answer::refused("403 Forbidden", "Use the address that pack preview printed")
                .send(stream);
        }
    };
    if request.method != "GET" {
        return Answer::refused("405 Method Not Allowed", "There is nothing to send").send(stream);
    }
    if name == "events" {
        let _ = events(shared, stream);
        return;
    }
    let found = found(shared, name);
    found
        .unwrap_or_else(|| Answer::refused("404 Not Found", "There is nothing of this name"))
        .send(stream);
}

/// Whether a request is for this server under its own name, and from a page of its own: a page of
/// somebody else's, or a name of somebody else's that leads here, gets nothing.
fn is_from_here(shared: &Shared, request: &Request) -> bool {
    let port = shared.address.port();
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let is_own = |host: &str| own.iter().any(|known| known == host);
    let origin = request.origin.as_deref();
    request.host.as_deref().is_some_and(is_own)
        && origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_own))
}

/// Whether a name is one that a page of the preview would ask for.
fn is_plain(name: &str) -> bool {
    !name.contains("..")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_./%".contains(&byte))
}

fn found(shared: &Shared, name: &str) -> Option<Answer> {
    match name {
        "" => return Some(Answer::of(HTML, PAGE)),
        "preview.js" => return Some(Answer::of("text/javascript; charset=utf-8", SCRIPT)),
        "preview.css" => return Some(Answer::of("text/css; charset=utf-8", STYLE)),
        _ => {}
    }
    let mut steps = name.splitn(5, '/');
    let what = steps.next()?;
    let view = Asked::read(steps.next()?, steps.next()?, steps.next()?)?;
    let rest = steps.next();
    match (what, rest) {
        ("state", None) => {
            let state = shared.shown().state(view);
            Some(Answer::of(JSON, state.to_string()))
        }
        ("view", Some("index.html")) => {
            let page = shared.shown().main(view);
            Some(Answer::of(HTML, page))
        }
        ("view", Some("pack.pdf")) => {
            let pdf = shared.shown().main(view);
            Some(Answer::of(PDF, pdf))
        }
        ("view", Some(beside)) => {
            let file = shared.shown().beside(view, &decoded(beside)?)?;
            Some(Answer::of(PDF, file))
        }
        _ => None,
    }
}

/// A word of an address without its escapes.
fn decoded(word: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(word.len());
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        let digits = std::str::from_utf8(&digits).ok()?.to_owned();
        bytes.push(u8::from_str_radix(&digits, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Tells a page of each change until it goes away (server-sent events).
fn events(shared: &Shared, mut stream: &TcpStream) -> io::Result<()> {
    stream.write_all(head("200 OK", "text/event-stream", None).as_bytes())?;
    let mut told = 0;
    loop {
        let version = {
            let version = shared.version();
            if *version == told {
                let waited = shared.changed.wait_timeout(version, BREATH);
                *waited.unwrap_or_else(PoisonError::into_inner).0
            } else {
                *version
            }
        };
        if version == told {
            stream.write_all(b": still here\n\n")?;
        } else {
            stream.write_all(format!("data: {version}\n\n").as_bytes())?;
            told = version;
        }
        stream.flush()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_disk_is_looked_at_less_often() {
        assert_eq!(rest_after(Duration::from_micros(500)), REST);
        let slow = Duration::from_millis(100);
        assert_eq!(rest_after(slow), Duration::from_millis(900));
        assert_eq!(rest_after(Duration::from_secs(30)), LONGEST);
    }
}
