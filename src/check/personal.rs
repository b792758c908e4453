//! What looks like personal data in a text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

static NATIONAL_INSURANCE: LazyLock<Regex> = page_pattern!(
    r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?[0-9]{2}\s?[0-9]{2}\s?[0-9]{2}\s?[A-D]\b"
);
static NHS: LazyLock<Regex> = page_pattern!(r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b");
static NHS_WORD: LazyLock<Regex> = page_pattern!(r"(?i)\bNHS\s*(?:no|num(?:ber)?)\b");
static NAMED_INSURANCE: LazyLock<Regex> = page_pattern!(
    r"(?i)\b(?:NINO|NI|national insurance)(?:\s+(?:no\.?|number))?(?:\s+is)?[:\s]{1,3}(?P<it>[a-z]{2}\s?[0-9]{2}\s?[0-9]{2}\s?[0-9]{2}\s?[a-d])\b"
);
/// A day as birth dates are written: "3 May 1994", "3.5.94".
macro_rules! birthday {
    () => {
        r"[0-9]{1,2}(?:st|nd|rd|th|ydd|ain|fed|af|ail|il|edd|eg)?[ ./-](?:of |o )?(?:[0-9]{1,2}|[a-z]{3,10})[ ./-](?P<year>[0-9]{2}(?:[0-9]{2})?)\b"
    };
}
static BIRTH: LazyLock<Regex> = page_pattern!(concat!(
    r"(?i)(?:\b(?:date\s+of\s+birth|d\.?\s?o\.?\s?b\b\.?|dyddiad\s+geni|birthday)\s*(?:is|was|of|:|–|—|-|\(|yw)?\s*",
    r"|(?P<born>\bborn\b)(?:\s*[:–-])?\s+(?:on\s+)?(?:the\s+)?|\(b\.?\s+)",
    birthday!()
));
/// "Ganwyd Jo Bloggs ar 3 Mai 1994".
static GANWYD: LazyLock<Regex> = page_pattern!(concat!(
    r"(?i)\b(?:ganwyd|ganed)\b(?P<who>[^.;0-9]{0,40}?)\s(?:ar\s+)?",
    birthday!()
));
/// Words for what is "born" but is not a person.
macro_rules! institution {
    () => {
        r"(?:councils?|authority|authorities|partnership|services?|borough|county|city|town|trust|company|organisation|charity|project|ideas?|scheme|board|committee|team|district|parish|schools?|college|hospital|club|society|festival|plan|programme|policy|campaign|movement|union|state|nation|forum|network|museum|library|centre|association|group|party|nhs|act|fund|market|railway|church|community|region|cyngor|partneriaeth|ymddiriedolaeth|gwasanaeth|bwrdeistref|bwrdd)"
    };
}
static INSTITUTION_BORN: LazyLock<Regex> = page_pattern!(concat!(
    r"(?i)\b",
    institution!(),
    r"\b,?\s+(?:(?:which|that)\s+)?(?:was\s+|were\s+|is\s+|being\s+|had\s+been\s+)?(?:itself\s+|first\s+)?$"
));
static INSTITUTION: LazyLock<Regex> = page_pattern!(concat!(r"(?i)\b", institution!(), r"\b"));
static SORT_CODE: LazyLock<Regex> = page_pattern!(
    r"(?i)\b(?:sort[\s-]?code|cod\s+didoli)\b(?:\s+(?:no\.?|number))?(?:\s+is)?[:\s]{0,3}[0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2}\b"
);
static ACCOUNT: LazyLock<Regex> = page_pattern!(
    r"(?i)(?:\baccount|\ba/c|\bacct?\b\.?|\bcyfrif)(?:\s*(?:no\.?|number|num\.?|#|rhif))?(?:\s+is)?[:\s]{1,3}[0-9]{8}\b"
);
static BOTH_CODES: LazyLock<Regex> =
    page_pattern!(r"\b[0-9]{2}-[0-9]{2}-[0-9]{2}[,;/]?\s+(?:a/c\s+)?[0-9]{8}\b");
static MOBILE: LazyLock<Regex> = page_pattern!(
    r"(?:(?:\+|\b00)44[ -]?(?:\(0\)[ -]?)?|\(0|\b0)7(?:[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{3}|[0-9]{2}[ -][0-9]{3}[ -][0-9]{4}|[0-9]{3}(?:[ -][0-9]{2}){3})\b"
);
static PRIVATE_MAIL: LazyLock<Regex> = page_pattern!(
    r"(?i)\b[a-z0-9._%+-]+@(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|me|aol|btinternet|talktalk|sky|virginmedia|ntlworld|blueyonder|protonmail|proton)\.(?:com|co\.uk|net|me)\b"
);

/// The places that look like personal data, each with what it seems to be, in order.
pub(crate) fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let mut add = |pattern: &Regex, what: &'static str| {
        found.extend(pattern.find_iter(text).map(|hit| (hit.range(), what)));
    };
    add(&NATIONAL_INSURANCE, "A National Insurance number");
    add(&SORT_CODE, "A bank sort code");
    add(&ACCOUNT, "A bank account number");
    add(&BOTH_CODES, "A bank sort code and account number");
    add(&MOBILE, "A mobile telephone number");
    add(&PRIVATE_MAIL, "A private e-mail address");
    let mut born = |hit: &regex::Captures<'_>, person: bool| {
        // Nobody born before 1900 is alive.
        let long_ago = hit
            .name("year")
            .and_then(|year| year.as_str().parse::<u16>().ok())
            .is_some_and(|year| (100..1900).contains(&year));
        if let Some(whole) = hit.get(0).filter(|_| person && !long_ago) {
            found.push((whole.range(), "A date of birth"));
        }
    };
    for hit in BIRTH.captures_iter(text) {
        let person = hit
            .name("born")
            .is_none_or(|born| !INSTITUTION_BORN.is_match(&text[..born.start()]));
        born(&hit, person);
    }
    for hit in GANWYD.captures_iter(text) {
        let who = hit.name("who").map_or("", |who| who.as_str());
        born(&hit, !INSTITUTION.is_match(who));
    }
    for hit in NAMED_INSURANCE.captures_iter(text) {
        if let Some(number) = hit.name("it")
            && !NATIONAL_INSURANCE.is_match(number.as_str())
            && NATIONAL_INSURANCE.is_match(&number.as_str().to_uppercase())
        {
            found.push((number.range(), "A National Insurance number"));
        }
    }
    for hit in NHS.find_iter(text) {
        let spaced = hit.as_str().contains([' ', '-']);
        let named = NHS_WORD.is_match(&text[..hit.start()]);
        if (named || (spaced && !hit.as_str().starts_with('0'))) && nhs_valid(hit.as_str()) {
            found.push((hit.range(), "An NHS number"));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether the tenth figure is the check digit of the nine before it (modulus 11).
fn nhs_valid(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let sum: u32 = digits[..9]
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && check == digits[9]
}

/// What was found, with all but its first and last two characters hidden.
pub(crate) fn masked(text: &str) -> String {
    let length = text.chars().count();
    text.chars()
        .enumerate()
        .map(|(at, c)| {
            if c.is_alphanumeric() && at >= 2 && at + 2 < length {
                '•'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_personal_data() {
        for (text, what) in [
            ("NI number QQ 12 34 56 C is", None),
            (
                "NI number AB 12 34 56 C is",
                Some("A National Insurance number"),
            ),
            ("NHS number 943 476 5919", Some("An NHS number")),
            ("NHS number 943 476 5918", None),
            ("DOB: 12/03/1978", Some("A date of birth")),
            ("born on 12 March 1978", Some("A date of birth")),
            ("sort code 20-00-00", Some("A bank sort code")),
            ("account number: 12345678", Some("A bank account number")),
            ("call 07700 900123", Some("A mobile telephone number")),
            ("jo.bloggs@gmail.com", Some("A private e-mail address")),
            ("planning@example.gov.uk", None),
            ("0121 569 3896", None),
            ("call 020 7946 0000", None),
            ("the council was born in 1974", None),
            ("£1,234,567,890", None),
        ] {
            assert_eq!(find(text).first().map(|found| found.1), what, "{text}");
        }
    }

    #[test]
    fn a_mask_shows_only_the_ends() {
        assert_eq!(masked("07700 900123"), "07••• ••••23");
    }
}
