//! The letters of drawings. The engine writes them one by one. It refuses letters that change their
//! shape beside others, and accents that are not part of a letter.

use std::sync::{Arc, LazyLock};

use usvg::{Options, Tree, WriteOptions, fontdb};

use super::fonts::{BODY, FILES};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for file in FILES {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(file)));
    }
    fonts.set_serif_family(BODY);
    fonts.set_sans_serif_family(BODY);
    Arc::new(fonts)
});

/// A drawing with its letters as outlines, or `None` if it is damaged.
pub(in crate::typeset) fn outlined(drawing: &str) -> Option<String> {
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: BODY.to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(drawing, &options).ok()?;
    Some(tree.to_string(&WriteOptions::default()))
}
