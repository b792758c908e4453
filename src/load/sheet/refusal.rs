//! Why a file that is named as a spreadsheet cannot be read: what it is, and what to do.

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::load::sniff;
use crate::load::zip::Fault;

const SAVE_AGAIN: &str =
    "Open it in Excel or LibreOffice and save it as .xlsx: File, Save As, “Excel Workbook”";

/// Refuses a file that is not an archive, as every workbook is.
pub(super) fn no_sheet(name: &str, bytes: &[u8], fault: Fault) -> Refusal {
    let not = |what: &str, help: &str| {
        Refusal::new(codes::NOT_A_SPREADSHEET, format!("{name} is {what}"), help)
    };
    if sniff::is_locked(bytes) {
        return locked(name);
    }
    match sniff::of(bytes) {
        _ if bytes.is_empty() => not("empty", "Ask for the file again"),
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

/// Refuses an archive that has no workbook in it.
pub(super) fn no_workbook(name: &str, bytes: &[u8]) -> Refusal {
    let known = sniff::of(bytes)
        .filter(|known| !matches!(known.what, "an Excel workbook" | "an OpenDocument file"));
    let (what, help) = match known {
        Some(known) => (known.what, known.help),
        None => (
            "an archive without a spreadsheet in it",
            "Ask for the file again",
        ),
    };
    Refusal::new(codes::NOT_A_SPREADSHEET, format!("{name} is {what}"), help)
}

/// Refuses a workbook in Excel's binary form.
pub(super) fn binary(name: &str) -> Refusal {
    Refusal::new(
        codes::NOT_A_SPREADSHEET,
        format!("{name} is a workbook in Excel's binary form (.xlsb)"),
        SAVE_AGAIN,
    )
}

/// Refuses a workbook that cannot be unpacked.
pub(super) fn damaged(name: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::Damaged => Refusal::new(
            codes::SPREADSHEET_DAMAGED,
            format!("{name} is damaged"),
            "Open it in Excel, which may repair it, and save it again; or ask for the file again",
        ),
        Fault::Encrypted => locked(name),
        Fault::TooLarge => Refusal::new(
            codes::FILE_TOO_LARGE,
            format!("{name} holds more cells, merged cells or links than a pack takes"),
            "Save the sheet that the report is about as a separate workbook",
        ),
    }
}

/// Refuses a file whose name shows that it is not a workbook.
pub(super) fn by_name(name: &str) -> Option<Refusal> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let whole = file.strip_prefix("~$").or(file.strip_prefix(".~lock."))?;
    Some(Refusal::new(
        codes::NOT_A_SPREADSHEET,
        format!("{name} is only a lock file, which is there while somebody has the file open"),
        format!(
            "Give the name of the workbook itself, {}, and close it",
            whole.trim_end_matches('#')
        ),
    ))
}

fn locked(name: &str) -> Refusal {
    Refusal::new(
        codes::SPREADSHEET_ENCRYPTED,
        format!("{name} can be opened only with a password"),
        "Open it in Excel and remove the password: File, Info, Protect Workbook, Encrypt with Password",
    )
}
