//! Reduces the resources of a page to what it *uses*.
//!
//! The pages of a file usually share one dictionary of resources, with the pictures, forms, fonts and
//! layers of all of them. If only one page is taken, the pictures of the others must not come with it.
//! So the content of every selected page is read, with the forms, pattern cells, masks and glyph
//! programs that it draws. Each of them gets its own dictionary with only what its content uses.
//! Comments in content, which no page shows, are removed too.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rayon::prelude::*;

use super::object::{as_dict, decoded, get, get_array, get_dict, get_name, resolve};
use crate::pdf::content::named::{KINDS, Named, Shown, named, without};
use crate::pdf::object::target;
use crate::pdf::substance;

/// The most bytes of content that are read for one page, and the least if there are many pages.
const PAGE_BYTES: (usize, usize) = (192 << 20, 16 << 20);
/// The bytes of content that are read for one file, unless its pages need more to get the least.
const FILE_BYTES: usize = 8 << 30;
/// The shortest content that is compressed again, in bytes.
const WORTH_PACKING: usize = 64;

/// The owner of the resources in which a name is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Holder {
    /// A page, by its place among those that are selected.
    Page(usize),
    /// A form, the cell of a pattern, or a font whose glyphs are drawn.
    Object(ObjectId),
}

/// What the content of a page uses.
struct PageRead {
    named: Named,
    /// Its streams, each with the places of its comments.
    remarks: Vec<(ObjectId, Vec<Range<usize>>)>,
    /// Whether all of it could be read.
    whole: bool,
}

/// The objects that pages draw and draw with.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Forms and pictures.
    pub(super) drawn: HashSet<ObjectId>,
    /// They and everything else that content uses.
    pub(super) all: HashSet<ObjectId>,
    /// Streams that were changed, because comments were removed.
    pub(super) changed: BTreeSet<ObjectId>,
}

/// Reduces the resources of pages and of everything that they draw, and returns the objects that they
/// use. `looks` is what is drawn on top of pages: the appearances of their annotations and fields. If
/// content cannot be read, all its resources are kept if `whole` is set, and otherwise none.
pub(super) fn cut(
    doc: &mut Document,
    pages: &mut [&mut Dictionary],
    looks: &[(usize, ObjectId)],
    whole: bool,
) -> Used {
    let limit = (FILE_BYTES / pages.len().max(1)).clamp(PAGE_BYTES.1, PAGE_BYTES.0);
    let dicts: Vec<&Dictionary> = pages.iter().map(|page| &**page).collect();
    let read: Vec<PageRead> = dicts
        .par_iter()
        .map(|page| read_page(doc, page, limit))
        .collect();
    let mut walk = Walk {
        doc,
        pages: &dicts,
        keeps_unreadable: whole,
        uses: BTreeMap::new(),
        everything: BTreeSet::new(),
        remarks: BTreeMap::new(),
        glyphs: BTreeMap::new(),
        all_glyphs: false,
        met: HashSet::new(),
        outer: BTreeMap::new(),
        lacking: BTreeMap::new(),
        lent: BTreeMap::new(),
        used: Used::default(),
        queue: Vec::new(),
        bytes: FILE_BYTES,
    };
    for (page, read) in read.into_iter().enumerate() {
        for (id, remarks) in read.remarks {
            walk.remark(id, &remarks);
        }
        let page = Holder::Page(page);
        walk.uses(page, page, &read.named, read.whole);
    }
    for (page, look) in looks {
        walk.used.drawn.insert(*look);
        walk.queue.push((Holder::Page(*page), *look));
    }
    walk.run();
    if walk.all_glyphs {
        walk.take_all_glyphs();
    }
    let resources: Vec<(Holder, Dictionary)> = walk
        .uses
        .keys()
        .filter(|holder| !walk.everything.contains(holder))
        .filter_map(|holder| Some((*holder, walk.cut(*holder)?)))
        .collect();
    let programs: Vec<(ObjectId, Dictionary)> = walk
        .glyphs
        .iter()
        .filter_map(|(font, glyphs)| Some((*font, walk.cut_glyphs(*font, glyphs)?)))
        .collect();
    let Walk {
        mut used, remarks, ..
    } = walk;
    for (holder, cut) in resources {
        match holder {
            Holder::Page(page) => pages[page].set("Resources", cut),
            Holder::Object(id) => {
                if let Some(dict) = dict_mut(doc, id) {
                    dict.set("Resources", cut);
                }
            }
        }
    }
    for (font, programs) in programs {
        if let Some(dict) = dict_mut(doc, font) {
            dict.set("CharProcs", programs);
        }
    }
    for (id, remarks) in remarks {
        if let Ok(Object::Stream(stream)) = doc.get_object_mut(id)
            && remove(stream, &remarks)
        {
            used.changed.insert(id);
        }
    }
    used
}

