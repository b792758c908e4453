//! What a web address gives away. Mail filters and newsletters wrap the real address in their own,
//! which can identify the reader, and some addresses lead into a council's own network or to
//! somebody's drive.

use std::net::Ipv4Addr;

/// What is wrong with an address in a public paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It tells a third party who follows it, or who it was sent to. Holds the real address, where
    /// that can be worked out.
    Tracked(Option<String>),
    /// The public cannot reach it.
    Private,
}

/// How many wrapped addresses may be nested.
const DEEPEST: usize = 5;

/// Services that wrap the real address in their own: the end of the host name, the beginning of the
/// path, and the query parameter that holds the address.
const WRAPPERS: [(&str, &str, &str); 13] = [
    ("safelinks.protection.outlook.com", "", "url"),
    ("urldefense.proofpoint.com", "/v1/", "u"),
    ("linkprotect.cudasvc.com", "", "a"),
    ("clicktime.symantec.com", "", "u"),
    ("scanmail.trustwave.com", "", "u"),
    ("l.facebook.com", "", "u"),
    ("lm.facebook.com", "", "u"),
    ("linkedin.com", "/redir", "url"),
    ("linkedin.com", "/safety/go", "url"),
    ("youtube.com", "/redirect", "q"),
    ("slack-redir.net", "", "url"),
    ("out.reddit.com", "", "url"),
    ("duckduckgo.com", "/l/", "uddg"),
];
/// Services whose addresses do not show where they lead: the end of the host name and the beginning
/// of the path.
const OPAQUE: [(&str, &str); 20] = [
    ("mimecast.com", "/"),
    ("mimecastprotect.com", "/"),
    ("list-manage.com", "/track"),
    ("list-manage1.com", "/track"),
    ("list-manage2.com", "/track"),
    ("mandrillapp.com", "/track"),
    ("sendgrid.net", "/"),
    ("hubspotlinks.com", "/"),
    ("rs6.net", "/"),
    ("dmtrk.net", "/"),
    ("dmtrk.com", "/"),
    ("lnks.gd", "/"),
    ("govdelivery.com", "/track"),
    ("links.govdelivery.com", "/"),
    ("cmail19.com", "/"),
    ("cmail20.com", "/"),
    ("createsend1.com", "/"),
    ("protection.sophos.com", "/"),
    ("url.emailprotection.link", "/"),
    ("linkprotect.cudasvc.com", "/"),
];
/// Query parameters that identify one reader.
const READERS: [&str; 8] = [
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "fbclid",
    "gclid",
    "vero_id",
    "ml_subscriber",
];
/// Endings of host names that only a private network knows.
const INNER: [&str; 10] = [
    ".local",
    ".localdomain",
    ".internal",
    ".intranet",
    ".lan",
    ".corp",
    ".home",
    ".private",
    ".home.arpa",
    ".localhost",
];

/// What is wrong with an address, if anything.
pub fn fault(address: &str) -> Option<Fault> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("file:") || address.starts_with("\\\\") || address.starts_with("//") {
        return Some(Fault::Private);
    }
    let parts = Parts::of(address)?;
    if let Some(meant) = unwrapped(address, &parts) {
        return Some(Fault::Tracked(settled(meant)));
    }
    if parts.is_inner() {
        return Some(Fault::Private);
    }
    without_reader(address).map(|clean| Fault::Tracked(Some(clean)))
}

/// The address to publish in place of one: the real address, or the same. `None` where the public
/// cannot reach it.
pub fn published(address: &str) -> Option<String> {
    match fault(address) {
        Some(Fault::Private) => None,
        Some(Fault::Tracked(Some(meant))) => Some(meant),
        Some(Fault::Tracked(None)) | None => Some(address.to_owned()),
    }
}

/// Unwraps an address until it is a plain one; `None` where that is private or cannot be found.
fn settled(meant: Option<String>) -> Option<String> {
    let mut meant = meant?;
    for _ in 0..DEEPEST {
        let parts = Parts::of(&meant)?;
        match unwrapped(&meant, &parts) {
            Some(inner) => meant = inner?,
            None if parts.is_inner() => return None,
            None => return Some(without_reader(&meant).unwrap_or(meant)),
        }
    }
    None
}

/// The pieces of a web address.
struct Parts<'a> {
    host: String,
    path: &'a str,
    query: &'a str,
}

