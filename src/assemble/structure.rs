//! The structure tree of one file, read whole, cut to the selected pages and written anew.
//!
//! The tree's own `K` entries are the truth, and the ParentTree adds what they do not reach; it is
//! made anew rather than copied, so that it is complete, flat and free of what other programs left
//! in it. It knows nothing of
//! the other files in the pack: [`super::graft`] puts the trees together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{as_dict, get, get_dict, get_int, get_name, name, reference, resolve};

/// How far an element may be from the root where only the ParentTree leads to it.
const DEEPEST: usize = 96;
/// Elements read at most; the largest report seen has 40,000.
const MOST_ELEMENTS: usize = 2_000_000;
/// How many of a file's own types may lead from one to the next.
const MOST_ROLES: usize = 16;
/// The highest marked-content number a page may use: what an array entry each can be kept for.
const HIGHEST_MCID: i64 = 1 << 20;
/// Attributes of an element that travel. `AF` does not (it embeds files), nor private keys.
const KEPT: [&[u8]; 13] = [
    b"S",
    b"ID",
    b"R",
    b"T",
    b"Lang",
    b"Alt",
    b"E",
    b"ActualText",
    b"A",
    b"C",
    b"NS",
    b"Phoneme",
    b"Ref",
];

/// Something that an element holds.
#[derive(Debug, Clone)]
enum Kid {
    /// Another element, by its place in the arena.
    Element(usize),
    /// Marked content of a page (or of a stream drawn on it).
    Marked {
        page: Option<ObjectId>,
        stream: Option<ObjectId>,
        mcid: i64,
    },
    /// An annotation or an XObject as a whole.
    Object {
        page: Option<ObjectId>,
        target: ObjectId,
    },
}

#[derive(Debug)]
struct Element {
    id: Option<ObjectId>,
    dict: Dictionary,
    page: Option<ObjectId>,
    parent: Option<usize>,
    kids: Vec<Kid>,
}

/// A structure tree in memory.
#[derive(Debug, Default)]
pub(super) struct Tree {
    elements: Vec<Element>,
    roots: Vec<usize>,
    /// The file's own types, and what each is one of.
    roles: Dictionary,
    /// Whether something was left out because it made no sense.
    pub(super) broken: bool,
}

/// What an emitted tree is made of, by object.
#[derive(Debug, Default)]
pub(super) struct Emitted {
    /// The elements directly below the root.
    pub(super) roots: Vec<ObjectId>,
    /// Every element that travels.
    pub(super) kept: BTreeSet<ObjectId>,
    /// Every element that was in the file and does not.
    pub(super) dropped: HashSet<ObjectId>,
    /// Entries of the ParentTree: who refers to them by which key, and what they hold.
    pub(super) parents: Vec<Parent>,
    /// Elements with an identifier.
    pub(super) ids: Vec<(Vec<u8>, ObjectId)>,
    /// The namespaces of elements.
    pub(super) namespaces: HashSet<ObjectId>,
    /// The types of elements and their classes, as the file calls them.
    types: BTreeSet<Vec<u8>>,
    classes: BTreeSet<Vec<u8>>,
    /// Structure elements on the selected pages before the tree was written anew.
    pub(super) elements_in: usize,
}

impl Emitted {
    /// Of a role map what the types of elements lead to.
    pub(super) fn roles(&self, map: &Dictionary) -> Dictionary {
        let mut used = Dictionary::new();
        for kind in &self.types {
            let mut kind = kind;
            while let Ok(target) = map.get(kind)
                && !used.has(kind)
            {
                used.set(kind.clone(), target.clone());
                match target {
                    Object::Name(next) => kind = next,
                    _ => break,
                }
            }
        }
        used
    }

    /// Of a class map the classes that elements have.
    pub(super) fn classes(&self, map: &Dictionary) -> Dictionary {
        let used = map
            .iter()
            .filter(|(class, _)| self.classes.contains(*class));
        used.map(|(class, attributes)| (class.clone(), attributes.clone()))
            .collect()
    }

