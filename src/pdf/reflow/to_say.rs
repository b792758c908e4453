//! Words outside the tags on their way into the prose: each waits for the tagged content that it was
//! painted after, or for its page.

use std::collections::{BTreeMap, HashMap};

use crate::pdf::structure::ContentKey;
use crate::prose::Block;

/// Words that are to be said.
#[derive(Debug)]
pub(super) struct Said {
    /// Which of the selected pages they are on.
    pub(super) page: usize,
    /// The tagged content that they are said after; `None` at the beginning of the page.
    pub(super) after: Option<ContentKey>,
    pub(super) blocks: Vec<Block>,
    pub(super) words: String,
}

impl Said {
    /// How many characters it has, spaces aside.
    pub(super) fn weight(&self) -> usize {
        self.words.chars().filter(|c| !c.is_whitespace()).count()
    }
}

/// What is to be said, by where.
#[derive(Debug, Default)]
pub(super) struct ToSay {
    after: HashMap<ContentKey, Vec<Said>>,
    /// Before everything else on a page.
    first: BTreeMap<usize, Vec<Said>>,
    due: Vec<Said>,
}

impl ToSay {
    pub(super) fn new(all: Vec<Said>) -> Self {
        let mut to_say = Self::default();
        for said in all {
            match said.after {
                Some(key) => to_say.after.entry(key).or_default().push(said),
                None => to_say.first.entry(said.page).or_default().push(said),
            }
        }
        to_say
    }

    /// Notes that some tagged content has been read.
    pub(super) fn passed(&mut self, key: &ContentKey) {
        if let Some(found) = self.after.remove(key) {
            self.due.extend(found);
        }
    }

    /// Notes that a page has been reached.
    pub(super) fn reached(&mut self, page: usize) {
        while let Some(entry) = self.first.first_entry()
            && *entry.key() <= page
        {
            self.due.extend(entry.remove());
        }
    }

    /// What is due, each block with its page.
    pub(super) fn due(&mut self) -> impl Iterator<Item = (Block, usize)> + use<> {
        let due = std::mem::take(&mut self.due).into_iter();
        due.flat_map(|said| said.blocks.into_iter().map(move |block| (block, said.page)))
    }

    /// Notes that the tags have come to their end.
    pub(super) fn ended(&mut self) {
        self.reached(usize::MAX);
        let mut rest: Vec<Said> = self.after.drain().flat_map(|(_, said)| said).collect();
        rest.sort_by_key(|said| (said.page, said.after.map(|key| key.mcid)));
        self.due.extend(rest);
    }
}
