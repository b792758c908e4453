//! How much of its page a picture takes. A logo, a crest or a signature stays as large as it was when
//! print grows; a chart has to grow with the words in it.

use super::{Block, BlockKind, Share};

/// A picture that takes less of the area of its page is a logo, a crest or a signature.
const SMALL: f64 = 0.04;
/// The same before all words, where letterheads are.
const LETTERHEAD: f64 = 0.1;

fn area(share: Share) -> f64 {
    share.width * share.height
}

/// Forgets the shares of the pictures that may grow: all but small ones.
pub fn keep_small(blocks: &mut [Block]) {
    let mut most = LETTERHEAD;
    for block in blocks {
        if !matches!(block.kind, BlockKind::Figure(_)) {
            most = SMALL;
        }
        keep(block, most);
    }
}

fn keep(block: &mut Block, most: f64) {
    match &mut block.kind {
        BlockKind::Figure(figure) => {
            figure.share = figure.share.filter(|share| area(*share) < most);
        }
        BlockKind::Quote(inner) => inner.iter_mut().for_each(|block| keep(block, SMALL)),
        BlockKind::List(list) => {
            let inner = list.items.iter_mut().flat_map(|item| &mut item.blocks);
            inner.for_each(|block| keep(block, SMALL));
        }
        BlockKind::Table(table) => {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            let inner = cells.flat_map(|cell| &mut cell.blocks);
            inner.for_each(|block| keep(block, SMALL));
        }
        BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::Preformatted(_)
        | BlockKind::Rule => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::Figure;
    use super::*;
    use crate::finding::{FileId, Span};

    fn block(kind: BlockKind) -> Block {
        Block {
            kind,
            span: Span::new(FileId(0), 0, 0),
            lang: None,
        }
    }

    fn picture(width: f64, height: f64) -> Block {
        block(BlockKind::Figure(Figure {
            source: "a.png".to_owned(),
            alt: String::new(),
            caption: None,
            lettering: Vec::new(),
            share: Share::of((width, height), (595.0, 842.0)),
        }))
    }

    fn kept(blocks: &mut [Block]) -> Vec<bool> {
        keep_small(blocks);
        let shares = blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Figure(figure) => Some(figure.share.is_some()),
            _ => None,
        });
        shares.collect()
    }

    #[test]
    fn logos_and_signatures_keep_their_share_and_charts_do_not() {
        let mut blocks = [
            picture(220.0, 150.0),
            block(BlockKind::Rule),
            picture(220.0, 150.0),
            picture(150.0, 50.0),
        ];
        assert_eq!(kept(&mut blocks), [true, false, true]);
        // A chart before all words is a chart.
        assert_eq!(kept(&mut [picture(400.0, 250.0)]), [false]);
    }

    #[test]
    fn a_page_without_a_size_has_no_shares() {
        assert_eq!(Share::of((10.0, 10.0), (0.0, 842.0)), None);
        assert_eq!(Share::of((f64::NAN, 10.0), (595.0, 842.0)), None);
    }
}
