//! The pictures in the README and the guide show what the program makes today.
//!
//! `PACK_PICTURES=write tests/run pictures` makes them again; without it, what is there is compared.

#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;

use image::RgbImage;
use image::codecs::png::{CompressionType, FilterType as Filter, PngEncoder};
use image::imageops::{FilterType, resize};

use crate::common::built::built;
use crate::common::{node_modules, tool};
use crate::preview::Running;

const PACK: &str = "packs/packs/2026-09-14-children-communities";

/// How far a picture may be from what is there, as the mean difference of squares of 8 by 8 dots, of
/// 255. Paper has the same fonts everywhere; a browser takes those of its machine.
const PAPER: f64 = 2.0;
const BROWSER: f64 = 12.0;

fn place(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("templates/guide/pictures").join(name)
}

/// A picture as blurred squares, in which the smoothing of letters does not count.
fn squares(picture: &RgbImage) -> RgbImage {
    let (width, height) = (picture.width().div_ceil(8), picture.height().div_ceil(8));
    resize(picture, width, height, FilterType::Triangle)
}

/// Holds a picture that was just made to the one in the repository, or puts it there.
fn hold(name: &str, made: &Path, most: f64) {
    let picture = image::open(made).expect("a picture").into_rgb8();
    if std::env::var_os("PACK_PICTURES").is_some() {
        // Fewer shades make a smaller file, and nobody sees it.
        let mut picture = picture;
        for shade in picture.iter_mut() {
            *shade = (*shade | 0x0f) - if *shade < 0xf0 { 0x08 } else { 0 };
        }
        let file = std::fs::File::create(place(name)).expect("a file");
        let best = PngEncoder::new_with_quality(file, CompressionType::Best, Filter::NoFilter);
        return picture.write_with_encoder(best).expect("it can be written");
    }
    let kept = image::open(place(name)).expect(name).into_rgb8();
    assert_eq!(kept.dimensions(), picture.dimensions(), "{name}");
    let (kept, picture) = (squares(&kept), squares(&picture));
    let shades = kept.iter().zip(picture.iter());
    let sum: f64 = shades.map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    let mean = sum / f64::from(kept.width() * kept.height() * 3);
    assert!(mean < most, "{name} is not what the program makes: {mean}");
}

#[test]
fn pages_on_paper_look_as_their_pictures_do() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, options) in [
        ("front.png", &[][..]),
        ("large-print.png", &["--large-print"]),
    ] {
        let stem = folder.path().join(name.trim_end_matches(".png"));
        let pdf = built(PACK, options).pdf();
        let stem = stem.to_str().expect("Unicode");
        let page = [
            "-r",
            "72",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            "-png",
            &pdf,
            stem,
        ];
        if tool("pdftoppm", &page).is_some() {
            hold(name, &folder.path().join(name), PAPER);
        }
    }
}

#[test]
fn pages_in_a_browser_look_as_their_pictures_do() {
    let Some(tools) = node_modules("a browser's driver") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let page = format!("file://{}", built(PACK, &[]).html());
    let preview = Running::start(Path::new(env!("CARGO_MANIFEST_DIR")), PACK, "2026-09-01");
    let shots = [
        ("web-page.png", page, ["1280", "1800", "0.5"], "main"),
        (
            "preview.png",
            preview.address(),
            ["1280", "800", "0.75"],
            "#items li",
        ),
    ];
    for (name, address, window, there) in shots {
        let made = folder.path().join(name);
        let run = Command::new("node")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/picture.mjs"))
            .arg(address)
            .arg(&made)
            .args(window)
            .arg(there)
            .env("NODE_MODULES_ROOT", &tools)
            .output()
            .expect("node runs");
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        hold(name, &made, BROWSER);
    }
}
