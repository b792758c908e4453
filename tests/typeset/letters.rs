//! Letters come out of the pages as they went in, whatever accents they bear and however these were
//! typed: whoever searches, copies or listens gets each letter once.

use pack::compose::part::*;
use pack::typeset::Style;
use unicode_normalization::UnicodeNormalization as _;

use super::fixtures::text;

/// What is written, and what is to be read.
const WORDS: &[(&str, &str)] = &[
    (
        "Nguyễn Văn Thưởng, Đặng Thị Ngọc",
        "Nguyễn Văn Thưởng, Đặng Thị Ngọc",
    ),
    ("Nguye\u{302}\u{303}n quye\u{302}\u{300}n", "Nguyễn quyền"),
    (
        "về hệ thế mẫu vậy những sự HỖ TRỢ",
        "về hệ thế mẫu vậy những sự HỖ TRỢ",
    ),
    ("môr sau ỗ, tilde ã õ ñ", "môr sau ỗ, tilde ã õ ñ"),
    ("Zażółć gęślą jaźń ŁÓDŹ", "Zażółć gęślą jaźń ŁÓDŹ"),
    ("Z\u{307}a z\u{301}le o\u{301}w", "Ża źle ów"),
    (
        "Tŷ Ŵyn, dŵr, môr, ŷd, ẁ, ẃ, ẅ, ỳ",
        "Tŷ Ŵyn, dŵr, môr, ŷd, ẁ, ẃ, ẅ, ỳ",
    ),
    ("w\u{302}yr y\u{302}d", "ŵyr ŷd"),
    // Of these no font has the whole letter: the accents are glyphs of their own.
    (
        "Yorùbá Ọ\u{300}ṣun ọ\u{301} ẹ\u{300}",
        "Yorùbá Ọ\u{300}ṣun ọ\u{301} ẹ\u{300}",
    ),
    (
        "ė\u{301} ụ\u{301} ą\u{301} ǫ\u{301} end",
        "ė\u{301} ụ\u{301} ą\u{301} ǫ\u{301} end",
    ),
    ("so z\u{324}\u{308} an", "so z\u{324}\u{308} an"),
    (
        "office, final, affluent, fjord, waffle",
        "office, final, affluent, fjord, waffle",
    ),
    (
        "Müller, Çelik, Ștefan, Ağaoğlu, Ọlá",
        "Müller, Çelik, Ștefan, Ağaoğlu, Ọlá",
    ),
];

#[test]
fn each_letter_is_read_once_by_other_programs() {
    let blocks = WORDS
        .iter()
        .flat_map(|(written, _)| {
            [
                Block::paragraph(text(written)),
                Block::paragraph(vec![Inline::strong(*written)]),
            ]
        })
        .collect();
    let part = Part::new("letters", PartKind::Report, "Letters", "en-GB", blocks);
    for style in [Style::standard(), Style::large(18)] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("part.pdf");
        std::fs::write(&file, &super::set(&part, &style).pdf).expect("a file");
        let file = file.to_string_lossy();
        for (program, arguments) in [
            ("pdftotext", &["-layout", &*file, "-"][..]),
            ("mutool", &["draw", "-q", "-F", "text", "-o", "-", &*file]),
        ] {
            let Some(read) = crate::common::tool(program, arguments) else {
                continue;
            };
            // Whether a letter and its accent are one character or two is all the same to readers.
            let read: String = read.nfc().collect();
            let read: Vec<&str> = read.split_whitespace().collect();
            let read = read.join(" ");
            for (_, expected) in WORDS {
                let times = read.matches(expected).count();
                assert_eq!(
                    times, 2,
                    "{program} at {} pt: {expected} in {read}",
                    style.size
                );
            }
        }
    }
}