    /// Notes what an element names beside the tree.
    fn note(&mut self, doc: &Document, element: &Dictionary) {
        if let Some(Object::Name(kind)) = get(doc, element, b"S") {
            self.types.insert(kind.clone());
        }
        self.namespaces
            .extend(element.get(b"NS").ok().and_then(reference));
        match get(doc, element, b"C") {
            Some(Object::Name(class)) => {
                self.classes.insert(class.clone());
            }
            Some(Object::Array(classes)) => {
                let names = classes.iter().map(|class| resolve(doc, class));
                let names = names.filter_map(|class| class.as_name().ok());
                self.classes.extend(names.map(<[u8]>::to_vec));
            }
            _ => {}
        }
    }
}

/// One entry of the ParentTree.
#[derive(Debug)]
pub(super) enum Parent {
    /// A page's or a stream's: elements by marked-content number.
    Contents {
        holder: ObjectId,
        elements: Vec<Option<ObjectId>>,
    },
    /// An annotation's or XObject's: the element that holds it.
    Whole { holder: ObjectId, element: ObjectId },
}

/// Reads the structure tree of `doc`, if it has one.
pub(super) fn read(doc: &Document) -> Option<Tree> {
    let root = get_dict(doc, doc.catalog().ok()?, b"StructTreeRoot")?;
    let mut reading = Reading {
        doc,
        tree: Tree {
            roles: names(doc, b"RoleMap"),
            ..Tree::default()
        },
        seen: HashMap::new(),
    };
    reading.below(None, children(doc, root));
    reading.of_parent_tree(root);
    let tree = reading.tree;
    (!tree.elements.is_empty()).then_some(tree)
}

/// A tree while it is read.
struct Reading<'a> {
    doc: &'a Document,
    tree: Tree,
    /// Where each element is in the arena.
    seen: HashMap<ObjectId, usize>,
}

impl<'a> Reading<'a> {
    /// Reads what a parent has below it.
    fn below(&mut self, parent: Option<usize>, kids: Vec<&'a Object>) {
        let doc = self.doc;
        let tree = &mut self.tree;
        let mut pending: Vec<(Option<usize>, Vec<&Object>)> = vec![(parent, kids)];
        while let Some((parent, kids)) = pending.pop() {
            for kid in kids {
                let page = parent.and_then(|parent| tree.elements[parent].page);
                let id = reference(kid);
                match resolve(doc, kid) {
                    Object::Integer(mcid) => tree.hold(
                        parent,
                        Kid::Marked {
                            page,
                            stream: None,
                            mcid: *mcid,
                        },
                    ),
                    Object::Dictionary(dict) => match kind(doc, dict) {
                        Some(b"MCR") => {
                            let page = dict.get(b"Pg").ok().and_then(reference).or(page);
                            let stream = dict.get(b"Stm").ok().and_then(reference);
                            match get(doc, dict, b"MCID") {
                                Some(Object::Integer(mcid)) => {
                                    tree.hold(
                                        parent,
                                        Kid::Marked {
                                            page,
                                            stream,
                                            mcid: *mcid,
                                        },
                                    );
                                }
                                _ => tree.broken = true,
                            }
                        }
                        Some(b"OBJR") => {
                            let page = dict.get(b"Pg").ok().and_then(reference).or(page);
                            match dict.get(b"Obj").ok().and_then(reference) {
                                Some(target) => tree.hold(parent, Kid::Object { page, target }),
                                None => tree.broken = true,
                            }
                        }
                        _ if is_element(doc, dict) => {
                            if tree.elements.len() >= MOST_ELEMENTS
                                || id.is_some_and(|id| self.seen.contains_key(&id))
                            {
                                tree.broken = true;
                                continue;
                            }
                            let index = tree.elements.len();
                            if let Some(id) = id {
                                self.seen.insert(id, index);
                            }
                            let mut kept = Dictionary::new();
                            for key in KEPT {
                                if let Ok(value) = dict.get(key) {
                                    kept.set(key, value.clone());
                                }
                            }
                            // What is no kind of element leaves the words in their place.
                            let kind = get(doc, dict, b"S").filter(|kind| kind.as_name().is_ok());
                            tree.broken |= kind.is_none();
                            kept.set("S", kind.cloned().unwrap_or_else(|| name("NonStruct")));
                            let own = dict.get(b"Pg").ok().and_then(reference).or(page);
                            tree.elements.push(Element {
                                id,
                                dict: kept,
                                page: own,
                                parent,
                                kids: Vec::new(),
                            });
                            match parent {
                                Some(parent) => {
                                    tree.elements[parent].kids.push(Kid::Element(index));
                                }
                                None => tree.roots.push(index),
                            }
                            pending.push((Some(index), children(doc, dict)));
                        }
                        _ => tree.broken = true,
                    },
                    Object::Null => {}
                    _ => tree.broken = true,
                }
            }
        }
    }

