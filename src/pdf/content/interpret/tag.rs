//! Marked-content sequences.

use lopdf::{Dictionary, Document};

use super::{Around, Run};
use crate::pdf::content::mark::Tag;
use crate::pdf::content::operand::Operand;
use crate::pdf::object::{as_dict, get, get_dict, get_int, get_name, get_text, resolve, text};
use crate::pdf::scope::Scope;

impl<'a> Run<'_, 'a> {
    pub(super) fn open_tag(
        &mut self,
        operands: &[Operand<'_>],
        around: &Around,
        resources: &Scope<'_, 'a>,
    ) -> u32 {
        let doc = self.reader.doc;
        let mut tag = Tag {
            parent: around.tag,
            stream: around.stream,
            range: around.range.clone(),
            ..Tag::default()
        };
        if let Some(name) = operands.first().and_then(Operand::name) {
            tag.name = name.to_vec();
            tag.artifact = name == b"Artifact";
        }
        let properties = operands.get(1);
        let listed = properties.and_then(Operand::name).and_then(|name| {
            let listing = resources.with(doc, b"Properties", name)?;
            get_dict(doc, listing, b"Properties")?.get(name).ok()
        });
        // A layer is not written in content: that cannot refer to the objects of a file.
        if let Some(layer) = listed.filter(|_| tag.name == b"OC") {
            tag.hidden = self.reader.layers.hides(doc, layer);
        }
        let dict = match properties {
            Some(Operand::Dictionary(dict)) => Some(&**dict),
            _ => listed.and_then(|listed| as_dict(resolve(doc, listed))),
        };
        if let Some(dict) = dict {
            let kind = get_name(doc, dict, b"Type");
            tag.running =
                tag.artifact && matches!(kind, Some(b"Pagination" | b"Page" | b"Background"));
            tag.mcid = get_int(doc, dict, b"MCID").filter(|&mcid| mcid >= 0);
            tag.actual_text = actual_text(doc, dict);
            tag.alt = get_text(doc, dict, b"Alt");
            tag.expansion = get_text(doc, dict, b"E");
            tag.lang = get(doc, dict, b"Lang").and_then(text);
        }
        self.out.tags.push(tag);
        u32::try_from(self.out.tags.len() - 1).unwrap_or(u32::MAX)
    }
}

/// The replacement text, which counts even if it is empty or a single space.
fn actual_text(doc: &Document, dict: &Dictionary) -> Option<String> {
    crate::pdf::object::text(get(doc, dict, b"ActualText")?)
}
