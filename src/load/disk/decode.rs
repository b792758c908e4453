//! The text of a file's bytes.

use super::refusal::Refusal;
use crate::load::encoding::{utf16, with_line_ends};
use crate::load::{codes, sniff};
use crate::model::SourceName;

/// What to do with a text in another encoding.
const SAVE_AS_UTF8: &str = "Open it in a text editor and save it with the encoding UTF-8 (in Notepad: File, Save as, Encoding)";

/// The text of a file's bytes: UTF-8 with or without a byte order mark, any line ends.
pub(in crate::load) fn decode(name: &SourceName, mut bytes: Vec<u8>) -> Result<String, Refusal> {
    if let Some(known) = sniff::of(&bytes).filter(|known| known.what != "a web page") {
        return Err(Refusal::new(
            codes::UNKNOWN_FILE_KIND,
            format!("{name} is {}, whatever its name says", known.what),
            known.help,
        ));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    if utf16(&bytes).is_some() {
        return Err(Refusal::new(
            codes::NOT_UTF8,
            format!("{name} is UTF-16 text, not UTF-8"),
            SAVE_AS_UTF8,
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(with_line_ends(text)),
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            Err(Refusal::new(
                codes::NOT_UTF8,
                format!(
                    "{name} is not UTF-8 text: line {line} has a character in another encoding"
                ),
                SAVE_AS_UTF8,
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf8_and_says_where_it_is_not() {
        let name = SourceName("a.md".into());
        assert_eq!(
            decode(&name, b"\xEF\xBB\xBFone\r\ntwo\r\n".to_vec()),
            Ok("one\ntwo\n".into())
        );
        let refusal = decode(&name, b"one\ntwo \xA3 three".to_vec()).expect_err("not UTF-8");
        assert!(refusal.message.contains("line 2"), "{}", refusal.message);
        let refusal = decode(&name, b"\xFF\xFEo\0".to_vec()).expect_err("UTF-16");
        assert!(refusal.message.contains("UTF-16"), "{}", refusal.message);
    }
}
