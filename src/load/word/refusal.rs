//! Files that are called Word and are something else: each with what it is and what to do.

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::load::sniff;
use crate::load::zip::Fault;

/// What to do with a file that Word can open.
const SAVE_AGAIN: &str = "Open it in Word and save it as .docx: File, Save As, “Word Document”";

/// Why a file cannot be read that is no archive, as Word files are.
pub(super) fn no_archive(name: &str, bytes: &[u8], fault: Fault) -> Refusal {
    let not = |what: &str, help: &str| {
        Refusal::new(codes::NOT_A_WORD_FILE, format!("{name} is {what}"), help)
    };
    let start = bytes.get(..64).unwrap_or(bytes).to_ascii_lowercase();
    if sniff::is_locked(bytes) {
        return locked(name);
    }
    match sniff::of(bytes) {
        _ if start.trim_ascii_start().starts_with(b"mime-version:") => {
            not("a web page, whatever it is called", SAVE_AGAIN)
        }
        Some(known) if known.what == "a web page" => not(
            &format!("{}, whatever it is called", known.what),
            SAVE_AGAIN,
        ),
        // Its name says no less.
        Some(known) if sniff::is_compound(bytes) && name.to_lowercase().ends_with(".doc") => not(
            "an Office file of an old kind, without a Word text in it that can be read",
            known.help,
        ),
        Some(known) if !bytes.starts_with(b"PK") => not(
            &format!("{}, whatever it is called", known.what),
            known.help,
        ),
        _ if bytes.is_empty() => not("empty", "Ask for the file once more"),
        _ => damaged(name, fault),
    }
}

/// Why an archive cannot be read that has no text of Word in it.
pub(super) fn no_word(name: &str, bytes: &[u8]) -> Refusal {
    let (what, help) = match sniff::of(bytes).filter(|known| known.what != "a Word document") {
        Some(known) => (known.what, known.help),
        None => (
            "an archive without a Word document in it",
            "Ask for the file once more",
        ),
    };
    Refusal::new(codes::NOT_A_WORD_FILE, format!("{name} is {what}"), help)
}

/// Why a file cannot be read that Word made and something spoilt.
pub(super) fn damaged(name: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::Damaged => Refusal::new(
            codes::WORD_DAMAGED,
            format!("{name} is damaged"),
            "Open it in Word or LibreOffice, which may mend it, and save it again; or ask for the file once more",
        ),
        Fault::Encrypted => locked(name),
        Fault::TooLarge => Refusal::new(
            codes::FILE_TOO_LARGE,
            format!("{name} holds more text than a pack takes"),
            "Split it into several files",
        ),
    }
}

/// Why a file's name alone says that it is none to read.
pub(super) fn by_name(name: &str) -> Option<Refusal> {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("~$").then(|| {
        Refusal::new(
            codes::NOT_A_WORD_FILE,
            format!("{name} is only the mark that Word leaves while somebody has the file open"),
            format!(
                "Name the file itself: {}…, and have it closed in Word",
                file.trim_start_matches("~$")
            ),
        )
    })
}

fn locked(name: &str) -> Refusal {
    Refusal::new(
        codes::WORD_ENCRYPTED,
        format!("{name} opens with a password only"),
        "Open it in Word and take the password off: File, Info, Protect Document, Encrypt with Password",
    )
}