    /// Reads what only the ParentTree reaches: the elements of page numbers, say, that a program set
    /// beside the text and never hung into the tree. Each comes last below the parent that it names.
    fn of_parent_tree(&mut self, root: &'a Dictionary) {
        let doc = self.doc;
        let Some(parents) = get_dict(doc, root, b"ParentTree") else {
            return;
        };
        let entries = numbered(doc, parents);
        let mut placed: HashSet<(ObjectId, i64)> = HashSet::new();
        for kid in self.tree.elements.iter().flat_map(|element| &element.kids) {
            if let Kid::Marked {
                page: Some(page),
                stream: None,
                mcid,
            } = kid
            {
                placed.insert((*page, *mcid));
            }
        }
        for (page, object) in &doc.objects {
            let Some(key) = as_dict(object)
                .filter(
                    |dict| matches!(dict.get(b"Type"), Ok(Object::Name(kind)) if kind == b"Page"),
                )
                .and_then(|dict| get_int(doc, dict, b"StructParents"))
            else {
                continue;
            };
            let Some(Object::Array(elements)) = entries.get(&key).map(|entry| resolve(doc, entry))
            else {
                continue;
            };
            for (mcid, element) in (0..HIGHEST_MCID).zip(elements) {
                if placed.contains(&(*page, mcid)) {
                    continue;
                }
                let before = self.tree.elements.len();
                let Some(index) = self.hung(element) else {
                    continue;
                };
                let holds = |element: &Element| {
                    element.kids.iter().any(|kid| {
                        matches!(kid, Kid::Marked { page: Some(at), stream: None, mcid: own }
                            if at == page && *own == mcid)
                    })
                };
                if !self.tree.elements[before..].iter().any(holds)
                    && !holds(&self.tree.elements[index])
                {
                    self.tree.elements[index].kids.push(Kid::Marked {
                        page: Some(*page),
                        stream: None,
                        mcid,
                    });
                }
            }
        }
        // What stands for a link or a field as a whole.
        for entry in entries.into_values() {
            if as_dict(resolve(doc, entry)).is_some() {
                self.hung(entry);
            }
        }
    }

    /// The place of an element, which is hung below its parent if it was not reached before; nothing
    /// where nothing leads from it to the root.
    fn hung(&mut self, element: &'a Object) -> Option<usize> {
        let doc = self.doc;
        let mut up: Vec<&Object> = Vec::new();
        let mut at = element;
        let mut parent = loop {
            let dict = as_dict(resolve(doc, at))?;
            if let Some(known) = reference(at).and_then(|id| self.seen.get(&id)) {
                break Some(*known);
            }
            if !is_element(doc, dict) {
                let is_root = matches!(dict.get(b"Type"), Ok(Object::Name(kind)) if kind == b"StructTreeRoot");
                if is_root {
                    break None;
                }
                return None;
            }
            if up.len() >= DEEPEST {
                return None;
            }
            up.push(at);
            at = dict.get(b"P").ok()?;
        };
        for object in up.into_iter().rev() {
            let id = reference(object)?;
            if !self.seen.contains_key(&id) {
                self.below(parent, vec![object]);
            }
            parent = Some(*self.seen.get(&id)?);
        }
        parent
    }
}

