//! Recognises the kind of a file by its first bytes and not by its name.

/// A kind of file that is often found under another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// What it is: "a Word document".
    pub(super) what: &'static str,
    /// What to do with it where a text is needed.
    pub(super) help: &'static str,
}

const WORD: Known = Known {
    what: "a Word document",
    help: "Give it a name that ends in .docx, and name it so here",
};
const EXCEL: Known = Known {
    what: "an Excel workbook",
    help: "Give it a name that ends in .xlsx, and list it as an appendix",
};
const SLIDES: Known = Known {
    what: "a PowerPoint file",
    help: "Open it in PowerPoint, save it as PDF, and name that",
};
const OPEN_DOCUMENT: Known = Known {
    what: "an OpenDocument file",
    help: "Give it a name that ends in .odt (a text) or .ods (a spreadsheet); save anything else as PDF",
};
const OLD_OFFICE: Known = Known {
    what: "an old Office document or an Outlook message",
    help: "Open it in the program that made it and save it as .docx, .xlsx or PDF",
};
const RICH_TEXT: Known = Known {
    what: "a Rich Text document",
    help: "Open it in Word, save it as .docx and name that",
};
const ARCHIVE: Known = Known {
    what: "a ZIP archive",
    help: "Take the files out of it and name those",
};
const PDF: Known = Known {
    what: "a PDF",
    help: "Give it a name that ends in .pdf, and name it so here",
};
const PICTURE: Known = Known {
    what: "a picture",
    help: "Give it a name that ends in .png or .jpg, and list it as an appendix",
};
pub(super) const WEB_PAGE: Known = Known {
    what: "a web page",
    help: "Open it in a browser and save what you need of it as PDF",
};

/// What a file is, if its first bytes show it.
pub(super) fn of(bytes: &[u8]) -> Option<Known> {
    let holds = |words: &[u8]| {
        let start = bytes.get(..bytes.len().min(64 << 10)).unwrap_or(bytes);
        start.windows(words.len()).any(|window| window == words)
    };
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    Some(if starts(b"PK\x03\x04") {
        if holds(b"application/vnd.oasis.opendocument") {
            OPEN_DOCUMENT
        } else if holds(b"word/") {
            WORD
        } else if holds(b"xl/") {
            EXCEL
        } else if holds(b"ppt/") {
            SLIDES
        } else {
            ARCHIVE
        }
    } else if starts(b"\xD0\xCF\x11\xE0") {
        OLD_OFFICE
    } else if starts(b"{\\rtf") {
        RICH_TEXT
    } else if starts(b"%PDF-") {
        PDF
    } else if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") {
        PICTURE
    } else if starts(b"<!DOCTYPE html") || starts(b"<!doctype html") || starts(b"<html") {
        WEB_PAGE
    } else {
        return None;
    })
}

/// Whether a file is of the kind that Office wrote before 2007 and still writes if there is a password.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// A kind of document that office programs wrote before 2007.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Older {
    Word,
    RichText,
    Excel,
}

/// The kind of an older document that has no password.
pub(super) fn older(bytes: &[u8]) -> Option<Older> {
    if bytes.starts_with(b"{\\rtf") {
        return Some(Older::RichText);
    }
    if !is_compound(bytes) || is_locked(bytes) {
        return None;
    }
    // A document may hold a workbook, and a workbook a document: the outer one comes first.
    let first = |name| wide(bytes, name);
    let (text, sheet) = (first("WordDocument"), first("Workbook").or(first("Book")));
    match (text, sheet) {
        (Some(text), sheet) if sheet.is_none_or(|sheet| text < sheet) => Some(Older::Word),
        (_, Some(_)) => Some(Older::Excel),
        _ => None,
    }
}

/// Whether a file is a current Office file with a password.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    is_compound(bytes) && wide(bytes, "EncryptedPackage").is_some()
}

/// The byte at which a text is found in UTF-16.
fn wide(bytes: &[u8], text: &str) -> Option<usize> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        let what = |bytes: &[u8]| of(bytes).map(|known| known.what);
        assert_eq!(
            what(b"PK\x03\x04....[Content_Types].xml....word/document.xml"),
            Some("a Word document")
        );
        assert_eq!(
            what(b"PK\x03\x04....xl/workbook.xml"),
            Some("an Excel workbook")
        );
        assert_eq!(what(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(what(b"Payee,Amount\n"), None);
        assert_eq!(what(b""), None);
    }
}
