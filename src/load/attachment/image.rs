//! Images, recognised by their first bytes: what they are, and why one cannot be used.

use bytes::Bytes;

use super::{drawing, picture};
use crate::finding::{Finding, Span};
use crate::load::codes;
use crate::load::disk::Refusal;
use crate::load::encoding::utf16;
use crate::model::{ImageFormat, SourceName};
use crate::prose::windows_1252;

/// How many bytes may come before the first element of a drawing.
const MOST_BEFORE: usize = 64 << 10;

/// An image as it is in a pack, and its lettering if it is a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ImageFacts {
    pub(crate) format: ImageFormat,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) lettering: Vec<String>,
    /// Its file in the pack.
    pub(super) bytes: Bytes,
    /// What a clerk should know about it, reported where it is named.
    pub(crate) told: Vec<Told>,
}

/// Something that a clerk should know about an image.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Told {
    /// It was made smaller.
    MadeSmaller(String),
    /// Its file ends before the picture does.
    BreaksOff(String),
}

impl Told {
    /// The finding at a place that names the image.
    pub(crate) fn at(&self, place: Span) -> Finding {
        match self {
            Self::MadeSmaller(words) => Finding::note(codes::IMAGE_MADE_SMALLER, place, words),
            Self::BreaksOff(words) => Finding::warning(codes::IMAGE_BREAKS_OFF, place, words)
                .help("Look at it in the pack; ask for the file again if something is missing"),
        }
    }
}

/// The facts of an image, or why it cannot be used; `None` if the bytes are not an image. With
/// `full_size` it keeps its size, otherwise it is made no finer than a page can show.
pub(super) fn facts(
    name: &SourceName,
    bytes: &Bytes,
    full_size: bool,
) -> Option<Result<ImageFacts, Refusal>> {
    if bytes.starts_with(b"%PDF-") {
        // Most attachments are PDFs, and looking for a drawing takes long in a file that is not text.
        None
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(of_picture(name, ImageFormat::Png, bytes, full_size))
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(of_picture(name, ImageFormat::Jpeg, bytes, full_size))
    } else if let Some(text) = in_other_letters(bytes) {
        is_svg(text.as_bytes()).then(|| of_drawing(name, &text.into()))
    } else if is_svg(bytes) {
        Some(of_drawing(name, bytes))
    } else {
        None
    }
}

