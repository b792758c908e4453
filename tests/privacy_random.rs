//! Nothing private gets out of any meeting: random agendas with random access settings, a word of
//! its own planted in every field, and the public edition searched for the words that are withheld.

use crate::common::meeting;
use crate::forms::said_of_items;

use std::collections::BTreeMap;

use meeting::{
    appendix, exempt, item, meeting_of, numbered, paper, paragraph, pdf, report, spanned, table,
};
use pack::compose::compose;
use pack::compose::large::compose_large;
use pack::compose::screen::compose_for_screen;
use pack::edition::{Edition, WithheldPages};
use pack::html::{self, Numbers, Options};
use pack::model::{
    Access, Appendix, Application, Audience, Contact, Content, Item, ItemKind, Meeting, Origin,
    Paper, PaperBody, SourceName,
};
use pack::prose::{Block, BlockKind, Prose};
use proptest::prelude::*;

/// How deep items may stand inside items.
const DEEPEST: usize = 3;

/// Makes a meeting from a tape of choices, and keeps account of the words it plants.
struct Planter<'t> {
    tape: std::slice::Iter<'t, u8>,
    planted: usize,
    withheld: Vec<String>,
    /// Words for everybody, each with the item that it stands in.
    open: Vec<(String, String)>,
    item: String,
}

impl Planter<'_> {
    fn choose(&mut self, of: u8) -> u8 {
        self.tape.next().map_or(0, |choice| choice % of)
    }

    /// A new word, which the public may read or not.
    fn word(&mut self, hidden: bool) -> String {
        self.planted += 1;
        let word = format!("zqx{}q", self.planted);
        if hidden {
            self.withheld.push(word.clone());
        }
        word
    }

    /// A new word in a place that every form of a pack shows where the public may see it.
    fn shown(&mut self, hidden: bool) -> String {
        let word = self.word(hidden);
        if !hidden {
            self.open.push((self.item.clone(), word.clone()));
        }
        word
    }

    fn name(&mut self, hidden: bool, ending: &str) -> SourceName {
        SourceName(format!("{}.{ending}", self.word(hidden)))
    }

    fn access(&mut self) -> Access {
        match self.choose(4) {
            0 | 1 => Access::Public,
            2 => exempt(3),
            _ => Access::Confidential { span: None },
        }
    }

    fn blocks(&mut self, hidden: bool) -> Vec<Block> {
        let words = [self.shown(hidden), self.shown(hidden), self.shown(hidden)];
        vec![
            paragraph(&words[0]),
            Block {
                kind: BlockKind::Table(table(&[&[&words[1], "n"], &[&words[2], "1"]])),
                ..paragraph("")
            },
        ]
    }

    fn appendix(&mut self, number: &str, position: usize, hidden: bool) -> Appendix {
        let access = self.access();
        let hidden = hidden || access != Access::Public;
        let content = match self.choose(3) {
            0 => Content::Prose(Prose {
                blocks: self.blocks(hidden),
                footnotes: Vec::new(),
            }),
            1 => {
                let mut document = pdf(2, false, None);
                document.source = self.name(hidden, "pdf");
                Content::Pdf(Box::new(document))
            }
            _ => Content::Missing,
        };
        let title = self.word(hidden);
        let mut made = appendix(number, position, &title, content);
        made.source = Some(self.name(hidden, "md"));
        made.alternative_source = Some(self.name(hidden, "csv"));
        made.origin = Some(Origin::ThirdParty);
        made.access = access;
        made
    }

    fn paper(&mut self, number: &str, index: usize, hidden: bool) -> Paper {
        let access = self.access();
        let own = hidden || access != Access::Public;
        let body = if self.choose(3) == 0 {
            let mut document = pdf(3, false, None);
            document.source = self.name(own, "pdf");
            PaperBody::Pdf(Box::new(document))
        } else {
            let blocks = self.blocks(own);
            let mut made = report(
                blocks
                    .into_iter()
                    .map(|block| numbered(None, block))
                    .collect(),
            );
            made.recommendations = Some(spanned(Prose {
                blocks: self.blocks(own),
                footnotes: Vec::new(),
            }));
            made.signatory = Some(Contact {
                name: self.word(own),
                ..Contact::default()
            });
            PaperBody::Report(Box::new(made))
        };
        let title = self.word(own);
        let mut made = paper(&format!("item-{number}-paper-{index}"), &title, body);
        made.source = Some(self.name(own, "md"));
        made.alternative_source = Some(self.name(own, "csv"));
        if own {
            let blocks = self.blocks(own);
            let footnotes = Vec::new();
            made.alternative = Some(Box::new(Content::Prose(Prose { blocks, footnotes })));
        }
        made.access = access;
        made.appendices = (0..self.choose(3).into())
            .map(|position| self.appendix(number, 10 * index + position + 1, own))
            .collect();
        made
    }

    fn item(&mut self, number: &str, hidden: bool, depth: usize) -> Item {
        number.clone_into(&mut self.item);
        let access = self.access();
        let hidden = hidden || access != Access::Public;
        let title = self.shown(hidden);
        let mut made = item(number, &title, ItemKind::Report);
        made.title = spanned(title);
        made.access = access;
        made.note = Some(self.word(hidden));
        made.sub = vec![self.word(hidden)];
        made.application = Application {
            address: Some(self.word(hidden)),
            ..Application::default()
        };
        made.papers = (0..self.choose(3).into())
            .map(|index| self.paper(number, index, hidden))
            .collect();
        // What the agenda lists belongs to the papers: with all of them withheld, so is it.
        let listed = hidden
            || (!made.papers.is_empty()
                && made
                    .papers
                    .iter()
                    .all(|paper| paper.access != Access::Public));
        made.appendices = (0..self.choose(2).into())
            .map(|position| self.appendix(number, position + 7, listed))
            .collect();
        if depth < DEEPEST {
            made.items = (1..=self.choose(3))
                .map(|inner| self.item(&format!("{number}.{inner}"), hidden, depth + 1))
                .collect();
        }
        made
    }

    fn meeting(&mut self) -> Meeting {
        let items = (1..=self.choose(4) + 1)
            .map(|number| self.item(&number.to_string(), false, 1))
            .collect();
        meeting_of(items)
    }
}

