//! Converts files of older office programs with LibreOffice, if the machine has it: `.doc` and `.rtf` to
//! `.docx`, `.xls` to `.xlsx`. No other program reads a source.
//!
//! They never become a PDF on the way: LibreOffice prints deleted words as text, while in `.docx`
//! changes, comments and hidden words stay marked as such. LibreOffice gets a folder and a profile of
//! its own, which turns off macros and links to other files and blocks the web with a proxy that does
//! not exist. Its time is limited.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::Bytes;

use super::codes;
use super::disk::Refusal;
use super::sniff::{self, Older};
use crate::finding::Code;
use crate::kept::{Kept, key};

/// The names of LibreOffice on the search path.
const NAMES: [&str; 4] = ["soffice", "libreoffice", "soffice.com", "soffice.exe"];
/// Where it is installed if it is not on the search path.
const PLACES: [&str; 2] = [
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
];
/// How many times LibreOffice is checked for having finished, and the pause before each.
const LOOKS: u32 = 1200;
const LOOK: Duration = Duration::from_millis(100);
/// The largest file that comes out, in bytes.
const MOST: u64 = 128 << 20;

/// Settings of the profile: no macros, no links, no web.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
</oor:items>
"#;

/// Field instructions in Rich Text that use only the file itself. Any other is disabled before LibreOffice
/// sees it, since some read other files of the machine; what the field shows is kept.
const HARMLESS: [&str; 8] = [
    "HYPERLINK",
    "REF",
    "PAGEREF",
    "NOTEREF",
    "PAGE",
    "SEQ",
    "TOC",
    "SYMBOL",
];

/// What a file is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Text,
    Sheet,
}

/// Converts a file of an older kind; `None` if it is not of one. A file that was converted before is taken
/// from `kept`.
///
/// # Errors
/// When there is no LibreOffice, or it cannot convert the file.
pub(super) fn modern(
    name: &str,
    bytes: &[u8],
    wanted: Wanted,
    kept: Option<&dyn Kept>,
) -> Result<Option<Bytes>, Refusal> {
    let older = match (wanted, sniff::older(bytes)) {
        (Wanted::Text, Some(older @ (Older::Word | Older::RichText))) => older,
        (Wanted::Sheet, Some(Older::Excel)) => Older::Excel,
        _ => return Ok(None),
    };
    let key = key([&b"office"[..], older.endings().1.as_bytes(), bytes]);
    if let Some(before) = kept.and_then(|kept| kept.get(&key)) {
        return Ok(Some(before.into()));
    }
    let Some(program) = program() else {
        return Err(refusal(
            older,
            name,
            ", and LibreOffice is not installed to read it",
        ));
    };
    let turned = match older {
        Older::RichText => turned(&program, older, &without_fetching(bytes)),
        _ => turned(&program, older, bytes),
    };
    match turned {
        Ok(turned) => {
            if let Some(kept) = kept {
                kept.put(&key, &turned);
            }
            Ok(Some(turned.into()))
        }
        Err(Failed::TooLong) => Err(refusal(
            older,
            name,
            ", and LibreOffice could not read it in two minutes",
        )),
        Err(Failed::Refused) => Err(refusal(
            older,
            name,
            " that LibreOffice cannot open: it is damaged, or needs a password",
        )),
    }
}

impl Older {
    /// The extension of this kind, and of what it is converted to.
    fn endings(self) -> (&'static str, &'static str) {
        match self {
            Self::Word => ("doc", "docx"),
            Self::RichText => ("rtf", "docx"),
            Self::Excel => ("xls", "xlsx"),
        }
    }

    /// LibreOffice's filters for both.
    fn filters(self) -> (&'static str, &'static str) {
        match self {
            Self::Word => ("MS Word 97", "docx:MS Word 2007 XML"),
            Self::RichText => ("Rich Text Format", "docx:MS Word 2007 XML"),
            Self::Excel => ("MS Excel 97", "xlsx:Calc MS Excel 2007 XML"),
        }
    }

    /// What it is, which code says so, and what to do without LibreOffice.
    fn told(self) -> (Code, &'static str, &'static str) {
        const AS_DOCX: &str = "Open it in Word and save it as .docx (File, Save As, “Word Document”), or install LibreOffice, so that the pack can read it as it is";
        match self {
            Self::Word => (
                codes::NOT_A_WORD_FILE,
                "a Word file of the old kind (.doc)",
                AS_DOCX,
            ),
            Self::RichText => (
                codes::NOT_A_WORD_FILE,
                "a Rich Text document (.rtf)",
                AS_DOCX,
            ),
            Self::Excel => (
                codes::NOT_A_SPREADSHEET,
                "a spreadsheet of the old kind (.xls)",
                "Open it in Excel and save it as .xlsx (File, Save As, “Excel Workbook”), or install LibreOffice, so that the pack can read it as it is",
            ),
        }
    }
}

fn refusal(older: Older, name: &str, why: &str) -> Refusal {
    let (code, what, help) = older.told();
    Refusal::new(code, format!("{name} is {what}{why}"), help)
}