/// The entries of a number tree.
fn numbered<'a>(doc: &'a Document, root: &'a Dictionary) -> BTreeMap<i64, &'a Object> {
    let mut entries = BTreeMap::new();
    let mut met: HashSet<ObjectId> = HashSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if let Some(Object::Array(numbers)) = get(doc, node, b"Nums") {
            for pair in numbers.chunks_exact(2) {
                if let Object::Integer(key) = resolve(doc, &pair[0]) {
                    entries.entry(*key).or_insert(&pair[1]);
                }
            }
        }
        if let Some(Object::Array(kids)) = get(doc, node, b"Kids") {
            let fresh = kids
                .iter()
                .filter(|kid| reference(kid).is_some_and(|id| met.insert(id)));
            open.extend(fresh.filter_map(|kid| as_dict(resolve(doc, kid))));
        }
    }
    entries
}

/// The `K` of an element, always as a list.
fn children<'a>(doc: &'a Document, dict: &'a Dictionary) -> Vec<&'a Object> {
    match dict.get(b"K") {
        Ok(kids) => match resolve(doc, kids) {
            Object::Array(array) => array.iter().collect(),
            _ => vec![kids],
        },
        Err(_) => Vec::new(),
    }
}

/// Whether a dictionary is an element, which need not say so. In a damaged file a page may have what
/// makes an element.
fn is_element(doc: &Document, dict: &Dictionary) -> bool {
    let other = matches!(
        get_name(doc, dict, b"Type"),
        Some(b"Page" | b"Pages" | b"Catalog" | b"Annot" | b"StructTreeRoot")
    );
    dict.has(b"S") && !other
}

fn kind<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<&'a [u8]> {
    match get(doc, dict, b"Type") {
        Some(Object::Name(name)) => Some(name),
        _ if dict.has(b"MCID") && !dict.has(b"S") => Some(b"MCR"),
        _ if dict.has(b"Obj") && !dict.has(b"S") => Some(b"OBJR"),
        _ => None,
    }
}

impl Tree {
    fn hold(&mut self, parent: Option<usize>, kid: Kid) {
        match parent {
            Some(parent) => self.elements[parent].kids.push(kid),
            None => self.broken = true,
        }
    }

    /// Puts marked content in the place of annotations that are drawn on their pages from now on.
    /// Returns the number each got.
    pub(super) fn draw_instead(
        &mut self,
        drawn: &HashMap<ObjectId, ObjectId>,
    ) -> HashMap<ObjectId, i64> {
        let mut next: HashMap<ObjectId, i64> = HashMap::new();
        for kid in self.elements.iter().flat_map(|element| &element.kids) {
            if let Kid::Marked {
                page: Some(page),
                mcid,
                ..
            } = kid
                && *mcid < HIGHEST_MCID
            {
                let free = next.entry(*page).or_default();
                *free = (*free).max(mcid + 1);
            }
        }
        let mut marks = HashMap::new();
        for element in &mut self.elements {
            let mut drawn_here = false;
            for kid in &mut element.kids {
                if let Kid::Object { target, .. } = kid
                    && let Some(page) = drawn.get(target)
                    && !marks.contains_key(target)
                {
                    let free = next.entry(*page).or_default();
                    marks.insert(*target, *free);
                    *kid = Kid::Marked {
                        page: Some(*page),
                        stream: None,
                        mcid: *free,
                    };
                    *free += 1;
                    drawn_here = true;
                }
            }
            // A form without a field and an annotation without one are faults (ISO 14289-1, 7.18.4).
            let for_annotations = matches!(
                standard_type(&self.roles, &element.dict),
                Some(b"Form" | b"Annot")
            );
            if drawn_here && for_annotations {
                let holds_elements = element
                    .kids
                    .iter()
                    .any(|kid| matches!(kid, Kid::Element(_)));
                let kind = if holds_elements { "Div" } else { "Span" };
                element.dict.set("S", Object::Name(kind.into()));
            }
        }
        marks
    }