/// How many meetings are looked at: 1,000, or as many as `PACK_RANDOM_MEETINGS` asks for. A fifth of
/// them is made into a web page too.
fn meetings() -> u32 {
    let asked = std::env::var("PACK_RANDOM_MEETINGS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(1_000)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(meetings())
    })]

    #[test]
    fn no_word_that_is_withheld_is_in_a_public_edition(
        tape in prop::collection::vec(any::<u8>(), 0..120),
        on_the_web in prop::bool::weighted(0.2),
    ) {
        let mut planter = Planter {
            tape: tape.iter(),
            planted: 0,
            withheld: Vec::new(),
            open: Vec::new(),
            item: String::new(),
        };
        let meeting = planter.meeting();
        let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
        let parts = format!("{:?}", compose(&edition));
        let large = format!(
            "{:?}",
            compose_large(&edition, &BTreeMap::new(), &BTreeMap::new())
        );
        let mut said = format!("{edition:?}{parts}{large}{:?}", edition.sources());
        let page = if on_the_web {
            let options = Options {
                large_print: None,
                draft: false,
                templates: BTreeMap::new(),
                images: &|_| None,
                places: None,
                linked: BTreeMap::new(),
            };
            let parts: Vec<_> = compose_for_screen(&edition)
                .into_iter()
                .map(|large| large.part)
                .collect();
            html::render(&edition, &parts, &Numbers::default(), &options).expect("a page")
        } else {
            String::new()
        };
        said.push_str(&page);
        for word in &planter.withheld {
            prop_assert!(!said.contains(word.as_str()), "{word} got out");
        }
        let on_page = said_of_items(&page);
        for (item, word) in &planter.open {
            prop_assert!(parts.contains(word.as_str()), "{word} is public and missing");
            prop_assert!(large.contains(word.as_str()), "{word} is not in large print");
            let of_item = on_page.get(&Some(item.clone()));
            let is_said = of_item.is_some_and(|said| said.contains(word.as_str()));
            prop_assert!(page.is_empty() || is_said, "{word} is not on the page, at item {item}");
        }
    }
}
