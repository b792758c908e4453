//! What is declared: the shape of a table, its keys, and the kinds of values.

/// A table: what it is called, and its keys.
#[derive(Debug)]
pub(in crate::load) struct Shape {
    /// Its unique name.
    pub(in crate::load) id: &'static str,
    /// What findings call one: "this item". A file's own table is called by the file's name.
    pub(in crate::load) what: &'static str,
    /// Where its keys belong, as findings put it; `None` if nobody would put them elsewhere by mistake.
    pub(in crate::load) home: Option<&'static str>,
    /// Its keys, in the order in which they are best written. Tables share some groups.
    pub(super) groups: &'static [&'static [Key]],
    /// What further keys take, whose names a council chooses, if it may have any.
    pub(in crate::load) own_keys: Option<Kind>,
}

impl Shape {
    /// Its keys.
    pub(in crate::load) fn keys(&self) -> impl Iterator<Item = &'static Key> + Clone + use<> {
        self.groups.iter().copied().flatten()
    }

    /// The key of a name.
    pub(in crate::load) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

/// A key.
#[derive(Debug, Clone, Copy)]
pub(in crate::load) struct Key {
    /// How it is written.
    pub(in crate::load) name: &'static str,
    /// What it takes.
    pub(in crate::load) kind: Kind,
    /// What it says, in a line of Markdown.
    pub(super) says: &'static str,
    /// The default; empty if that goes without saying.
    pub(super) without: &'static str,
    /// Whether it may not be left out.
    pub(super) needed: bool,
}

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub(in crate::load) enum Kind {
    /// Text.
    Text,
    /// Text of a shape, which a regular expression and words describe.
    Pattern(&'static str, &'static str),
    /// Text or a number, which is read as text.
    TextOrNumber,
    /// A text, or a list of them.
    Texts,
    /// One of a few words.
    Word(fn() -> Vec<&'static str>),
    /// One of a few words, or text of a shape, which a regular expression and words describe.
    WordOr(fn() -> Vec<&'static str>, &'static str, &'static str),
    /// `true` or `false`.
    Flag,
    /// A whole number in a range.
    Whole(u32, u32),
    /// Whole numbers in a range.
    Wholes(u8, u8),
    /// A list of this many numbers.
    Numbers(usize),
    /// A day.
    Date,
    /// A list of days.
    Dates,
    /// A day, or words.
    DateOrText,
    /// A time of day.
    Time,
    /// A table.
    Table(&'static Shape),
    /// A list of tables.
    Tables(&'static Shape),
    /// A name, a table that says more, or a list of either.
    Named(&'static Shape),
    /// A table of texts with keys that the format does not define, and the words that they may be, if
    /// those are few.
    Map(&'static Shape, Option<fn() -> Vec<&'static str>>),
}

impl Kind {
    /// The table that it takes.
    pub(in crate::load) fn shape(self) -> Option<&'static Shape> {
        match self {
            Kind::Table(shape) | Kind::Tables(shape) | Kind::Named(shape) | Kind::Map(shape, _) => {
                Some(shape)
            }
            _ => None,
        }
    }
}

pub(super) const fn key(name: &'static str, kind: Kind, says: &'static str) -> Key {
    Key {
        name,
        kind,
        says,
        without: "",
        needed: false,
    }
}

impl Key {
    /// The same, with its default.
    pub(super) const fn without(self, without: &'static str) -> Self {
        Self { without, ..self }
    }

    /// The same, which may not be left out.
    pub(super) const fn needed(self) -> Self {
        Self {
            needed: true,
            ..self
        }
    }
}

/// The words of a list of words and their meanings.
pub(super) fn words<T>(known: &[(&'static str, T)]) -> Vec<&'static str> {
    known.iter().map(|(word, _)| *word).collect()
}
