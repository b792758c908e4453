//! Why a file that is named as a Word file cannot be read: what it is, and what to do.

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::load::sniff;
use crate::load::zip::Fault;

/// What to do with a file that Word can open.
const SAVE_AGAIN: &str = "Open it in Word and save it as .docx: File, Save As, “Word Document”";

/// Refuses a file that is not an archive, as every Word file is.
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
        // “Whatever it is called” would be wrong: the name says that it is an old Office file.
        Some(known) if sniff::is_compound(bytes) && name.to_lowercase().ends_with(".doc") => not(
            "an old kind of Office file, without readable Word text in it",
            known.help,
        ),
        Some(known) if !bytes.starts_with(b"PK") => not(
            &format!("{}, whatever it is called", known.what),
            known.help,
        ),
        _ if bytes.is_empty() => not("empty", "Ask for the file again"),
        _ => damaged(name, fault),
    }
}

/// Refuses an archive that has no Word document in it.
pub(super) fn no_word(name: &str, bytes: &[u8]) -> Refusal {
    let (what, help) = match sniff::of(bytes).filter(|known| known.what != "a Word document") {
        Some(known) => (known.what, known.help),
        None => (
            "an archive without a Word document in it",
            "Ask for the file again",
        ),
    };
    Refusal::new(codes::NOT_A_WORD_FILE, format!("{name} is {what}"), help)
}

/// Refuses a Word file that cannot be unpacked.
pub(super) fn damaged(name: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::Damaged => Refusal::new(
            codes::WORD_DAMAGED,
            format!("{name} is damaged"),
            "Open it in Word or LibreOffice, which may repair it, and save it again; or ask for the file again",
        ),
        Fault::Encrypted => locked(name),
        Fault::TooLarge => Refusal::new(
            codes::FILE_TOO_LARGE,
            format!("{name} holds more text than a pack takes"),
            "Split it into several files",
        ),
    }
}

/// Refuses a file whose name shows that it is not a document.
pub(super) fn by_name(name: &str) -> Option<Refusal> {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("~$").then(|| {
        Refusal::new(
            codes::NOT_A_WORD_FILE,
            format!("{name} is only the lock file that Word makes while a document is open"),
            format!(
                "Give the name of the document itself, which ends in “{}”, and close it in Word",
                file.trim_start_matches("~$")
            ),
        )
    })
}

fn locked(name: &str) -> Refusal {
    Refusal::new(
        codes::WORD_ENCRYPTED,
        format!("{name} can be opened only with a password"),
        "Open it in Word and remove the password: File, Info, Protect Document, Encrypt with Password",
    )
}
