//! Draws forms and images where content uses them.

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::{Around, DEEPEST_FORM, Run};
use crate::pdf::content::mark::{ImageMark, Ink, MarkKind, Opacity, StreamUse, Tag};
use crate::pdf::content::state::State;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::object::{
    get, get_bool, get_dict, get_int, get_name, get_numbers, resolve, target,
};
use crate::pdf::page::rect;
use crate::pdf::scope::Scope;
use crate::pdf::unpack::unpacked;

impl<'a> Run<'_, 'a> {
    pub(super) fn xobject(
        &mut self,
        name: &[u8],
        resources: &Scope<'_, 'a>,
        state: &State,
        around: Around,
        depth: usize,
    ) {
        let doc = self.reader.doc;
        let Some((entry, first)) = self.call(b"XObject", name, resources, depth) else {
            return;
        };
        let id = target(doc, entry);
        let Object::Stream(stream) = resolve(doc, entry) else {
            self.out.lacking |= matches!(entry, Object::Reference(_));
            return;
        };
        match get_name(doc, &stream.dict, b"Subtype") {
            Some(b"Image") => self.image(id, &stream.dict, state, around),
            Some(b"Form") | None => {
                let mut state = state.clone();
                let mut around = around;
                if let Ok(layer) = stream.dict.get(b"OC")
                    && self.reader.layers.hides(doc, layer)
                {
                    around.tag = Some(self.hidden_tag(&around));
                }
                if get_dict(doc, &stream.dict, b"Group").is_some() {
                    state.group_alpha *= state.fill.alpha;
                    state.group_normal &= state.normal_blend && !state.soft_mask;
                    state.fill.alpha = 1.0;
                    state.stroke.alpha = 1.0;
                    state.normal_blend = true;
                    state.soft_mask = false;
                }
                let told = first.then_some(name);
                self.form(id, stream, resources, &mut state, &around, depth, told);
            }
            _ => {}
        }
    }

    /// A tag around content that a layer hides, which the content itself does not have.
    fn hidden_tag(&mut self, around: &Around) -> u32 {
        self.out.tags.push(Tag {
            name: b"OC".to_vec(),
            parent: around.tag,
            stream: around.stream,
            range: around.range.clone(),
            hidden: true,
            ..Tag::default()
        });
        u32::try_from(self.out.tags.len() - 1).unwrap_or(u32::MAX)
    }

    /// Draws a form. `told` is the name that it is remembered by.
    #[allow(
        clippy::too_many_arguments,
        reason = "one step of the interpreter, shared by everything that draws forms"
    )]
    pub(super) fn form(
        &mut self,
        id: Option<ObjectId>,
        stream: &'a Stream,
        resources: &Scope<'_, 'a>,
        state: &mut State,
        around: &Around,
        depth: usize,
        told: Option<&[u8]>,
    ) {
        let doc = self.reader.doc;
        if id.is_some_and(|id| self.open_forms.contains(&id)) {
            return;
        }
        if depth >= DEEPEST_FORM {
            self.out.unreadable = true;
            return;
        }
        let Some(unpacked) = unpacked(stream, self.bytes.max(1)) else {
            self.out.truncated |= self.bytes < 1 << 20;
            self.out.unreadable = true;
            return;
        };
        self.out.lacking |= !unpacked.whole;
        let content = unpacked.bytes;
        if content.len() >= self.bytes {
            self.out.truncated = true;
            return;
        }
        self.bytes -= content.len();
        if let Some(name) = told {
            self.out.means.form(name, stream, content.contains(&b'%'));
        }
        if let Some(matrix) = get_numbers::<6>(doc, &stream.dict, b"Matrix") {
            state.ctm = Matrix::new(matrix).then(&state.ctm);
        }
        if let Some(bbox) = stream.dict.get(b"BBox").ok().and_then(|o| rect(doc, o)) {
            state.clip = state.clip.intersect(&state.ctm.quad(&bbox).bounds());
        }
        let index = self.out.streams.len();
        self.out.streams.push(StreamUse {
            form: id,
            used_by: Some((around.stream, around.range.clone())),
        });
        let scope = resources.within(get_dict(doc, &stream.dict, b"Resources"));
        self.open_forms.extend(id);
        self.stream(
            &content,
            &scope,
            state.clone(),
            index,
            depth + 1,
            around.tag,
        );
        if id.is_some() {
            self.open_forms.pop();
        }
    }

    pub(super) fn image(
        &mut self,
        id: Option<ObjectId>,
        dict: &Dictionary,
        state: &State,
        around: Around,
    ) {
        let doc = self.reader.doc;
        let unit = Rect {
            x0: 0.0,
            y0: 0.0,
            x1: 1.0,
            y1: 1.0,
        };
        let quad = state.ctm.quad(&unit);
        let side = |key: &[u8]| {
            get_int(doc, dict, key)
                .and_then(|value| u32::try_from(value).ok())
                .unwrap_or(0)
        };
        let stencil = get_bool(doc, dict, b"ImageMask") == Some(true);
        let opacity = if stencil {
            Opacity::Stencil
        } else if get(doc, dict, b"SMask").is_some_and(|mask| matches!(mask, Object::Stream(_)))
            || get(doc, dict, b"Mask").is_some()
            || get_int(doc, dict, b"SMaskInData").unwrap_or(0) > 0
        {
            Opacity::Masked
        } else {
            Opacity::Whole
        };
        let ink = state.fill_ink();
        let hidden = dict
            .get(b"OC")
            .is_ok_and(|layer| self.reader.layers.hides(doc, layer));
        let mut around = around;
        if hidden {
            around.tag = Some(self.hidden_tag(&around));
        }
        let kind = MarkKind::Image(ImageMark {
            id,
            quad,
            pixels: (side(b"Width"), side(b"Height")),
            bits: u8::try_from(side(b"BitsPerComponent")).unwrap_or(0),
            opacity,
            ink: Ink {
                color: if stencil { ink.color } else { None },
                ..ink
            },
        });
        self.mark(kind, quad.bounds(), state, around);
    }
}