    /// Gives headings that have no level the one that their place in the tree gives them: papers of
    /// a pack have levels, and both kinds do not go together (ISO 14289-1, 7.4.4).
    pub(super) fn level_headings(&mut self) {
        let is_heading =
            |element: &Element| standard_type(&self.roles, &element.dict) == Some(b"H");
        let headings: Vec<bool> = self.elements.iter().map(is_heading).collect();
        // How many of those that an element is inside of have a heading of their own.
        let mut levels: Vec<usize> = Vec::with_capacity(headings.len());
        for element in &self.elements {
            let above = element
                .parent
                .and_then(|parent| levels.get(parent))
                .copied()
                .unwrap_or(0);
            let headed = element
                .kids
                .iter()
                .any(|kid| matches!(kid, Kid::Element(kid) if headings[*kid]));
            levels.push(above + usize::from(headed));
        }
        for (index, element) in self.elements.iter_mut().enumerate() {
            if headings[index] {
                let level = element.parent.map_or(1, |parent| levels[parent]);
                let kind = format!("H{}", level.clamp(1, 6));
                element.dict.set("S", Object::Name(kind.into_bytes()));
            }
        }
    }

    /// For each page or stream, the lowest number that its marked content cannot have: its elements
    /// stand in an array as long as the highest, and a number made up must not fill the memory.
    fn rooms(&self) -> HashMap<ObjectId, i64> {
        let mut rooms: HashMap<ObjectId, i64> = HashMap::new();
        for kid in self.elements.iter().flat_map(|element| &element.kids) {
            if let Kid::Marked { page, stream, .. } = kid
                && let Some(holder) = stream.or(*page)
            {
                let room = rooms.entry(holder).or_insert(1 << 10);
                *room = (*room + (1 << 6)).min(HIGHEST_MCID);
            }
        }
        rooms
    }

    /// Cuts the tree to `pages` and to the annotations and streams that `lives` lets pass.
    ///
    /// An element stays when something on a selected page is below it, or when it never held
    /// anything and its parent stays: an empty cell keeps its table regular. All cells of a row
    /// stay with the row. What is said in words of an element that loses content says what that is,
    /// and goes with it.
    pub(super) fn cut(
        &mut self,
        doc: &Document,
        pages: &HashSet<ObjectId>,
        whole: bool,
        lives: impl Fn(ObjectId) -> bool,
    ) -> Vec<bool> {
        let count = self.elements.len();
        let (mut had, mut has) = (vec![false; count], vec![whole; count]);
        let mut lost = vec![false; count];
        let rooms = self.rooms();
        // Content has one place in the tree: the first that claims it.
        let mut placed: HashSet<(ObjectId, Option<i64>)> = HashSet::new();
        for index in 0..count {
            let element = &mut self.elements[index];
            let mut held = false;
            let mut broken = false;
            element.kids.retain(|kid| match kid {
                Kid::Element(_) => true,
                Kid::Marked { page, stream, mcid } => {
                    held = true;
                    let room = page.and_then(|page| rooms.get(&stream.unwrap_or(page)));
                    let valid = room.is_some_and(|room| (0..*room).contains(mcid))
                        && stream.is_none_or(&lives);
                    broken |= !valid;
                    lost[index] |= page.is_some_and(|page| !pages.contains(&page));
                    let taken = page.filter(|page| pages.contains(page));
                    let first = taken
                        .is_some_and(|page| placed.insert((stream.unwrap_or(page), Some(*mcid))));
                    broken |= whole && !first;
                    valid && first
                }
                Kid::Object { page, target } => {
                    held = true;
                    lost[index] |= page.is_some_and(|page| !pages.contains(&page));
                    page.is_none_or(|page| pages.contains(&page))
                        && lives(*target)
                        && placed.insert((*target, None))
                }
            });
            self.broken |= broken;
            had[index] |= held;
            has[index] |= element
                .kids
                .iter()
                .any(|kid| !matches!(kid, Kid::Element(_)));
        }
        // Parents come before their children in the arena, so backwards is bottom up.
        for index in (0..count).rev() {
            if let Some(parent) = self.elements[index].parent {
                had[parent] |= had[index];
                has[parent] |= has[index];
                lost[parent] |= lost[index];
            }
        }
        if !whole {
            for (element, (lost, has)) in self.elements.iter_mut().zip(lost.iter().zip(&has)) {
                if *lost || !*has {
                    wordless(doc, &mut element.dict);
                }
            }
        }
        let mut keep = has;
        for index in 0..count {
            if let Some(parent) = self.elements[index].parent
                && keep[parent]
                && (!had[index] || is_row(&self.elements[parent].dict))
            {
                keep[index] = true;
            }
        }
        keep
    }