impl<'a> Parts<'a> {
    fn of(address: &'a str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        if !["http", "https", "ftp"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return None;
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let host = authority.rsplit('@').next().unwrap_or(authority);
        let host = match host.strip_prefix('[') {
            Some(inner) => inner.split(']').next().unwrap_or(inner),
            None => host.split(':').next().unwrap_or(host),
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        Some(Self {
            host: host.trim_end_matches('.').to_ascii_lowercase(),
            path,
            query,
        })
    }

    fn is_at(&self, host: &str, path: &str) -> bool {
        let own = self.host.strip_suffix(host);
        own.is_some_and(|before| before.is_empty() || before.ends_with('.'))
            && self.path.starts_with(path)
    }

    fn value(&self, key: &str) -> Option<String> {
        let query = self.query.replace("&amp;", "&");
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let mut values = pairs.filter(|(name, _)| name.eq_ignore_ascii_case(key));
        values.next().map(|(_, value)| decoded(value))
    }

    /// Whether only some people can get there: a private network, or a drive that asks them to sign
    /// in.
    fn is_inner(&self) -> bool {
        let host = self.host.as_str();
        if host.contains(':') {
            return host == "::1" || ["fc", "fd", "fe80"].iter().any(|it| host.starts_with(it));
        }
        if let Ok(number) = host.parse::<Ipv4Addr>() {
            return number.is_private() || number.is_loopback() || number.is_link_local();
        }
        (!host.is_empty() && !host.contains('.'))
            || INNER.iter().any(|ending| host.ends_with(ending))
            || self.is_at("sharepoint.com", "")
    }
}

/// The real address inside that of a service that tracks readers: `None` where the address is not of
/// such a service, and `Some(None)` where the real address cannot be worked out.
fn unwrapped(address: &str, parts: &Parts<'_>) -> Option<Option<String>> {
    let web = |meant: Option<String>| meant.filter(|meant| is_web(meant));
    for (host, path, key) in WRAPPERS {
        if parts.is_at(host, path)
            && let Some(value) = parts.value(key)
        {
            return Some(web(Some(value)));
        }
    }
    if parts.is_at("urldefense.proofpoint.com", "/v2/") {
        let meant = parts
            .value("u")
            .map(|it| decoded(&it.replace('-', "%").replace('_', "/")));
        return Some(web(meant));
    }
    if let Some((_, rest)) = address.split_once("/v3/__")
        && (parts.is_at("urldefense.com", "")
            || parts.is_at("urldefense.us", "")
            || parts.is_at("urldefense.proofpoint.com", ""))
    {
        return Some(web(proofpoint(rest)));
    }
    let searches = parts.host.starts_with("www.google.") || parts.host.starts_with("google.");
    if searches && parts.path == "/url" {
        return Some(web(parts.value("q").or_else(|| parts.value("url"))));
    }
    if parts.is_at("secure-web.cisco.com", "/") {
        return Some(web(parts.path.rsplit('/').next().map(decoded)));
    }
    let opaque = OPAQUE.iter().any(|(host, path)| parts.is_at(host, path));
    (opaque && (parts.path.len() > 1 || !parts.query.is_empty())).then_some(None)
}

/// The address inside one of Proofpoint's version 3: `__ADDRESS__;LETTERS!!…`, where each `*` of
/// the address stands for the next of the letters.
fn proofpoint(rest: &str) -> Option<String> {
    let (inner, letters) = rest.split_once("__;").unwrap_or((rest, ""));
    let inner = inner.strip_suffix("__").unwrap_or(inner);
    if !inner.contains('*') {
        return Some(inner.to_owned());
    }
    if inner.contains("**") {
        return None;
    }
    let letters = String::from_utf8(base64(letters.split('!').next()?)?).ok()?;
    let mut letters = letters.chars();
    inner
        .chars()
        .map(|letter| {
            if letter == '*' {
                letters.next()
            } else {
                Some(letter)
            }
        })
        .collect()
}

/// Decodes Base64, in its standard or its URL-safe alphabet.
fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Some(bytes)
}

/// An address without the query parameters that identify a reader; `None` where it has none.
fn without_reader(address: &str) -> Option<String> {
    let (before, rest) = address.split_once('?')?;
    let (query, anchor) = match rest.split_once('#') {
        Some((query, anchor)) => (query, Some(anchor)),
        None => (rest, None),
    };
    let identifies = |pair: &&str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        READERS.contains(&key.to_ascii_lowercase().as_str()) || is_mail(&decoded(value))
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !identifies(pair)).collect();
    if kept.len() == query.split('&').count() {
        return None;
    }
    let mut clean = before.to_owned();
    if !kept.is_empty() {
        clean.push('?');
        clean.push_str(&kept.join("&"));
    }
    if let Some(anchor) = anchor {
        clean.push('#');
        clean.push_str(anchor);
    }
    Some(clean)
}

fn is_mail(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !name.contains(['/', ' ', '?'])
            && host.contains('.')
            && host.starts_with(char::is_alphanumeric)
    })
}

fn is_web(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// A value of a query without its percent-encoding.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let pair = after.get(..2).filter(|_| *first == b'%');
        let byte = pair
            .filter(|pair| pair.iter().all(u8::is_ascii_hexdigit))
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| value.to_owned())
}

