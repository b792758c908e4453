//! Calls the library that draws pages, so that a panic in it does not end the program.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::thread;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery, StandardFont};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};

/// How deep the stack is that a page is drawn on, in bytes: forms, masks, cells and glyphs inside one another
/// use much of it.
const STACK: usize = 64 << 20;

/// Draws the only page of a file. `None` if it cannot be drawn.
pub(super) fn draw(file: Vec<u8>, scale: f64, size: (u16, u16)) -> Option<Vec<[u8; 3]>> {
    // The library uses decoders of fonts and images. A panic in one of them only loses this picture.
    let guarded = || std::panic::catch_unwind(AssertUnwindSafe(|| drawn(file, scale, size)));
    let drawn = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, guarded).ok()?.join().ok()
    });
    drawn?.ok().flatten()
}

fn drawn(file: Vec<u8>, scale: f64, (width, height): (u16, u16)) -> Option<Vec<[u8; 3]>> {
    let pdf = Pdf::new(file).ok()?;
    let page = pdf.pages().first()?;
    let settings = InterpreterSettings {
        font_resolver: Arc::new(|query| {
            let font = match query {
                FontQuery::Standard(font) => *font,
                FontQuery::Fallback(font) => font.pick_standard_font(),
            };
            Some((standard(font), 0))
        }),
        cmap_resolver: Arc::new(|_| None),
        warning_sink: Arc::new(|_| {}),
        render_annotations: false,
    };
    let drawn = hayro::render(
        page,
        &RenderCache::new(),
        &settings,
        &RenderSettings {
            x_scale: scale as f32,
            y_scale: scale as f32,
            width: Some(width),
            height: Some(height),
            bg_color: WHITE,
        },
    );
    Some(
        drawn
            .data()
            .iter()
            .map(|pixel| [pixel.r, pixel.g, pixel.b])
            .collect(),
    )
}

/// The standard fonts, which a file need not embed.
fn standard(font: StandardFont) -> FontData {
    use typst_assets::pdf;
    Arc::new(match font {
        StandardFont::Helvetica => pdf::SANS,
        StandardFont::HelveticaBold => pdf::SANS_BOLD,
        StandardFont::HelveticaOblique => pdf::SANS_ITALIC,
        StandardFont::HelveticaBoldOblique => pdf::SANS_BOLD_ITALIC,
        StandardFont::Courier => pdf::FIXED,
        StandardFont::CourierBold => pdf::FIXED_BOLD,
        StandardFont::CourierOblique => pdf::FIXED_ITALIC,
        StandardFont::CourierBoldOblique => pdf::FIXED_BOLD_ITALIC,
        StandardFont::TimesRoman => pdf::SERIF,
        StandardFont::TimesBold => pdf::SERIF_BOLD,
        StandardFont::TimesItalic => pdf::SERIF_ITALIC,
        StandardFont::TimesBoldItalic => pdf::SERIF_BOLD_ITALIC,
        StandardFont::ZapfDingBats => pdf::DING_BATS,
        StandardFont::Symbol => pdf::SYMBOL,
    })
}