fn dict_mut(doc: &mut Document, id: ObjectId) -> Option<&mut Dictionary> {
    match doc.get_object_mut(id).ok()? {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&mut stream.dict),
        _ => None,
    }
}

/// Removes comments from a stream's content. Returns whether it was changed.
fn remove(stream: &mut Stream, remarks: &[Range<usize>]) -> bool {
    if remarks.is_empty() {
        return false;
    }
    let Some(content) = decoded(stream, PAGE_BYTES.0) else {
        return false;
    };
    for key in [b"Filter".as_slice(), b"DecodeParms", b"DL"] {
        stream.dict.remove(key);
    }
    stream.set_plain_content(without(&content, remarks));
    if stream.content.len() >= WORTH_PACKING {
        // What cannot be compressed stays as it is.
        let _ = stream.compress();
    }
    true
}

/// Reads the content of a page. Its streams are read together, as an operator may be in one and its
/// operands in another.
fn read_page(doc: &Document, page: &Dictionary, limit: usize) -> PageRead {
    let (mut content, mut starts, mut whole) = (Vec::new(), Vec::new(), true);
    for entry in crate::pdf::page_tree::contents(doc, page) {
        let Object::Stream(stream) = resolve(doc, entry) else {
            continue;
        };
        let left = limit.saturating_sub(content.len());
        match decoded(stream, left).filter(|_| left > 0) {
            Some(part) => {
                if let Some(id) = target(doc, entry) {
                    starts.push((content.len(), id));
                }
                content.extend(part);
                content.push(b'\n');
            }
            None => whole = false,
        }
    }
    let (named, remarks) = named(&content);
    let mut by_stream: Vec<(ObjectId, Vec<Range<usize>>)> =
        starts.iter().map(|(_, id)| (*id, Vec::new())).collect();
    for remark in remarks {
        let at = starts.partition_point(|(start, _)| *start <= remark.start);
        if let Some(at) = at.checked_sub(1)
            && let (Some((start, _)), Some((_, own))) = (starts.get(at), by_stream.get_mut(at))
        {
            own.push(remark.start - start..remark.end - start);
        }
    }
    PageRead {
        named,
        remarks: by_stream,
        whole,
    }
}

/// The walk over everything that pages draw.
struct Walk<'a> {
    doc: &'a Document,
    pages: &'a [&'a Dictionary],
    keeps_unreadable: bool,
    /// What is used, by the owner of the resources in which it is looked up.
    uses: BTreeMap<Holder, Named>,
    /// The owners that keep all their resources.
    everything: BTreeSet<Holder>,
    remarks: BTreeMap<ObjectId, Vec<Range<usize>>>,
    /// The glyphs in use of fonts whose glyphs are drawn.
    glyphs: BTreeMap<ObjectId, Glyphs>,
    /// Whether there is text whose font is not known.
    all_glyphs: bool,
    met: HashSet<(Holder, ObjectId)>,
    /// The holders that draw each holder. Their resources are searched for what its own do not have.
    outer: BTreeMap<Holder, BTreeSet<Holder>>,
    /// What is used and is not in the holder's own resources.
    lacking: BTreeMap<Holder, Named>,
    /// How much one holder took from the resources of another.
    lent: BTreeMap<(Holder, Holder), usize>,
    used: Used,
    /// The content still to be read, each with the holder whose resources it uses if it has none.
    queue: Vec<(Holder, ObjectId)>,
    bytes: usize,
}