    /// Puts the kept elements into `doc` as objects, replacing those they were read from.
    pub(super) fn emit(
        self,
        doc: &mut Document,
        keep: &[bool],
        mut fresh: impl FnMut(&Document) -> ObjectId,
    ) -> Emitted {
        let mut emitted = Emitted::default();
        let ids: Vec<Option<ObjectId>> = self
            .elements
            .iter()
            .zip(keep)
            .map(|(element, keep)| {
                if !*keep {
                    emitted.dropped.extend(element.id);
                    return None;
                }
                Some(element.id.unwrap_or_else(|| {
                    let id = fresh(doc);
                    doc.objects.insert(id, Object::Null);
                    id
                }))
            })
            .collect();
        emitted.kept = ids.iter().flatten().copied().collect();
        emitted.elements_in = keep.iter().filter(|keep| **keep).count();
        emitted.roots = self.roots.iter().filter_map(|root| ids[*root]).collect();

        let mut contents: BTreeMap<ObjectId, BTreeMap<i64, ObjectId>> = BTreeMap::new();
        let mut whole: BTreeMap<ObjectId, ObjectId> = BTreeMap::new();
        for (index, element) in self.elements.into_iter().enumerate() {
            let Some(id) = ids[index] else { continue };
            let mut dict = element.dict;
            if let Some(Object::String(name, _)) = get(doc, &dict, b"ID") {
                emitted.ids.push((name.clone(), id));
            }
            emitted.note(doc, &dict);
            dict.set("Type", Object::Name(b"StructElem".to_vec()));
            if let Some(parent) = element.parent.and_then(|parent| ids[parent]) {
                dict.set("P", parent);
            }
            if let Some(page) = element.page {
                dict.set("Pg", page);
            }
            let mut kids = Vec::with_capacity(element.kids.len());
            for kid in element.kids {
                match kid {
                    Kid::Element(kid) => kids.extend(ids[kid].map(Object::Reference)),
                    Kid::Marked {
                        page: Some(page),
                        stream,
                        mcid,
                    } => {
                        contents
                            .entry(stream.unwrap_or(page))
                            .or_default()
                            .insert(mcid, id);
                        kids.push(if stream.is_none() && element.page == Some(page) {
                            Object::Integer(mcid)
                        } else {
                            let mut mcr = Dictionary::new();
                            mcr.set("Type", Object::Name(b"MCR".to_vec()));
                            mcr.set("Pg", page);
                            if let Some(stream) = stream {
                                mcr.set("Stm", stream);
                            }
                            mcr.set("MCID", mcid);
                            Object::Dictionary(mcr)
                        });
                    }
                    Kid::Marked { page: None, .. } => {}
                    Kid::Object { page, target } => {
                        whole.entry(target).or_insert(id);
                        let mut objr = Dictionary::new();
                        objr.set("Type", Object::Name(b"OBJR".to_vec()));
                        if let Some(page) = page.or(element.page) {
                            objr.set("Pg", page);
                        }
                        objr.set("Obj", target);
                        kids.push(Object::Dictionary(objr));
                    }
                }
            }
            match kids.len() {
                0 => {}
                1 => dict.set("K", kids.swap_remove(0)),
                _ => dict.set("K", kids),
            }
            doc.objects.insert(id, Object::Dictionary(dict));
        }
        for (holder, marked) in contents {
            let length = marked
                .keys()
                .next_back()
                .map_or(0, |highest| usize::try_from(*highest).unwrap_or(0) + 1);
            let mut elements = vec![None; length];
            for (mcid, element) in marked {
                if let Some(slot) = usize::try_from(mcid)
                    .ok()
                    .and_then(|mcid| elements.get_mut(mcid))
                {
                    *slot = Some(element);
                }
            }
            emitted.parents.push(Parent::Contents { holder, elements });
        }
        for (holder, element) in whole {
            emitted.parents.push(Parent::Whole { holder, element });
        }
        emitted
    }
}

