//! Which resources serve content: its own and, for what those lack, the resources of whatever draws it,
//! and so on outwards, as readers do.

use lopdf::{Dictionary, Document};

use super::object::get_dict;

/// The resources in which content looks up names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'s, 'a> {
    own: Option<&'a Dictionary>,
    outer: Option<&'s Scope<'s, 'a>>,
}

impl<'s, 'a> Scope<'s, 'a> {
    /// That of a page, which nothing else draws.
    pub(crate) fn of(own: Option<&'a Dictionary>) -> Self {
        Self { own, outer: None }
    }

    /// That of something drawn from here which has, or lacks, resources of its own.
    pub(crate) fn within(&'s self, own: Option<&'a Dictionary>) -> Self {
        Self {
            own,
            outer: Some(self),
        }
    }

    /// The innermost resources that have something of a kind by this name.
    pub(crate) fn with(
        &self,
        doc: &'a Document,
        kind: &[u8],
        name: &[u8],
    ) -> Option<&'a Dictionary> {
        let mut scope = Some(self);
        while let Some(at) = scope {
            let has = |own: &&Dictionary| get_dict(doc, own, kind).is_some_and(|all| all.has(name));
            if let Some(own) = at.own.filter(has) {
                return Some(own);
            }
            scope = at.outer;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn what_content_lacks_is_looked_up_in_what_draws_it() {
        let doc = Document::with_version("1.7");
        let fonts = |names: &[&str]| {
            let listed = names.iter().map(|name| (*name, 1.into()));
            dictionary! { "Font" => listed.collect::<Dictionary>() }
        };
        let (page, form) = (fonts(&["F1", "F2"]), fonts(&["F2"]));
        let page_scope = Scope::of(Some(&page));
        let form_scope = page_scope.within(Some(&form));
        let inner_scope = form_scope.within(None);
        let found = |name: &[u8]| inner_scope.with(&doc, b"Font", name);
        assert_eq!(found(b"F1"), Some(&page));
        assert!(found(b"F2").is_some_and(|found| std::ptr::eq(found, &raw const form)));
        assert_eq!(found(b"F3"), None);
        assert_eq!(inner_scope.with(&doc, b"XObject", b"F1"), None);
    }
}
