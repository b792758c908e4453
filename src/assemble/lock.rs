//! Locks a file with a password, with AES-256 as in revision 6 of the standard security handler
//! (ISO 32000-2, 7.6.4). All streams and strings are encrypted, and so is the metadata. Anyone with the
//! password may do everything with the file, and assistive technology is never kept out.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::encryption::encrypt_object;
use lopdf::{Dictionary, EncryptionState, EncryptionVersion, Object, Permissions, Stream};

use super::object::{dict, name};
use super::outcome::AssembleError;

/// The most of a password that the handler uses, in bytes of UTF-8.
const LONGEST: usize = 127;
/// The name of the only crypt filter of a file.
const FILTER: &[u8] = b"StdCF";

/// A password that opens a file. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A password from a text. A line break after it is not part of it.
    ///
    /// # Errors
    /// What is wrong with the password, as a whole sentence.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.is_empty() {
            Err("The password is empty.")
        } else if text.chars().any(char::is_control) {
            Err("The password must be on one line, without control characters.")
        } else if text.len() > LONGEST {
            Err("The password is longer than 127 bytes, and readers use no more than that.")
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The lock of a file: its own key, which the password opens.
pub(super) struct Lock(EncryptionState);

impl Lock {
    /// A lock with a fresh random key.
    pub(super) fn new(password: &Password) -> Result<Self, AssembleError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| {
            AssembleError::Lock(format!("the system cannot make random numbers: {error}"))
        })?;
        let filter: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
        EncryptionState::try_from(EncryptionVersion::V5 {
            encrypt_metadata: true,
            crypt_filters: BTreeMap::from([(FILTER.to_vec(), filter)]),
            file_encryption_key: &key,
            stream_filter: FILTER.to_vec(),
            string_filter: FILTER.to_vec(),
            owner_password: &password.0,
            user_password: &password.0,
            permissions: Permissions::all(),
        })
        .map(Self)
        .map_err(|error| failed(&error))
    }

    /// Encrypts a stream and the strings in its dictionary. Strings in an object stream are encrypted
    /// with it, and not again on their own.
    pub(super) fn seal(&self, stream: Stream) -> Result<Stream, AssembleError> {
        let mut object = Object::Stream(stream);
        // The key of this version does not depend on the object's number.
        encrypt_object(&self.0, (0, 0), &mut object).map_err(|error| failed(&error))?;
        match object {
            Object::Stream(stream) => Ok(stream),
            _ => Err(AssembleError::Lock("a stream was lost".to_owned())),
        }
    }

    /// The encryption dictionary, which is itself not encrypted.
    pub(super) fn dictionary(&self) -> Result<Dictionary, AssembleError> {
        self.0.encode().map_err(|error| failed(&error))
    }
}

fn failed(error: &dyn std::fmt::Display) -> AssembleError {
    AssembleError::Lock(error.to_string())
}

/// The extension that a catalog declares so that readers of PDF 1.7 accept the encryption of PDF 2.0.
pub(super) fn extension() -> Dictionary {
    let level = dict([
        ("BaseVersion", name("1.7")),
        ("ExtensionLevel", Object::Integer(8)),
    ]);
    dict([("ADBE", Object::Dictionary(level))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_one_line_and_is_never_shown() {
        let password = Password::new("correct horse\r\n").expect("a password");
        assert_eq!(password.as_str(), "correct horse");
        assert!(!format!("{password:?}").contains("horse"));
        for wrong in ["", "\n", "two\nlines", &"x".repeat(128)] {
            assert!(Password::new(wrong).is_err(), "{wrong:?}");
        }
    }
}