/// What an element is one of, by the file's own types.
fn standard_type<'d>(roles: &'d Dictionary, dict: &'d Dictionary) -> Option<&'d [u8]> {
    let mut kind = dict.get(b"S").ok()?.as_name().ok()?;
    for _ in 0..MOST_ROLES {
        match roles.get(kind) {
            Ok(Object::Name(next)) => kind = next,
            _ => break,
        }
    }
    Some(kind)
}

/// Takes out of an element what it says in words.
fn wordless(doc: &Document, element: &mut Dictionary) {
    for key in [b"T".as_slice(), b"Alt", b"E", b"ActualText", b"Phoneme"] {
        element.remove(key);
    }
    let Some(attributes) = get(doc, element, b"A") else {
        return;
    };
    let listed = match attributes {
        Object::Array(listed) => listed.as_slice(),
        one => std::slice::from_ref(one),
    };
    let kept: Vec<Object> = listed
        .iter()
        .filter_map(|attributes| as_dict(resolve(doc, attributes)))
        .filter(|attributes| get_name(doc, attributes, b"O") != Some(b"UserProperties"))
        .map(|attributes| {
            let mut kept = attributes.clone();
            kept.remove(b"Summary");
            kept.remove(b"Contents");
            Object::Dictionary(kept)
        })
        .collect();
    element.set("A", kept);
}

fn is_row(dict: &Dictionary) -> bool {
    matches!(dict.get(b"S"), Ok(Object::Name(name)) if name == b"TR")
}

/// A map of names kept in the tree's root, such as the RoleMap, with its values resolved.
pub(super) fn names(doc: &Document, key: &[u8]) -> Dictionary {
    let mut names = Dictionary::new();
    let root = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"StructTreeRoot"));
    if let Some(map) = root.and_then(|root| get_dict(doc, root, key)) {
        for (name, value) in map {
            names.set(name.clone(), resolve(doc, value).clone());
        }
    }
    names
}

/// The namespaces that the tree's root lists and its elements use.
pub(super) fn namespaces(doc: &Document) -> Vec<ObjectId> {
    let root = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"StructTreeRoot"));
    match root.and_then(|root| get(doc, root, b"Namespaces")) {
        Some(Object::Array(list)) => list
            .iter()
            .filter(|entry| as_dict(resolve(doc, entry)).is_some())
            .filter_map(reference)
            .collect(),
        _ => Vec::new(),
    }
}
