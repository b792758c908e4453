//! The typesetting engine. No other code knows which one it is.
//!
//! Text reaches it as data, never as mark-up, and nothing is ever evaluated: a report that says
//! `#read("/etc/passwd")` prints just that.

mod accents;
mod fonts;
mod lettering;
mod sheets;
mod world;

pub(super) use fonts::{BODY, DIGIT, body_covers, covers, has_family, width};
pub use fonts::{body_files, form_covers, form_file};
pub(super) use lettering::outlined;
use sheets::read;
pub(super) use sheets::{Piece, Reading};

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use bytes::Bytes;
use rayon::{ThreadPool, ThreadPoolBuilder};
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::PartWorld;

/// How many parts have been laid out.
static LAID_OUT: AtomicUsize = AtomicUsize::new(0);

/// The size of the stack of each of the engine's threads, in bytes. Only the part that is used takes
/// memory.
const STACK: usize = 64 << 20;

/// The engine's own threads. They have large stacks, as the engine recurses for each level of nesting,
/// in drawings too. If they cannot be made, the engine works on the calling thread.
static THREADS: LazyLock<Option<ThreadPool>> = LazyLock::new(threads);

fn threads() -> Option<ThreadPool> {
    ThreadPoolBuilder::new()
        .num_threads(rayon::current_num_threads())
        .stack_size(STACK)
        .build()
        .ok()
}

/// The longest that a part may take. A council's own template may never end.
const LONGEST: Duration = Duration::from_secs(180);

/// Does something on the engine's threads, or on threads of its own, with which the memory goes that the
/// allocator holds for them. It fails if that takes too long or panics.
fn on_threads<R: Send + 'static>(
    own: bool,
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, Failed> {
    let (sender, receiver) = mpsc::sync_channel(1);
    // The engine uses decoders of images. A panic in one of them must fail this part only, not the
    // build.
    let guarded = move || {
        let done = std::panic::catch_unwind(AssertUnwindSafe(work));
        // If nobody is waiting any more, nobody needs the result.
        let _ = sender.send(done);
    };
    let own = own.then(threads).flatten();
    match own.as_ref().or(THREADS.as_ref()) {
        Some(threads) => threads.spawn(guarded),
        None => guarded(),
    }
    match receiver.recv_timeout(LONGEST) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) | Err(mpsc::RecvTimeoutError::Disconnected) => Err(Failed::GaveUp),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Failed::NeverEnds),
    }
}

/// Why the engine did not finish.
enum Failed {
    GaveUp,
    NeverEnds,
}

impl Failed {
    fn words(&self) -> &'static str {
        match self {
            Self::GaveUp => "the typesetting engine gave up on it",
            Self::NeverEnds => {
                "it was not finished after three minutes; a template that repeats something may \
                 never end"
            }
        }
    }
}

/// The pages that the engine made.
pub(super) struct Laid {
    pub(super) reading: Reading,
    pub(super) pdf: Vec<u8>,
    pub(super) warnings: Vec<String>,
}

/// The most pages of a part that is kept to set it again while it is exported.
const LONG: usize = 100;

/// Lays out a part, reads it back and exports it as tagged PDF. Of a heavy part, nothing is kept.
///
/// # Errors
/// The engine's messages.
pub(super) fn lay_out(
    ident: &str,
    main: &str,
    sources: &[(&str, &str)],
    files: impl IntoIterator<Item = (String, Bytes)>,
    heavy: bool,
) -> Result<Laid, Vec<String>> {
    let world = PartWorld::new(main, sources, files).map_err(|wrong| vec![wrong])?;
    let options = options(ident);
    let laid = on_threads(heavy, move || {
        let compiled = typst::compile::<PagedDocument>(&world);
        let document = compiled.output.map_err(|errors| words(&errors))?;
        // What is kept of a long part would be in memory beside its PDF.
        if document.pages().len() > LONG {
            forget();
        }
        let document = accents::apart(document);
        let mut pdf = typst_pdf::pdf(&document, &options).map_err(|errors| words(&errors))?;
        // Thousands of parts wait to be put together.
        pdf.shrink_to_fit();
        let reading = read(&document);
        drop(document);
        if heavy {
            forget();
        }
        Ok(Laid {
            reading,
            pdf,
            warnings: words(&compiled.warnings),
        })
    })
    .unwrap_or_else(|failed| Err(vec![failed.words().to_owned()]));
    // This bounds the memory for a pack of hundreds of parts. When a part is set again with other page
    // numbers, most of the first setting is still kept. It takes some time, so it is not done for each
    // part.
    if LAID_OUT.fetch_add(1, Ordering::Relaxed) % 16 == 15 {
        typst::comemo::evict(1);
    }
    laid
}

/// Forgets everything that was kept to set a part again.
pub(super) fn forget() {
    typst::comemo::evict(0);
}

fn options(ident: &str) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("pack".to_owned())),
        timestamp: None,
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .expect("PDF/UA-1 and PDF/A-2a go together"),
        tagged: true,
        pretty: false,
    }
}

fn words(diagnostics: &[SourceDiagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let mut words = match diagnostic.severity {
                Severity::Error => diagnostic.message.to_string(),
                Severity::Warning => format!("warning: {}", diagnostic.message),
            };
            for hint in &diagnostic.hints {
                words.push_str("; ");
                words.push_str(&hint.v);
            }
            words
        })
        .collect()
}
