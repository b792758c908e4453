//! Spreadsheets that cannot be read: each with what it is and what to do.

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::load::sniff;
use crate::load::zip::Fault;

const SAVE_AGAIN: &str =
    "Open it in Excel or LibreOffice and save it as .xlsx: File, Save As, “Excel Workbook”";

/// Why a file cannot be read that is not what its name says.
pub(super) fn no_sheet(name: &str, bytes: &[u8], fault: Fault) -> Refusal {
    let not = |what: &str, help: &str| {
        Refusal::new(codes::NOT_A_SPREADSHEET, format!("{name} is {what}"), help)
    };
    if sniff::is_locked(bytes) {
        return locked(name);
    }
    match sniff::of(bytes) {
        _ if bytes.is_empty() => not("empty", "Ask for the file once more"),
        Some(known) if known.what == "a web page" => not(
            "a web page, whatever it is called, as some programs export tables",
            SAVE_AGAIN,
        ),
        Some(known) if !bytes.starts_with(b"PK") => not(
            &format!("{}, whatever it is called", known.what),
            known.help,
        ),
        None if !bytes.contains(&0) => not(
            "text, whatever it is called",
            "If it has commas or semicolons between its cells, give it a name that ends in .csv",
        ),
        _ => damaged(name, fault),
    }
}

/// Why an archive cannot be read that has no workbook in it.
pub(super) fn no_workbook(name: &str, bytes: &[u8]) -> Refusal {
    let known = sniff::of(bytes)
        .filter(|known| !matches!(known.what, "an Excel workbook" | "an OpenDocument file"));
    let (what, help) = match known {
        Some(known) => (known.what, known.help),
        None => (
            "an archive without a spreadsheet in it",
            "Ask for the file once more",
        ),
    };
    Refusal::new(codes::NOT_A_SPREADSHEET, format!("{name} is {what}"), help)
}

/// What is said of a workbook in Excel's binary form.
pub(super) fn binary(name: &str) -> Refusal {
    Refusal::new(
        codes::NOT_A_SPREADSHEET,
        format!("{name} is a workbook in Excel's binary form (.xlsb)"),
        SAVE_AGAIN,
    )
}

/// Why a workbook cannot be read that something spoilt.
pub(super) fn damaged(name: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::Damaged => Refusal::new(
            codes::SPREADSHEET_DAMAGED,
            format!("{name} is damaged"),
            "Open it in Excel, which may mend it, and save it again; or ask for the file once more",
        ),
        Fault::Encrypted => locked(name),
        Fault::TooLarge => Refusal::new(
            codes::FILE_TOO_LARGE,
            format!("{name} holds more cells than a pack takes"),
            "Save the sheet that the report is about as a workbook of its own",
        ),
    }
}

/// Why a file's name alone says that it is none to read.
pub(super) fn by_name(name: &str) -> Option<Refusal> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let whole = file.strip_prefix("~$").or(file.strip_prefix(".~lock."))?;
    Some(Refusal::new(
        codes::NOT_A_SPREADSHEET,
        format!("{name} is only the mark that stands there while somebody has the file open"),
        format!(
            "Name the file itself, {}, and have it closed",
            whole.trim_end_matches('#')
        ),
    ))
}

fn locked(name: &str) -> Refusal {
    Refusal::new(
        codes::SPREADSHEET_ENCRYPTED,
        format!("{name} opens with a password only"),
        "Open it in Excel and take the password off: File, Info, Protect Workbook, Encrypt with Password",
    )
}