/// The web addresses in a text, with the byte at which each begins.
pub fn in_text(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find("://")) {
        let colon = at + next;
        let start = text[..colon]
            .rfind(|letter: char| !letter.is_ascii_alphabetic())
            .map_or(0, |before| {
                before + text[before..].chars().next().map_or(1, char::len_utf8)
            });
        let end = text[colon..]
            .find(|letter: char| letter.is_whitespace() || "<>()[]\"'`|".contains(letter))
            .map_or(text.len(), |end| colon + end);
        let address = text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        if is_web(address) {
            found.push((start, address));
        }
        at = end.max(colon + 3);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_that_is_meant_is_told() {
        for (address, meant) in [
            (
                "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.legislation.gov.uk%2Fukpga%2F1972%2F70&data=05%7C02%7Cjane.resident%40example.org%7C1a&reserved=0",
                Some("https://www.legislation.gov.uk/ukpga/1972/70"),
            ),
            (
                "https://www.google.com/url?q=https://example.org&sa=D",
                Some("https://example.org"),
            ),
            (
                "https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa",
                Some("https://example.org/a"),
            ),
            (
                "https://urldefense.proofpoint.com/v1/url?u=http://example.org/a&k=x",
                Some("http://example.org/a"),
            ),
            (
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_plan&d=DwM&r=me",
                Some("https://example.org/plan"),
            ),
            (
                "https://urldefense.com/v3/__https://example.org/plan?a=1__;!!abc!xyz$",
                Some("https://example.org/plan?a=1"),
            ),
            (
                "https://urldefense.com/v3/__https://example.org/plan*top__;Iw!!abc!xyz$",
                Some("https://example.org/plan#top"),
            ),
            (
                "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.org%2fb&c=E,1",
                Some("https://example.org/b"),
            ),
            (
                "https://secure-web.cisco.com/1abc/https%3A%2F%2Fexample.org%2Fc",
                Some("https://example.org/c"),
            ),
            ("https://protect-eu.mimecast.com/s/AbCdE", None),
            (
                "https://anytown.us1.list-manage.com/track/click?u=1&id=2&e=3",
                None,
            ),
            (
                "https://example.org/news?id=4&mc_eid=ab12",
                Some("https://example.org/news?id=4"),
            ),
            (
                "https://example.org/unsubscribe?email=jane%40example.org",
                Some("https://example.org/unsubscribe"),
            ),
            (
                "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fexample.org",
                Some("https://example.org"),
            ),
            (
                "https://eur02.safelinks.protection.outlook.com/?url=http%3A%2F%2Fintranet%2Fhr",
                None,
            ),
        ] {
            let meant = meant.map(str::to_owned);
            assert_eq!(fault(address), Some(Fault::Tracked(meant)), "{address}");
        }
    }

    #[test]
    fn what_the_public_cannot_reach_is_private() {
        for address in [
            "file:///C:/Users/jofficer/offer.docx",
            "\\\\anytown-fs01\\legal$\\advice.docx",
            "//anytown-fs01/legal$/advice.docx",
            "http://intranet/policies",
            "https://moderngov.anytown.local/ieList",
            "http://10.1.2.3/a",
            "http://192.168.0.4:8080/",
            "https://172.20.1.1/x",
            "http://[fd00::1]/",
            "https://anytown-my.sharepoint.com/personal/jofficer/x.docx",
            "https://anytowncouncil.sharepoint.com/:w:/r/sites/Legal/advice.docx?d=w1&email=jofficer%40anytown.gov.uk",
        ] {
            assert_eq!(fault(address), Some(Fault::Private), "{address}");
            assert_eq!(published(address), None);
        }
    }

    #[test]
    fn plain_addresses_are_left_alone() {
        for address in [
            "https://www.gov.uk/guidance?q=1#top",
            "https://www.google.com/maps?q=town+hall",
            "http://172.32.0.1/",
            "https://8.8.8.8/",
            "mailto:jane.resident@example.org",
            "https://mastodon.example/@council",
            "https://us1.list-manage.com/subscribe?u=1&id=2",
            "www.example.org/page",
            "tel:01632960000",
        ] {
            assert_eq!(fault(address), None, "{address}");
            assert_eq!(published(address).as_deref(), Some(address));
        }
    }

    #[test]
    fn addresses_are_found_in_text() {
        let text =
            "See [it](https://example.org/a) and <http://b.example>, or éhttps://c.example/x.";
        let found: Vec<&str> = in_text(text).into_iter().map(|(_, it)| it).collect();
        assert_eq!(
            found,
            [
                "https://example.org/a",
                "http://b.example",
                "https://c.example/x"
            ]
        );
        for (at, address) in in_text(text) {
            assert!(text[at..].starts_with(address));
        }
    }
}
