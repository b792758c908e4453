//! The web pages that `pack build` wrote, standard and large print, in a real browser: no violation
//! of WCAG 2.2 A and AA, no sideways scrolling, no request, valid HTML.
//!
//! It runs where `tests/run` has installed the browser's checkers, and says so where it does not.

use std::path::Path;
use std::process::Command;

use crate::common::built::{REAL, SAMPLES, built, real};

/// Every sample, and the real packs where they are at hand, with what they are built with.
fn packs() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let samples = SAMPLES.into_iter().map(|pack| (pack, &[][..]));
    // The real packs have real faults in them.
    let real = REAL.into_iter().filter_map(real);
    samples.chain(real.map(|pack| (pack, &["--allow-errors"][..])))
}

#[test]
fn no_page_has_a_fault_that_a_browser_or_a_validator_finds() {
    let Some(tools) = crate::common::node_modules("the browser's checkers") else {
        return;
    };
    let (mut pages, mut styled) = (Vec::new(), Vec::new());
    for (pack, options) in packs() {
        for more in [&[][..], &["--large-print"], &["--edition", "members"]] {
            // The pages of real packs are large, and members get nearly what everybody gets.
            let is_real = !options.is_empty();
            if is_real && more.contains(&"members") {
                continue;
            }
            let page = built(pack, &[options, more].concat()).html();
            if is_real && more.contains(&"--large-print") {
                styled.push(page);
            } else {
                pages.push(page);
            }
        }
    }
    pages.extend(crate::site::pages_to_look_at());
    let guide = tempfile::tempdir().expect("a folder");
    pages.push(crate::guide::written_to(guide.path()));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/check-page.mjs");
    let run = Command::new("node")
        .arg(script)
        .args(&pages)
        .arg("--styled")
        .args(&styled)
        .env("NODE_MODULES_ROOT", tools)
        .output()
        .expect("node runs");
    assert!(
        run.status.success(),
        "{}{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
}