/// The path of LibreOffice on this machine. Relative folders of the search path are ignored, so that a
/// workspace cannot bring a program of its own.
fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .collect();
    let named = folders
        .iter()
        .flat_map(|folder| NAMES.map(|name| folder.join(name)));
    named
        .chain(PLACES.map(PathBuf::from))
        .find(|program| program.is_file())
}

/// Why a file was not converted.
enum Failed {
    TooLong,
    Refused,
}

impl From<std::io::Error> for Failed {
    fn from(_: std::io::Error) -> Self {
        Self::Refused
    }
}

fn turned(program: &Path, older: Older, bytes: &[u8]) -> Result<Vec<u8>, Failed> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let profile = folder.join("profile");
    std::fs::create_dir_all(profile.join("user"))?;
    std::fs::write(profile.join("user/registrymodifications.xcu"), PROFILE)?;
    let ((from, to), (reader, writer)) = (older.endings(), older.filters());
    let paper = folder.join("paper").with_extension(from);
    std::fs::write(&paper, bytes)?;
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation={}", address(&profile)))
        .args(["--headless", "--norestore", "--nologo", "--nodefault"])
        .args(["--nolockcheck", "--nofirststartwizard"])
        .arg(format!("--infilter={reader}"))
        .args(["--convert-to", writer, "--outdir"])
        .arg(folder.join("out"))
        .arg(&paper)
        .current_dir(folder)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let mut looks = 0;
    while child.try_wait()?.is_none() {
        looks += 1;
        if looks > LOOKS {
            stop(&mut child);
            return Err(Failed::TooLong);
        }
        std::thread::sleep(LOOK);
    }
    let out = folder.join("out/paper").with_extension(to);
    match out.metadata() {
        Ok(facts) if facts.len() <= MOST => Ok(std::fs::read(out)?),
        _ => Err(Failed::Refused),
    }
}

/// Ends LibreOffice and the processes that it started.
fn stop(child: &mut Child) {
    let id = child.id().to_string();
    let mut all = if cfg!(windows) {
        let mut all = Command::new("taskkill");
        all.args(["/F", "/T", "/PID", &id]);
        all
    } else {
        let mut all = Command::new("kill");
        all.args(["-KILL", "--", &format!("-{id}")]);
        all
    };
    // Without that command, only the first process ends.
    let _ = all.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let _ = child.kill();
    let _ = child.wait();
}

/// A folder's path as a `file:` address.
fn address(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace('\\', "/");
    let mut address = String::from(if path.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'.' | b'-' | b'_' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// Rich Text with the control word of every field instruction that is not harmless replaced by one that
/// no program knows.
fn without_fetching(bytes: &[u8]) -> Vec<u8> {
    const MARK: &[u8] = b"\\fldinst";
    let mut safe = bytes.to_vec();
    for at in memchr::memmem::find_iter(bytes, MARK) {
        let said = instruction(&bytes[at + MARK.len()..]);
        let word = said.split_whitespace().next().unwrap_or("");
        if !HARMLESS.contains(&word.to_ascii_uppercase().as_str()) {
            safe[at..at + MARK.len()].copy_from_slice(b"\\fldnone");
        }
    }
    safe
}

/// The first words of a group of Rich Text, without its control words.
fn instruction(group: &[u8]) -> String {
    /// Longer than any harmless instruction with its control words.
    const LONGEST: usize = 2_000;
    let mut said = String::new();
    let mut depth = 1_usize;
    let mut bytes = group.iter().take(LONGEST).copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => break,
            b'}' => depth -= 1,
            b'\\' => {
                // A letter that is written as a code makes the word unknown, and so not harmless.
                if bytes.next_if(|next| !next.is_ascii_alphabetic()).is_some() {
                    said.push('\\');
                    continue;
                }
                while bytes.next_if(u8::is_ascii_alphanumeric).is_some() {}
                let _ = bytes.next_if(|next| *next == b' ');
            }
            b'\r' | b'\n' => {}
            _ => said.push(char::from(byte)),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_rich_text_fetch_nothing() {
        let safe = |text: &str| {
            String::from_utf8_lossy(&without_fetching(text.as_bytes())).contains("fldinst")
        };
        for kept in [
            r#"{\*\fldinst HYPERLINK "https://www.anytown.example"}"#,
            r"{\*\fldinst {\rtlch\fcs1 \af0 PAGEREF _Ref1 \\h }}",
            "{\\*\\fldinst\r\n{ REF para3 }}",
        ] {
            assert!(safe(kept), "{kept}");
        }
        for cut in [
            r#"{\*\fldinst INCLUDEPICTURE "/home/clerk/plan.png"}"#,
            r#"{\*\fldinst {\b INCLUDE}{\b0 TEXT} "/home/clerk/a.txt"}"#,
            r#"{\*\fldinst \'49NCLUDETEXT "/home/clerk/a.txt"}"#,
            r#"{\*\fldinst {HYPER}LINKTEXT "a"}"#,
            r"{\*\fldinst}",
        ] {
            assert!(!safe(cut), "{cut}");
        }
    }

    #[test]
    fn a_folder_has_an_address() {
        assert_eq!(address(Path::new("/a b")), "file:///a%20b");
        assert_eq!(address(Path::new(r"C:\Temp\é")), "file:///C:/Temp/%C3%A9");
    }
}
