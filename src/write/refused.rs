//! Why the system would not let a file be written, and what to do about it.

use std::io;

/// What to do about a refusal, as the end of a sentence; `None` where that is not known.
pub(super) fn remedy(error: &io::Error) -> Option<&'static str> {
    remedy_on(cfg!(windows), error)
}

/// Windows' numbers for "another program has it open", in whole (`ERROR_SHARING_VIOLATION`) or in part
/// (`ERROR_LOCK_VIOLATION`).
const OPEN_ELSEWHERE: [i32; 2] = [32, 33];

/// The remedy on Windows or on another system, where the same numbers mean something else.
fn remedy_on(windows: bool, error: &io::Error) -> Option<&'static str> {
    let open = |number| OPEN_ELSEWHERE.contains(&number);
    if windows && error.raw_os_error().is_some_and(open) {
        return Some(
            "Another program has it open. Close it there (Acrobat and Word keep a file that they show), and build again",
        );
    }
    match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => {
            Some("Another program has it open. Close it there, and build again")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some("There is no room for it: free some space and build again")
        }
        // Windows also gives this error for moving a folder in which a file is open.
        io::ErrorKind::PermissionDenied if windows => Some(
            "If a PDF or a folder in it is open in another program, close it and build again. Otherwise choose a folder that you may write to with --out",
        ),
        io::ErrorKind::PermissionDenied => Some("Choose a folder that you may write to with --out"),
        io::ErrorKind::ReadOnlyFilesystem => {
            Some("The disk cannot be written to: choose another folder with --out")
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            Some("There is a file where the folder should be: choose another folder with --out")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_open_elsewhere_is_said_to_be() {
        for number in OPEN_ELSEWHERE {
            let error = io::Error::from_raw_os_error(number);
            let told = remedy_on(true, &error).expect("a remedy");
            assert!(told.contains("Close it there"), "{told}");
            // 32 is a broken pipe elsewhere, 33 a number out of range.
            assert_eq!(remedy_on(false, &error), None);
        }
        let moved = io::Error::from(io::ErrorKind::PermissionDenied);
        assert!(
            remedy_on(true, &moved)
                .expect("a remedy")
                .contains("open in another program")
        );
        assert!(
            !remedy_on(false, &moved)
                .expect("a remedy")
                .contains("another program")
        );
    }
}