/// The text of a drawing in UTF-16, or in the letters of Windows or Latin 1 where it says so, without
/// its declaration, which would be wrong for UTF-8.
fn in_other_letters(bytes: &[u8]) -> Option<String> {
    const WESTERN: [&str; 4] = ["iso-8859-1", "latin1", "windows-1252", "cp1252"];
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return None;
    }
    let text = match utf16(bytes) {
        Some(text) => text,
        None => {
            let start = bytes.strip_prefix(b"<?xml")?;
            let end = start.iter().take(200).position(|byte| *byte == b'>')?;
            let told = String::from_utf8_lossy(&start[..end]).to_ascii_lowercase();
            let (_, told) = told.split_once("encoding")?;
            let told = told.trim_start().strip_prefix('=')?.trim_start();
            let told = told.trim_start_matches(['"', '\'']);
            let name = told.split(['"', '\'']).next()?;
            if !WESTERN.contains(&name) {
                return None;
            }
            let letters = bytes.iter().copied();
            letters.map(windows_1252::character).collect()
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    let declared = text
        .strip_prefix("<?xml")
        .and_then(|it| it.split_once("?>"));
    Some(declared.map_or(text, |(_, rest)| rest).to_owned())
}

fn of_picture(
    name: &SourceName,
    format: ImageFormat,
    bytes: &Bytes,
    full_size: bool,
) -> Result<ImageFacts, Refusal> {
    match picture::picture(format, bytes, full_size) {
        Ok(picture) => Ok(ImageFacts {
            format,
            width: f64::from(picture.width),
            height: f64::from(picture.height),
            lettering: Vec::new(),
            told: told_of(name, &picture),
            bytes: picture.bytes,
        }),
        Err(picture::Fault::TooLarge(width, height)) => Err(Refusal::new(
            codes::NOT_AN_IMAGE,
            format!("{name} has {width} by {height} pixels, more than a pack takes"),
            "Make it smaller: 300 pixels an inch are enough for print",
        )),
        Err(picture::Fault::Damaged) => Err(damaged(name)),
    }
}

fn told_of(name: &SourceName, picture: &picture::Picture) -> Vec<Told> {
    let smaller = picture.scaled_from.map(|(width, height)| {
        Told::MadeSmaller(format!(
            "{name} has {width} by {height} pixels, and was reduced to {} by {}, which is as fine as a page can show",
            picture.width, picture.height
        ))
    });
    let broken = picture.breaks_off.then(|| {
        Told::BreaksOff(format!(
            "{name} is incomplete, so part of the picture may be missing"
        ))
    });
    smaller.into_iter().chain(broken).collect()
}

fn of_drawing(name: &SourceName, bytes: &Bytes) -> Result<ImageFacts, Refusal> {
    let refused = |what: String, help: &str| Err(Refusal::new(codes::NOT_AN_IMAGE, what, help));
    match drawing::drawing(bytes) {
        Ok(drawing) if drawing.size.0 > 0.0 && drawing.size.1 > 0.0 => Ok(ImageFacts {
            format: ImageFormat::Svg,
            width: drawing.size.0,
            height: drawing.size.1,
            lettering: drawing.lettering,
            told: Vec::new(),
            bytes: drawing.bytes,
        }),
        Ok(_) | Err(drawing::Fault::Damaged) => Err(damaged(name)),
        Err(drawing::Fault::TooDeep) => refused(
            format!("{name} has more groups nested in each other than a pack takes"),
            "Open it in a drawing program, ungroup its parts and save it again; or save it as PNG",
        ),
        Err(drawing::Fault::TooMuch) => refused(
            format!(
                "{name} has more effects (blurs, shadows, textures, fine patterns) or longer text than a pack takes"
            ),
            "Save it as PNG from the program that it was made with",
        ),
        Err(drawing::Fault::ImageOutside(address)) => refused(
            format!("{name} shows an image that is a separate file: {address}"),
            "Embed the image in the drawing and save it again; or save the drawing as PNG",
        ),
        Err(drawing::Fault::Html(words)) => refused(
            format!("{name} has labels in HTML, which are not printed: “{words}”"),
            "Save it with plain labels (draw.io: Text, Formatted Text off; Mermaid: htmlLabels: false); or save it as PNG",
        ),
        Err(drawing::Fault::ImageInside) => refused(
            format!("{name} has an embedded image that cannot be printed"),
            "Save the drawing as PNG, or embed the image again as PNG or as JPEG in RGB",
        ),
    }
}

fn damaged(name: &SourceName) -> Refusal {
    Refusal::new(
        codes::NOT_AN_IMAGE,
        format!("{name} is a damaged image"),
        "Open it in an image program and save it again, or ask for the file again",
    )
}

/// Refuses a PDF in running text.
pub(super) fn only_an_appendix(name: &SourceName) -> Refusal {
    Refusal::new(
        codes::NOT_AN_IMAGE,
        format!("{name} is a PDF, which cannot stand in running text"),
        "Make it an appendix of the report ([[appendix]] with file = …), or save the page as PNG",
    )
}

/// Refuses a file that is named as an image and is not one.
pub(super) fn not_one(name: &SourceName, bytes: &[u8]) -> Refusal {
    let what = if bytes.is_empty() {
        "is empty"
    } else {
        "is not an image, whatever its name says"
    };
    Refusal::new(
        codes::NOT_AN_IMAGE,
        format!("{name} {what}"),
        "Save it again as PNG, JPEG or SVG",
    )
}

/// Whether the first element, after comments and declarations, is a drawing's.
fn is_svg(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST_BEFORE)]);
    let mut rest = start.trim_start_matches('\u{feff}');
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!") => match rest.find(['[', '>']) {
                Some(at) if rest[at..].starts_with('[') => "]>",
                _ => ">",
            },
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else {
            return false;
        };
        rest = after;
    }
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '>' | '/');
    rest.strip_prefix('<')
        .and_then(|rest| rest.split(ends).next())
        .is_some_and(|name| name == "svg" || name.ends_with(":svg"))
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat as Encoding, Rgb, RgbImage};
    use std::io::Cursor;

    use super::*;

    fn facts_of(bytes: impl Into<Bytes>, full_size: bool) -> Option<Result<ImageFacts, Refusal>> {
        facts(&SourceName("a.png".into()), &bytes.into(), full_size)
    }

    fn of(bytes: impl Into<Bytes>) -> Option<Result<(ImageFormat, f64, f64), &'static str>> {
        facts_of(bytes, false).map(|result| {
            result
                .map(|facts| (facts.format, facts.width, facts.height))
                .map_err(|refusal| refusal.code.0)
        })
    }

    fn svg(inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\">{inside}</svg>")
    }

    /// A picture, blue but for its top left corner.
    fn dots(encoding: Encoding, width: u32, height: u32) -> Vec<u8> {
        let mut image = RgbImage::from_pixel(width, height, Rgb([0, 0, 255]));
        image.put_pixel(0, 0, Rgb([255, 0, 0]));
        let mut file = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(image)
            .write_to(&mut file, encoding)
            .expect("a picture");
        file.into_inner()
    }

    #[test]
    fn drawings_are_read_in_the_letters_that_they_say() {
        let drawing = |declared: &str| {
            let shown = svg("<text y='9'>Caf\u{e9} \u{2019}n\u{2019}</text>");
            format!("<?xml version='1.0' {declared}?>\n{shown}")
        };
        let western = |declared: &str| -> Vec<u8> {
            let byte = |letter| match letter {
                '\u{2019}' => 0x92,
                letter => u8::try_from(u32::from(letter)).expect("Latin 1"),
            };
            drawing(declared).chars().map(byte).collect()
        };
        let wide: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(drawing("encoding='UTF-16'").encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [
            western("encoding=\"ISO-8859-1\""),
            western("encoding = 'Windows-1252' standalone='no'"),
            wide,
        ] {
            let facts = facts_of(bytes, false)
                .expect("an image")
                .expect("a drawing");
            assert_eq!(facts.lettering, ["Caf\u{e9} \u{2019}n\u{2019}"]);
            let kept = std::str::from_utf8(&facts.bytes).expect("UTF-8");
            assert!(!kept.contains("encoding"), "{kept}");
        }
        for other in ["", "encoding='Shift_JIS'"] {
            let facts = facts_of(western(other), false);
            assert!(facts.is_none_or(|facts| facts.is_err()), "{other}");
        }
    }

    #[test]
    fn svg_says_its_size() {
        assert_eq!(
            of(
                "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1in\" height=\"48\"/>"
            ),
            Some(Ok((ImageFormat::Svg, 96.0, 48.0)))
        );
        assert_eq!(of(svg("")), Some(Ok((ImageFormat::Svg, 30.0, 20.0))));
        assert_eq!(of("<svg><g></svg>"), Some(Err("not-an-image")));
    }

    #[test]
    fn what_the_engine_would_refuse_in_a_drawing_is_refused() {
        for inside in [
            "<image href=\"other.png\"/>",
            "<image href=\"data:image/jpeg;base64,AAAA\"/>",
            "<filter id=\"a\"><feTurbulence numOctaves=\"4000\"/></filter>",
            &"<filter><feTurbulence numOctaves=\"8\"/></filter>".repeat(20),
            "<filter id=\"a\"><feConvolveMatrix order=\"60\"/></filter>",
            "<filter id=\"a\"><feMorphology radius=\"9 9\"/></filter>",
            &"<filter><feOffset/></filter>".repeat(101),
            &tiled("0.0001"),
            "<path d=\"M0 0L30 20\" stroke=\"red\" stroke-dasharray=\"0.00001\"/>",
            &format!("{}{}", "<g>".repeat(800), "</g>".repeat(800)),
            &format!("{}{}", "<g>".repeat(200_000), "</g>".repeat(200_000)),
        ] {
            assert_eq!(of(svg(inside)), Some(Err("not-an-image")), "{inside:.60}");
        }
        for inside in [
            &tiled("0.5"),
            "<path d=\"M0 0L30 20\" stroke=\"red\" stroke-dasharray=\"0.1 0.2\"/>",
        ] {
            assert!(of(svg(inside)).is_some_and(|it| it.is_ok()), "{inside}");
        }
    }

    /// A square that is filled with a pattern of tiles of this side.
    fn tiled(side: &str) -> String {
        let size = format!("width=\"{side}\" height=\"{side}\"");
        format!(
            "<pattern id=\"p\" {size} patternUnits=\"userSpaceOnUse\"><rect {size}/></pattern>\
             <rect width=\"9\" height=\"9\" fill=\"url(#p)\"/>"
        )
    }

    /// A JPEG with Adobe's mark, which says so of its colours, in front of the rest.
    fn marked(jpeg: &[u8], kind: &[u8]) -> Vec<u8> {
        let mark = [b"Adobe\0\x64\0\0\0\0", kind].concat();
        let length = [0, 2 + mark.len() as u8];
        [&jpeg[..2], b"\xFF\xEE", &length, &mark, &jpeg[2..]].concat()
    }

    /// The last dot of a picture in a pack.
    fn last_dot(file: Vec<u8>) -> [u8; 3] {
        let facts = facts_of(file, false).expect("an image").expect("whole");
        let image = image::load_from_memory(&facts.bytes).expect("it can be drawn");
        let image = image.to_rgb8();
        image.get_pixel(image.width() - 1, image.height() - 1).0
    }

    #[test]
    fn a_jpeg_has_the_colours_that_other_readers_give_it() {
        let is_near = |dot: [u8; 3], colour: [u8; 3]| {
            let pairs = dot.iter().zip(colour);
            let near = pairs.map(|(a, b)| a.abs_diff(b)).max();
            assert!(near < Some(24), "{dot:?} is not {colour:?}");
        };
        let blue = dots(Encoding::Jpeg, 32, 16);
        for kind in [&[0][..], &[1], &[2], &[7], &[255], &[]] {
            // JFIF, which this one is, has one kind of colours only.
            is_near(last_dot(marked(&blue, kind)), [0, 0, 255]);
        }
        // Without it, 0 stands for RGB: light, blueness and redness taken for red, green and blue.
        assert_eq!(&blue[2..4], b"\xFF\xE0");
        let rest = [&blue[..2], &blue[20..]].concat();
        is_near(last_dot(marked(&rest, &[0])), [29, 255, 107]);
        is_near(last_dot(marked(&rest, &[9])), [0, 0, 255]);
        let mut inks = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut inks, 95);
        let cyan = [255, 0, 0, 0].repeat(16 * 16);
        let colours = jpeg_encoder::ColorType::CmykAsYcck;
        encoder.encode(&cyan, 16, 16, colours).expect("a picture");
        let at = memchr::memmem::find(&inks, b"Adobe").expect("its mark") + 11;
        let usual = last_dot(inks.clone());
        inks[at] = 7;
        assert_eq!(last_dot(inks), usual);
    }

    #[test]
    fn labels_in_html_are_refused_unless_something_else_says_them() {
        let html = |words: &str| {
            format!(
                "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\">{words}</div></foreignObject>"
            )
        };
        let choice = |more: &str| format!("<switch>{}{more}</switch>", html("Town hall"));
        for lost in [
            html("Town hall"),
            choice(""),
            choice("<text>Town...</text>"),
            format!("<text>Town hall</text>{}", html("Town hall")),
        ] {
            assert_eq!(of(svg(&lost)), Some(Err("not-an-image")), "{lost}");
        }
        for kept in [
            html(""),
            choice("<text>Town hall</text>"),
            choice("<image href=\"\"/>"),
            "<foreignObject requiredExtensions=\"own\"><own>Data</own></foreignObject>".to_owned(),
            format!("<defs>{}</defs>", html("Town hall")),
        ] {
            assert!(of(svg(&kept)).is_some_and(|it| it.is_ok()), "{kept}");
        }
        // What draw.io writes for readers without HTML.
        let remark = "<switch><g requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\"/>\
                      <a><text>Text is not SVG</text></a></switch><text>Site</text>";
        assert!(!drawn(&svg(remark)).contains("not SVG"));
    }

    #[test]
    fn a_drawing_goes_out_without_what_it_does_not_show() {
        let drawing = svg(
            "<!-- by J --><metadata>J</metadata><desc>J</desc><g display=\"none\"><text>J</text></g>\
             <g style=\"display: none\"><text>J</text></g><text>Site &amp; area</text>",
        );
        let facts = facts_of(drawing, false).expect("an image").expect("whole");
        let file = std::str::from_utf8(&facts.bytes).expect("text");
        assert!(!file.contains('J'), "{file}");
        assert!(file.contains("<text>Site &amp; area</text>"), "{file}");
        assert_eq!(facts.lettering, ["Site & area"]);
    }

    /// The file of a drawing in a pack.
    fn drawn(drawing: &str) -> String {
        let facts = facts_of(drawing.to_owned(), false)
            .expect("an image")
            .expect("whole");
        String::from_utf8(facts.bytes.to_vec()).expect("text")
    }

    #[test]
    fn nothing_hidden_anywhere_in_a_drawing_goes_out() {
        for hidden in [
            "<text visibility=\"hidden\">J</text>",
            "<g opacity=\"0\"><text>J</text></g>",
            "<text style=\"fill: none\">J</text>",
            "<text fill-opacity=\"0%\">J</text>",
            "<text font-size=\"0px\">J</text>",
            "<text>shown<tspan visibility=\"hidden\">J</tspan></text>",
            "<style>.a, .b { display: none } /* J */</style><text class=\"b\">J</text>",
            "<style>#a { visibility: hidden }</style><text id=\"a\">J</text>",
            "<g id=\"J\" data-name=\"J\" onclick=\"J()\"><text>shown</text></g>",
            "<a href=\"https://J.example\"><text>shown</text></a>",
            "<g display=\"none\"><path id=\"p\" d=\"M0 0\"/><text>J<textPath href=\"#p\"/></text></g>",
        ] {
            let file = drawn(&svg(hidden));
            assert!(!file.contains('J'), "{hidden}: {file}");
        }
        for shown in [
            "<text fill=\"none\" stroke=\"red\">J</text>",
            "<text visibility=\"hidden\"><tspan visibility=\"visible\">J</tspan></text>",
            "<style>@media print { text { display: none } } .c { display: none }</style><text>J</text>",
            "<clipPath id=\"c\"><text fill=\"none\">J</text></clipPath><rect clip-path=\"url(#c)\"/>",
            "<g display=\"none\"><linearGradient id=\"J\"/></g><rect fill=\"url(#J)\"/>",
        ] {
            let file = drawn(&svg(shown));
            assert!(file.contains('J'), "{shown}: {file}");
        }
    }

    #[test]
    fn a_drawing_of_entities_is_written_out() {
        let file = drawn(
            "<!DOCTYPE svg [<!-- J --><!ENTITY ns \"http://www.w3.org/2000/svg\"><!ENTITY j \"J\">\
             <!ENTITY w \"Site area\">]><svg xmlns=\"&ns;\"><text>&w;</text></svg>",
        );
        assert!(!file.contains('J') && !file.contains("ENTITY"), "{file}");
        assert!(file.contains("<text>Site area</text>"), "{file}");
        // The engine looks for the namespace, which some programs leave out, at the beginning.
        let file = drawn("<svg viewBox=\"0 0 30 20\"><rect width=\"5\" height=\"5\"/></svg>");
        assert!(
            file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""),
            "{file}"
        );
    }

    #[test]
    fn a_jpeg_that_breaks_off_is_told() {
        let jpeg = dots(Encoding::Jpeg, 320, 160);
        let facts = facts_of(jpeg[..jpeg.len() - 200].to_vec(), false);
        let facts = facts.expect("an image").expect("whole");
        assert!(matches!(facts.told[..], [Told::BreaksOff(_)]));
        let facts = facts_of(jpeg, false).expect("an image").expect("whole");
        assert_eq!(facts.told, []);
    }

    #[test]
    fn a_picture_is_whole_or_damaged() {
        let png = dots(Encoding::Png, 2, 3);
        assert_eq!(of(png.clone()), Some(Ok((ImageFormat::Png, 2.0, 3.0))));
        assert_eq!(of(png[..40].to_vec()), Some(Err("not-an-image")));
        let jpeg = dots(Encoding::Jpeg, 32, 16);
        assert_eq!(of(jpeg.clone()), Some(Ok((ImageFormat::Jpeg, 32.0, 16.0))));
        assert_eq!(of(jpeg[..60].to_vec()), Some(Err("not-an-image")));
    }

    #[test]
    fn a_picture_is_no_finer_than_a_page_unless_asked() {
        let wide = dots(Encoding::Jpeg, 17_000, 2);
        let facts = facts_of(wide.clone(), false)
            .expect("an image")
            .expect("whole");
        assert_eq!(facts.width, 3_508.0);
        assert!(matches!(facts.told[..], [Told::MadeSmaller(_)]));
        // The engine takes no JPEG wider than this.
        let facts = facts_of(wide, true).expect("an image").expect("whole");
        assert_eq!(facts.width, 16_384.0);
        let facts = facts_of(dots(Encoding::Png, 4_000, 2), true);
        assert_eq!(facts.expect("an image").expect("whole").told, []);
    }

    #[test]
    fn a_picture_goes_out_upright_and_without_notes() {
        // Orientation 6: the top is at the right.
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let jpeg = dots(Encoding::Jpeg, 32, 16);
        let mut turned = jpeg[..2].to_vec();
        turned.extend([0xFF, 0xE1, 0, 2 + exif.len() as u8]);
        turned.extend(exif);
        turned.extend(b"\xFF\xFE\0\x08secret");
        turned.extend(&jpeg[2..]);
        turned.extend(b"secret");
        let facts = facts_of(turned, false).expect("an image").expect("whole");
        assert_eq!((facts.width, facts.height), (16.0, 32.0));
        for word in [&b"Exif"[..], b"secret"] {
            assert!(!facts.bytes.windows(word.len()).any(|bytes| bytes == word));
        }

        let mut noted = jpeg[..2].to_vec();
        noted.extend(b"\xFF\xFE\0\x08secret");
        noted.extend(&jpeg[2..]);
        noted.extend(b"secret");
        let facts = facts_of(noted, false).expect("an image").expect("whole");
        assert_eq!(facts.bytes, jpeg);
    }

    #[test]
    fn other_bytes_are_no_image() {
        assert_eq!(of("%PDF-1.7"), None);
        assert_eq!(of(""), None);
    }
}
