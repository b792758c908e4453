//! The entries of a small dictionary with known keys. A list of them takes a fraction of the time and
//! memory of a dictionary, and a report has tens of thousands of elements.

use lopdf::{Document, Object};

use super::object::resolve;

/// Entries by their keys, in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct Entries(Vec<(&'static [u8], Object)>);

impl Entries {
    fn place(&self, key: &[u8]) -> Option<usize> {
        self.0.iter().position(|(own, _)| *own == key)
    }

    /// The value of a key as it is.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Object> {
        Some(&self.0[self.place(key)?].1)
    }

    /// The value of a key, with references followed. `None` for null.
    pub(super) fn resolved<'a>(&'a self, doc: &'a Document, key: &[u8]) -> Option<&'a Object> {
        match resolve(doc, self.get(key)?) {
            Object::Null => None,
            found => Some(found),
        }
    }

    /// The bytes of the string at a key.
    pub(super) fn string<'a>(&'a self, doc: &'a Document, key: &[u8]) -> Option<&'a [u8]> {
        self.resolved(doc, key)?.as_str().ok()
    }

    pub(super) fn has(&self, key: &[u8]) -> bool {
        self.place(key).is_some()
    }

    /// Sets the value of a key in its place, or adds it last.
    pub(super) fn set(&mut self, key: &'static [u8], value: impl Into<Object>) {
        let value = value.into();
        match self.place(key) {
            Some(place) => self.0[place].1 = value,
            None => self.0.push((key, value)),
        }
    }

    pub(super) fn remove(&mut self, key: &[u8]) {
        if let Some(place) = self.place(key) {
            self.0.swap_remove(place);
        }
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (&[u8], &Object)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Object> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl FromIterator<(&'static [u8], Object)> for Entries {
    /// Of keys that are all different.
    fn from_iter<I: IntoIterator<Item = (&'static [u8], Object)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_one_value_in_its_place() {
        let first = [
            (b"S".as_slice(), Object::from("P")),
            (b"T", Object::Null),
            (b"K", Object::Integer(1)),
        ];
        let mut entries: Entries = first.into_iter().collect();
        entries.set(b"S", Object::from("H1"));
        entries.set(b"Pg", (4, 0));
        assert!(entries.has(b"T"));
        assert_eq!(entries.resolved(&Document::new(), b"T"), None);
        entries.remove(b"T");
        assert!(!entries.has(b"T"));
        assert_eq!(entries.get(b"S"), Some(&Object::from("H1")));
        assert_eq!(entries.iter().len(), 3);
    }
}
