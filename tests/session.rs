//! A pack built by the library alone, as another program would: no command line, nothing written.

use std::path::Path;
use std::sync::Mutex;

use pack::load::{self, PdfContent};
use pack::model::{Audience, Binding, PrintSize};
use pack::pipeline::{Form, Observer, Order, Reading, Request, Session, Step};

/// Remembers what it was told.
#[derive(Default)]
struct Listener {
    told: Mutex<Vec<String>>,
    made: Mutex<Vec<String>>,
}

impl Observer for Listener {
    fn progress(&self, step: Step<'_>) {
        self.told
            .lock()
            .expect("a list")
            .push(step.doing.to_owned());
    }

    fn made(&self, name: &str, bytes: &[u8]) {
        let is_pdf = bytes.starts_with(b"%PDF-");
        assert_eq!(is_pdf, name.ends_with(".pdf"), "{name}");
        self.made.lock().expect("a list").push(name.to_owned());
    }
}

fn read(anew: bool) -> Session {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/parish");
    let (root, folders) = load::select(&samples).expect("a workspace");
    let how = Reading {
        anew,
        ..Reading::of(PdfContent::ALL)
    };
    Session::read(&root, &folders[0], &how)
}

#[test]
fn a_sample_is_built_twice_and_is_set_once() {
    let session = read(true).remembering();
    assert_eq!(session.errors(), 0);
    let orders = [Form::Pdf, Form::Html].map(|form| Order {
        audience: Audience::Public,
        print: PrintSize::Standard,
        form,
        binding: Binding::default(),
    });
    let request = Request {
        anew: true,
        ..Request::of(Audience::Public, &orders)
    };
    let listener = Listener::default();
    let first = session.build(&request, &listener).expect("a pack");
    let names: Vec<&str> = first.outputs.iter().map(|output| &*output.name).collect();
    assert!(
        names.contains(&&*format!("{}.pdf", session.name)),
        "{names:?}"
    );
    assert!(
        names.contains(&&*format!("{}.html", session.name)),
        "{names:?}"
    );
    let mut made = listener.made.lock().expect("a list").clone();
    made.sort();
    let mut outputs = names.clone();
    outputs.sort_unstable();
    assert_eq!(made, outputs, "every file, once");
    assert!(!first.draft);

    let set = session.parts_set();
    assert!(set > 0);
    let second = session.build(&request, &()).expect("the same pack");
    assert_eq!(session.parts_set(), set, "nothing is set again");
    for (one, other) in first.outputs.iter().zip(&second.outputs) {
        assert_eq!((&one.name, &one.bytes), (&other.name, &other.bytes));
    }
}

#[test]
fn a_pack_with_errors_is_built_as_a_draft_only() {
    let mut session = read(true);
    let finding = session.findings.first().cloned().unwrap_or_else(|| {
        pack::finding::Finding::error(
            pack::finding::Code("item-without-report"),
            pack::finding::Place::Nowhere,
            "Item 4 has no report",
        )
    });
    session.findings.push(pack::finding::Finding {
        severity: pack::finding::Severity::Error,
        ..finding
    });
    let order = Order {
        audience: Audience::Public,
        print: PrintSize::Standard,
        form: Form::Html,
        binding: Binding::default(),
    };
    let orders = [order];
    let request = Request {
        anew: true,
        ..Request::of(Audience::Public, &orders)
    };
    assert!(session.build(&request, &()).is_err());
    let draft = Request {
        allow_errors: true,
        ..request
    };
    assert!(session.build(&draft, &()).expect("a draft").draft);
}
