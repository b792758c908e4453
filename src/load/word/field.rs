//! Fields: an instruction, and after it the result that the page shows.

/// The target of a link, as the file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lead {
    /// An address.
    Outside(String),
    /// A bookmark.
    Mark(String),
}

/// A field that is still open.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result has begun.
    shows: bool,
    /// What was chosen or ticked in it, and how many pieces its paragraph had before it.
    filled_in: Option<(String, usize)>,
}

/// The fields that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

impl Fields {
    /// Handles a `w:fldChar`.
    pub(super) fn mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.0.push(Field::default()),
            "separate" => {
                if let Some(field) = self.0.last_mut() {
                    field.shows = true;
                }
            }
            "end" => {
                self.0.pop();
            }
            _ => {}
        }
    }

    /// Gives the innermost field what was chosen or ticked in it, after so many pieces of its paragraph.
    pub(super) fn fill_in(&mut self, value: Option<String>, after: usize) {
        if let Some(field) = self.0.last_mut() {
            field.filled_in = value.map(|value| (value, after));
        }
    }

    /// What was chosen or ticked in the innermost field.
    pub(super) fn filled_in(&mut self) -> Option<(String, usize)> {
        self.0.last_mut()?.filled_in.take()
    }

    /// Adds to the instruction of the innermost field.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| !field.shows) {
            field.instruction.push_str(text);
        }
    }

    /// Opens a field that is one element: `w:fldSimple`.
    pub(super) fn open(&mut self, instruction: &str) {
        self.0.push(Field {
            instruction: instruction.to_owned(),
            shows: true,
            filled_in: None,
        });
    }

    /// Whether the text at this point is on the page, and not in a table of contents or an index.
    pub(super) fn shows(&self) -> bool {
        self.0.iter().all(|field| {
            field.shows
                && !matches!(
                    field.name().as_str(),
                    "TOC" | "INDEX" | "TOA" | "RD" | "XE" | "TC"
                )
        })
    }

    /// The target of the text at this point, if a field makes it a link.
    pub(super) fn lead(&self) -> Option<Lead> {
        self.0
            .iter()
            .rev()
            .find_map(|field| lead(&field.instruction))
    }
}

impl Field {
    fn name(&self) -> String {
        let name = self.instruction.split_whitespace().next().unwrap_or("");
        name.to_uppercase()
    }
}

/// The target of a field's instruction, if it is a link.
fn lead(instruction: &str) -> Option<Lead> {
    let mut words = words(instruction).into_iter();
    let name = words.next()?.to_uppercase();
    let mark = |name: Option<String>| name.map(Lead::Mark);
    match name.as_str() {
        "REF" | "PAGEREF" | "NOTEREF" => {
            let target = words.next().filter(|word| !word.starts_with('\\'));
            words.any(|word| word == "\\h").then(|| mark(target))?
        }
        "HYPERLINK" => {
            let (mut address, mut place) = (None, None);
            while let Some(word) = words.next() {
                match word.as_str() {
                    "\\l" => {
                        place = words.next();
                    }
                    "\\o" | "\\t" | "\\s" => {
                        words.next();
                    }
                    switch if switch.starts_with('\\') => {}
                    _ => address = address.or(Some(word)),
                }
            }
            match (address, place) {
                (Some(address), Some(place)) if !address.contains('#') => {
                    Some(Lead::Outside(format!("{address}#{place}")))
                }
                (Some(address), _) => Some(Lead::Outside(address)),
                (None, place) => mark(place),
            }
        }
        _ => None,
    }
}

/// The words of an instruction; a quoted string is one word.
fn words(instruction: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for letter in instruction.chars() {
        match letter {
            '"' | '“' | '”' => {
                quoted = !quoted;
                begun = true;
            }
            _ if letter.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                    begun = false;
                }
            }
            _ => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_lead_to_addresses_and_bookmarks() {
        let outside = |address: &str| Some(Lead::Outside(address.into()));
        let mark = |name: &str| Some(Lead::Mark(name.into()));
        assert_eq!(
            lead(" HYPERLINK \"https://a.gov.uk/b c\" \\o \"tip\" "),
            outside("https://a.gov.uk/b c")
        );
        assert_eq!(
            lead("HYPERLINK \"https://a.gov.uk/b\" \\l \"costs\""),
            outside("https://a.gov.uk/b#costs")
        );
        assert_eq!(lead("HYPERLINK \\l \"_Ref1\""), mark("_Ref1"));
        assert_eq!(lead(" REF _Ref2 \\r \\h "), mark("_Ref2"));
        assert_eq!(lead(" PAGEREF _Ref3 "), None);
        assert_eq!(lead("DATE \\@ \"d MMMM\""), None);
    }

    #[test]
    fn only_what_a_field_shows_is_on_the_page() {
        let mut fields = Fields::default();
        fields.mark("begin");
        fields.instruct(" IF ");
        assert!(!fields.shows());
        fields.mark("begin");
        fields.mark("separate");
        assert!(
            !fields.shows(),
            "the result of a field inside an instruction"
        );
        fields.mark("end");
        fields.mark("separate");
        assert!(fields.shows());
        fields.mark("end");
        fields.mark("end");
        assert!(fields.shows());
    }
}