/// What is used of a font whose glyphs are drawn.
struct Glyphs {
    /// The holder whose resources its glyphs use.
    holder: Holder,
    names: BTreeSet<Vec<u8>>,
    all: bool,
}

impl<'a> Walk<'a> {
    fn resources(&self, holder: Holder) -> Option<&'a Dictionary> {
        match holder {
            Holder::Page(page) => get_dict(self.doc, self.pages.get(page)?, b"Resources"),
            Holder::Object(id) => {
                let object = self.doc.get_object(id).ok()?;
                get_dict(self.doc, as_dict(object)?, b"Resources")
            }
        }
    }

    fn run(&mut self) {
        loop {
            while let Some((outer, id)) = self.queue.pop() {
                self.read(outer, id);
            }
            if !self.lend() {
                return;
            }
        }
    }

    /// Reads content that is drawn by the content of `outer`.
    fn read(&mut self, outer: Holder, id: ObjectId) {
        let Ok(Object::Stream(stream)) = self.doc.get_object(id) else {
            return;
        };
        let holder = match get_dict(self.doc, &stream.dict, b"Resources") {
            Some(_) => Holder::Object(id),
            None => outer,
        };
        if holder != outer {
            self.outer.entry(holder).or_default().insert(outer);
        }
        if !self.met.insert((holder, id)) {
            return;
        }
        let content = decoded(stream, self.bytes.min(PAGE_BYTES.0));
        self.bytes -= content.as_ref().map_or(0, Vec::len).min(self.bytes);
        let whole = content.is_some();
        let (named, remarks) = named(&content.unwrap_or_default());
        self.remark(id, &remarks);
        self.uses(holder, holder, &named, whole);
        let lacking = self.without_own(holder, &named);
        if !lacking.is_empty() {
            self.lacking.entry(holder).or_default().add(&lacking);
        }
    }

    /// What is used and is not in the resources of `holder`.
    fn without_own(&self, holder: Holder, named: &Named) -> Named {
        let resources = self.resources(holder);
        named.lacking(|kind, name| {
            // These need no resources.
            let is_plain = name.starts_with(b"Device") || name == b"Pattern";
            (kind == b"ColorSpace" && is_plain)
                || resources
                    .and_then(|resources| get_dict(self.doc, resources, kind))
                    .is_some_and(|listed| listed.has(name))
        })
    }

    /// Takes what the resources of holders do not have from those of whatever draws them, and so on
    /// outwards, as readers do. Returns whether there was anything new.
    fn lend(&mut self) -> bool {
        let mut any = false;
        for (holder, lacking) in self.lacking.clone() {
            let mut open = vec![(holder, lacking)];
            let mut met = HashSet::from([holder]);
            while let Some((at, lacking)) = open.pop() {
                for outer in self.outer.get(&at).cloned().unwrap_or_default() {
                    if !met.insert(outer) {
                        continue;
                    }
                    let lent = self.lent.insert((holder, outer), lacking.len());
                    if lent != Some(lacking.len()) {
                        any = true;
                        self.uses(outer, holder, &lacking, true);
                    }
                    let rest = self.without_own(outer, &lacking);
                    if !rest.is_empty() {
                        open.push((outer, rest));
                    }
                }
            }
        }
        any
    }

    /// Remembers the comments in a stream. If they are not the same wherever it is used, it keeps them
    /// all.
    fn remark(&mut self, id: ObjectId, remarks: &[Range<usize>]) {
        let known = self.remarks.entry(id).or_insert_with(|| remarks.to_vec());
        if known != remarks {
            known.clear();
        }
    }

    /// Takes what content uses from the resources of `holder`. The content belongs to `drawer`.
    fn uses(&mut self, holder: Holder, drawer: Holder, named: &Named, whole: bool) {
        self.all_glyphs |= named.inherits_font;
        let Some(resources) = self.resources(holder) else {
            self.uses.entry(holder).or_default().add(named);
            return;
        };
        let doc = self.doc;
        for kind in KINDS {
            let Some(listed) = get_dict(doc, resources, kind) else {
                continue;
            };
            for (name, entry) in listed {
                let known = |uses: &Named| uses.has(kind, name);
                let taken = named.has(kind, name) || !whole && self.keeps_unreadable;
                if taken && (drawer != holder || !self.uses.get(&holder).is_some_and(known)) {
                    self.take(drawer, kind, entry);
                }
            }
        }
        if let Some(fonts) = get_dict(doc, resources, b"Font") {
            for (name, codes) in &named.codes {
                if let Ok(font) = fonts.get(name) {
                    self.show(font, codes);
                }
            }
        }
        if !whole {
            self.all_glyphs = true;
            if self.keeps_unreadable {
                self.everything.insert(holder);
            }
        }
        self.uses.entry(holder).or_default().add(named);
    }

    /// Follows a resource that is used.
    fn take(&mut self, holder: Holder, kind: &[u8], entry: &'a Object) {
        let doc = self.doc;
        let id = target(doc, entry);
        let object = resolve(doc, entry);
        if substance::is_one(doc, kind, object) {
            self.used.all.extend(id);
        }
        let Some(dict) = as_dict(object) else { return };
        match (kind, object) {
            (b"XObject", Object::Stream(_)) => {
                self.used.drawn.extend(id);
                if get_name(doc, dict, b"Subtype") != Some(b"Image") {
                    self.queue.extend(id.map(|id| (holder, id)));
                }
            }
            (b"Pattern", _) => {
                if let Object::Stream(_) = object {
                    self.queue.extend(id.map(|id| (holder, id)));
                }
                if let Some(state) = get_dict(doc, dict, b"ExtGState") {
                    self.state(holder, state);
                }
            }
            (b"ExtGState", _) => self.state(holder, dict),
            (b"Font", _) => self.font(holder, entry),
            _ => {}
        }
    }

    /// Follows a graphics state.
    fn state(&mut self, holder: Holder, state: &'a Dictionary) {
        let doc = self.doc;
        if let Some(mask) = get_dict(doc, state, b"SMask")
            && let Some(group) = mask.get(b"G").ok().and_then(|group| target(doc, group))
        {
            self.queue.push((holder, group));
        }
        let font = get_array(doc, state, b"Font").and_then(<[Object]>::first);
        if let Some(font) = font {
            self.font(holder, font);
            self.all_glyphs = true;
        }
    }

    /// Remembers a font whose glyphs are drawn.
    fn font(&mut self, holder: Holder, entry: &'a Object) {
        let doc = self.doc;
        let Some((id, dict)) = target(doc, entry).zip(as_dict(resolve(doc, entry))) else {
            return;
        };
        if get_name(doc, dict, b"Subtype") == Some(b"Type3") {
            let own = get_dict(doc, dict, b"Resources").is_some();
            self.glyphs.entry(id).or_insert(Glyphs {
                holder: if own { Holder::Object(id) } else { holder },
                names: BTreeSet::new(),
                all: false,
            });
            self.uses
                .entry(if own { Holder::Object(id) } else { holder })
                .or_default();
        }
    }

    /// Takes the glyphs that a font has for some codes.
    fn show(&mut self, entry: &'a Object, codes: &Shown) {
        let doc = self.doc;
        let Some((id, dict)) = target(doc, entry).zip(as_dict(resolve(doc, entry))) else {
            return;
        };
        if !self.glyphs.contains_key(&id) {
            return;
        }
        let names = differences(doc, dict);
        for code in codes.codes() {
            match names.get(&code) {
                Some(name) => self.glyph(id, dict, name),
                None => {
                    if let Some(glyphs) = self.glyphs.get_mut(&id) {
                        // A code that the font does not name may get a name from a base encoding.
                        glyphs.all |= get(doc, dict, b"Encoding").is_none_or(|encoding| {
                            as_dict(encoding).is_none_or(|it| it.has(b"BaseEncoding"))
                        });
                    }
                }
            }
        }
        self.glyph(id, dict, b".notdef");
        if self.glyphs.get(&id).is_some_and(|glyphs| glyphs.all) {
            self.every_glyph(id);
        }
    }

    fn glyph(&mut self, font: ObjectId, dict: &'a Dictionary, name: &[u8]) {
        let Some(glyphs) = self.glyphs.get_mut(&font) else {
            return;
        };
        if !glyphs.names.insert(name.to_vec()) {
            return;
        }
        let program = get_dict(self.doc, dict, b"CharProcs")
            .and_then(|programs| programs.get(name).ok())
            .and_then(|program| target(self.doc, program));
        self.queue
            .extend(program.map(|program| (glyphs.holder, program)));
    }

    fn every_glyph(&mut self, font: ObjectId) {
        let Some(dict) = self.doc.get_object(font).ok().and_then(as_dict) else {
            return;
        };
        if let Some(programs) = get_dict(self.doc, dict, b"CharProcs") {
            for (name, _) in programs {
                self.glyph(font, dict, name);
            }
        }
    }

    /// Takes all glyphs of all fonts so far, until that leads to no other font.
    fn take_all_glyphs(&mut self) {
        let mut done = 0;
        while done < self.glyphs.len() {
            done = self.glyphs.len();
            let fonts: Vec<ObjectId> = self.glyphs.keys().copied().collect();
            for font in fonts {
                self.every_glyph(font);
            }
            self.run();
        }
    }

    /// The resources of `holder`, reduced to what is used.
    fn cut(&self, holder: Holder) -> Option<Dictionary> {
        let resources = self.resources(holder)?;
        let uses = self.uses.get(&holder)?;
        let mut cut = Dictionary::new();
        if let Some(sets) = get_array(self.doc, resources, b"ProcSet") {
            let names = sets.iter().filter(|set| matches!(set, Object::Name(_)));
            cut.set("ProcSet", names.cloned().collect::<Vec<_>>());
        }
        for kind in KINDS {
            let mut own = Dictionary::new();
            for (name, entry) in get_dict(self.doc, resources, kind).into_iter().flatten() {
                // Device colours are shown in these spaces.
                let is_default = kind == b"ColorSpace" && name.starts_with(b"Default");
                if is_default || uses.has(kind, name) {
                    own.set(name.clone(), entry.clone());
                }
            }
            if !own.is_empty() {
                cut.set(kind, own);
            }
        }
        Some(cut)
    }

    /// The programs of a font's glyphs that are used.
    fn cut_glyphs(&self, font: ObjectId, glyphs: &Glyphs) -> Option<Dictionary> {
        let dict = as_dict(self.doc.get_object(font).ok()?)?;
        let programs = get_dict(self.doc, dict, b"CharProcs")?;
        let used = programs
            .iter()
            .filter(|(name, _)| glyphs.names.contains(*name));
        Some(
            used.map(|(name, program)| (name.clone(), program.clone()))
                .collect(),
        )
    }
}

/// The glyphs that a font's encoding names, by their codes.
fn differences<'a>(doc: &'a Document, font: &'a Dictionary) -> BTreeMap<u8, &'a [u8]> {
    let mut names = BTreeMap::new();
    let listed = get_dict(doc, font, b"Encoding")
        .and_then(|encoding| get_array(doc, encoding, b"Differences"));
    let mut code = 0_i64;
    for entry in listed.unwrap_or_default() {
        match resolve(doc, entry) {
            Object::Integer(next) => code = *next,
            Object::Name(name) => {
                if let Ok(code) = u8::try_from(code) {
                    names.insert(code, name.as_slice());
                }
                code += 1;
            }
            _ => {}
        }
    }
    names
}
