//! `pack build`: from a clerk's files to one numbered, tagged PDF and one web page.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::follower::Follower;
use super::progress::Progress;
use super::public::Log;
use super::{Outcome, Screen, binding, desktop, password, shown};
use crate::assemble::Password;
use crate::edition::Hidden;
use crate::finding::{Severity, counted};
use crate::load::{self, PdfContent};
use crate::model::{Audience, Date, Meeting, PrintSize, SourceName};
use crate::output;
use crate::pipeline::{self, Built, Form, Order, Reading, Refusal, Request, Session, Step};
use crate::preview::{self, Look};
use crate::write::{Output, Publication};

/// Make the packs: PDF, web page, distribution list and manifest
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "A PACK is a folder, a pack.toml, or a workspace, which means all its packs. \
Without one, the current pack or workspace is built.\n\n\
Outputs go to out/NAME in the workspace, or out-members/NAME for a members' edition. Everything for \
the public is in out/NAME/public, ready to put on a website. Beside that folder are the manifest, the \
list of who gets what, and how accessible each PDF is. Building one print or form leaves the others \
as they were."
)]
pub(super) struct Args {
    /// The packs to build.
    packs: Vec<PathBuf>,

    /// The folder for the outputs; with more than one pack, each gets its own folder inside it.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// What to make: pdf,html by default, or pdf alone if there is a password.
    #[arg(long, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<Format>,

    /// Who it is for: the public, or members, who also get exempt papers.
    #[arg(long, value_enum, default_value = "public")]
    edition: Edition,

    /// Make the large-print edition (18 point).
    #[arg(long, conflicts_with = "print")]
    large_print: bool,

    /// The size of print: standard, large (18 point), giant (24 point), or a size from 16pt to
    /// 40pt.
    #[arg(long, default_value = "standard", value_parser = print_size, value_name = "SIZE")]
    print: PrintSize,

    /// Make every edition, size and form that the distribution list asks for.
    #[arg(long, conflicts_with_all = ["edition", "large_print", "print", "format"])]
    for_distribution: bool,

    #[command(flatten)]
    chosen: binding::Chosen,

    #[command(flatten)]
    password: password::Source,

    /// Build despite errors: a page stands in for anything missing, and every page is marked DRAFT.
    /// A failed redaction still stops a public build.
    #[arg(long)]
    allow_errors: bool,

    /// Do not use .pack/cache: read every PDF and set every page again.
    #[arg(long)]
    no_cache: bool,

    /// Make a supplement, dated DATE, to what was published: only what is new or has changed, on
    /// pages numbered on from the last one published.
    #[arg(long, value_name = "DATE", conflicts_with = "renumber")]
    supplement: Option<Option<Date>>,

    /// Make one file of the published pack and its supplements, each where it belongs. Every page
    /// keeps its published number, so numbers may run 52, 143, 144, 53.
    #[arg(long, conflicts_with_all = ["supplement", "renumber"])]
    consolidated: bool,

    /// Let published pages get new numbers. This reissues the pack, and everybody who has the old
    /// one must be told.
    #[arg(long)]
    renumber: bool,

    /// Build again whenever a source file is saved, until you press Ctrl+C.
    #[arg(long, conflicts_with_all = ["json", "open"])]
    watch: bool,

    /// The notice of what the meeting decided, published on a day: `pack decisions`.
    #[arg(skip)]
    decisions: Option<Option<Date>>,

    /// Open each file when it is ready, in its usual program.
    #[arg(long)]
    open: bool,

    /// Print errors only.
    #[arg(long, short)]
    quiet: bool,

    /// Print what was made, and the findings, as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

impl Args {
    /// What makes the notice of what a meeting decided, published on a day.
    pub(super) fn of_decisions(
        packs: Vec<PathBuf>,
        on: Option<Date>,
        out: Option<PathBuf>,
        quiet: bool,
    ) -> Self {
        Self {
            packs,
            out,
            quiet,
            decisions: Some(on),
            ..Self::default()
        }
    }

    /// The same in large print, where that is asked for.
    pub(super) fn in_large_print(self, large_print: bool) -> Self {
        Self {
            large_print,
            ..self
        }
    }

    /// Who may see what the screen and the log show: the public, unless a members' edition is made.
    fn audience(&self) -> Audience {
        match self.edition {
            Edition::Public => Audience::Public,
            Edition::Members => Audience::Members,
        }
    }

    /// What has to be read of PDFs: their content only where something is reflowed.
    fn content(&self, locked: bool) -> PdfContent {
        PdfContent {
            reflow: self.for_distribution
                || self.large_print
                || self.print != PrintSize::Standard
                || self.formats(locked).contains(&Format::Html),
            ..PdfContent::ALL
        }
    }

    /// What is to be made where no list says so.
    fn formats(&self, locked: bool) -> &[Format] {
        match (self.format.as_slice(), locked || self.chosen.is_anything()) {
            ([], false) => &[Format::Pdf, Format::Html],
            ([], true) => &[Format::Pdf],
            (chosen, _) => chosen,
        }
    }

    /// What is to be made of a pack that was read, as a pack of its own; `None` where a supplement is
    /// asked for and nothing is new.
    fn asked_of(&self, session: Session) -> anyhow::Result<Option<Session>> {
        let mut pack = session.seen_by(self.audience());
        if let Some(issued) = self.supplement {
            let Some(supplement) = pack.supplement(issued)? else {
                return Ok(None);
            };
            pack = supplement;
        }
        if let Some(on) = self.decisions {
            pack = pack.decisions(on)?;
        }
        if self.consolidated {
            pack = pack.consolidated()?;
        }
        Ok(Some(pack))
    }

    /// What a members' edition is locked with.
    fn password(&self) -> anyhow::Result<Option<Password>> {
        if !self.for_distribution && self.audience() == Audience::Public {
            if self.password.password_file.is_some() {
                bail!(
                    "a public edition cannot have a password: leave out --password-file, or add --edition members"
                );
            }
            return Ok(None);
        }
        self.password.read()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Pdf,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Edition {
    #[default]
    Public,
    Members,
}

fn print_size(word: &str) -> Result<PrintSize, String> {
    PrintSize::parse(word)
        .ok_or_else(|| "choose standard, large, giant, or a size from 16pt to 40pt".to_owned())
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    if !args.watch {
        return once(args, screen, &mut Vec::new());
    }
    let stamps = |read: &[Vec<SourceName>]| -> anyhow::Result<Vec<u64>> {
        let packs = shown::packs(&args.packs)?.into_iter().enumerate();
        Ok(packs
            .map(|(at, (root, folder))| {
                let read = read.get(at).map(Vec::as_slice).unwrap_or_default();
                load::stamp(&root, &folder, read)
            })
            .collect())
    };
    // A pack may use files outside its folder, which are known only once it has been read.
    let mut read = Vec::new();
    let mut built = stamps(&read)?;
    loop {
        // An error is printed, and the build tried again when a file has changed.
        let mut now = Vec::new();
        if let Err(error) = once(args, screen, &mut now) {
            screen.error(&error);
        }
        if now != read {
            // The list of files has changed: files on the old list that were saved during the build
            // must not be missed.
            let missed = stamps(&read)? != built;
            read = now;
            if missed {
                built = stamps(&read)?;
                continue;
            }
            built = stamps(&read)?;
        }
        preview::watch(None, &mut || match stamps(&read) {
            Ok(now) if now == built => Look::Same,
            Ok(_) | Err(_) => Look::Enough,
        });
        built = stamps(&read)?;
    }
}

/// Builds what is asked for; `read` gets the files that each pack was read from.
fn once(
    args: &Args,
    screen: &mut Screen,
    read: &mut Vec<Vec<SourceName>>,
) -> anyhow::Result<Outcome> {
    let packs = shown::packs(&args.packs)?;
    let several = packs.len() > 1;
    let password = args.password()?;
    let mut outcome = Outcome::Clean;
    let mut told = Vec::new();
    let progress = screen.progress(args.quiet || args.json);
    for (root, folder) in &packs {
        let reading = format!("reading {}", folder.name(root));
        progress.show(Step::doing(&reading));
        let how = Reading {
            anew: args.no_cache,
            ..Reading::of(args.content(password.is_some()))
        };
        let session = Session::read(root, folder, &how);
        read.push(session.loaded.depends_on().cloned().collect());
        let Some(pack) = args.asked_of(session)? else {
            let name = folder.name(root);
            screen.say(&format!("{name}: nothing is new since it was published"));
            continue;
        };
        let bar = if args.quiet {
            Severity::Error
        } else {
            Severity::Warning
        };
        let public = args.for_distribution || args.audience() == Audience::Public;
        if let Some(refusal) = pack.refusal(public, args.allow_errors) {
            shown::show(screen, &pack, bar, args.json)?;
            screen.say(&format!("{}: not built, {}", pack.name, refused(refusal)));
            outcome = Outcome::Findings;
            if args.json {
                told.push(shown::json(&pack, &[]));
            }
            continue;
        }
        let made = one(args, &pack, several, password.as_ref(), (screen, &progress))?;
        if args.json {
            told.push(shown::json(&pack, &made.json));
        } else {
            shown::show(screen, &pack, bar, false)?;
            if !args.quiet {
                for line in &made.lines {
                    screen.print(&format!("{line}\n"))?;
                }
                if let Some(line) = summary(&pack, &shown::from_here(root.folder(), &folder.0)) {
                    screen.say(&line);
                }
            }
        }
        if args.open {
            made.files
                .iter()
                .try_for_each(|file| desktop::open(file.as_os_str()))?;
        }
    }
    if args.json {
        let text = serde_json::to_string_pretty(&serde_json::json!({ "packs": told }))?;
        screen.print(&format!("{text}\n"))?;
    }
    Ok(outcome)
}

/// Why a pack is not built, and what to do.
fn refused(refusal: Refusal) -> String {
    match refusal {
        Refusal::Marked => format!(
            "because {refusal}, and a draft would publish it too. Withhold it, or say why everybody \
             may read it, as the help of the finding shows"
        ),
        Refusal::Readable => format!(
            "because {refusal}, and a draft would hold them too. Take them out with `pack redact`, \
             or say why everybody may read them, as the help of the finding shows"
        ),
        Refusal::Errors(errors) => format!(
            "because of {}. Fix {}, or use --allow-errors for a draft that says what is missing.",
            counted(errors, "error"),
            if errors == 1 { "it" } else { "them" }
        ),
    }
}

/// How much was found, and how to see all of it; `None` if nothing was found.
fn summary(pack: &Session, folder: &str) -> Option<String> {
    let counts = output::counts(&pack.findings)?;
    Some(format!("{counts}: pack check {folder} shows them all"))
}

/// What was made of one pack, for a person and for a program.
struct Made {
    files: Vec<PathBuf>,
    lines: Vec<String>,
    json: Vec<serde_json::Value>,
}

impl Made {
    /// Adds the PDFs and web pages of one edition.
    fn add(&mut self, folder: &Path, audience: Audience, built: &Built) {
        for document in &built.documents {
            let locked = if document.locked {
                ", locked with the password; the files beside it are not"
            } else {
                ""
            };
            let size = built
                .outputs
                .iter()
                .find(|output| output.name == document.path)
                .map_or_else(String::new, |output| size(output.bytes.len()));
            let path = folder.join(pipeline::path(audience, &document.path));
            self.lines.push(format!(
                "{} ({}, {size}{locked})",
                path.display(),
                counted(document.pages, "page")
            ));
            self.files.push(path);
        }
        for output in &built.outputs {
            if output.name.ends_with(".html") {
                let path = folder.join(pipeline::path(audience, &output.name));
                let size = size(output.bytes.len());
                self.lines.push(format!("{} ({size})", path.display()));
                self.files.push(path);
            }
        }
    }
}

/// What was made of one edition, for a program.
fn described(
    pack: &Session,
    folder: &Path,
    audience: Audience,
    built: &Built,
) -> serde_json::Value {
    // The bookmarks of a members' edition name what the log of a build server must not.
    let named = audience == Audience::Public || !Log::default().is_public();
    let documents = if named { &built.documents[..] } else { &[] };
    let path = |output: &Output| pipeline::path(audience, &output.name);
    serde_json::json!({
        "edition": audience.as_str(),
        "folder": folder.display().to_string(),
        "outputs": built.outputs.iter().map(path).collect::<Vec<_>>(),
        "documents": documents,
        "notes": shown::entries(pack, &built.notes),
    })
}

fn one(
    args: &Args,
    pack: &Session,
    several: bool,
    password: Option<&Password>,
    (screen, progress): (&mut Screen, &Progress),
) -> anyhow::Result<Made> {
    let meeting = pack
        .loaded
        .meeting
        .as_ref()
        .context("the pack could not be read")?;
    let orders = orders(args, meeting, password.is_some())?;
    if password.is_some()
        && orders
            .iter()
            .any(|order| order.form == Form::Html && order.audience == Audience::Members)
    {
        bail!(
            "a web page cannot be locked with a password: {}, or build without a password",
            if args.for_distribution {
                "change members' HTML copies on the distribution list to another form"
            } else {
                "ask for --format pdf"
            }
        );
    }
    // A large pack is in memory once where nothing else is made of it.
    let last = matches!(
        orders.as_slice(),
        [Order {
            form: Form::Pdf,
            ..
        }]
    );
    let mut made = Made {
        files: Vec::new(),
        lines: Vec::new(),
        json: Vec::new(),
    };
    for audience in [Audience::Public, Audience::Members] {
        let orders: Vec<Order> = orders
            .iter()
            .filter(|order| order.audience == audience)
            .cloned()
            .collect();
        if orders.is_empty() {
            continue;
        }
        let readers = pipeline::readers(audience);
        let folder = out_folder(args, pack, audience, several);
        let waiting = std::cell::RefCell::new(&mut *screen);
        let publication = Publication::new(&folder, audience.as_str(), readers, &|| {
            let line = format!(
                "another build is at work in {}: waiting for it",
                folder.display()
            );
            waiting.borrow_mut().say(&line);
        })?;
        let request = Request {
            allow_errors: args.allow_errors,
            renumber: args.renumber,
            anew: args.no_cache,
            last,
            password,
            ..Request::of(audience, &orders)
        };
        let follower = Follower {
            progress,
            publication: Some(&publication),
        };
        let key = pack.build_key(&request);
        let known = key.as_ref();
        let known = known.and_then(|key| pack.unchanged(&request, key, &folder));
        let built = if let Some(built) = known {
            if !args.json && !args.quiet {
                let name = &pack.name;
                screen.say(&format!("{name}: nothing has changed since it was built"));
            }
            built
        } else {
            let built = build(args, pack, &request, &follower)?;
            pipeline::publish(publication, pack, audience, &built)?;
            if let Some(key) = &key {
                pack.keep_build(&request, key, &built);
            }
            built
        };
        made.add(&folder, audience, &built);
        if args.json {
            made.json.push(described(pack, &folder, audience, &built));
        } else if !args.quiet && !built.notes.is_empty() {
            shown::show_notes(screen, pack, &built.notes)?;
        }
    }
    Ok(made)
}

/// Builds a pack. An error says nothing of a paper that the edition withholds.
fn build(
    args: &Args,
    pack: &Session,
    request: &Request<'_>,
    follower: &Follower<'_>,
) -> anyhow::Result<Built> {
    pack.build(request, follower).map_err(|error| {
        let told = error.told(&pack.loaded.files);
        let meeting = pack.loaded.meeting.as_ref();
        let hidden = meeting.map(|meeting| Hidden::of(meeting, args.audience()));
        anyhow::anyhow!(if hidden.is_some_and(|hidden| hidden.mentions(&told)) {
            "a paper that this edition withholds cannot be set, and its pages cannot be counted: \
             pack build --edition members says which, and why"
                .to_owned()
        } else {
            told
        })
    })
}

/// What is asked for: one edition in the forms named, or everything on the distribution list.
fn orders(args: &Args, meeting: &Meeting, locked: bool) -> anyhow::Result<Vec<Order>> {
    if args.for_distribution {
        return Ok(pipeline::orders(meeting));
    }
    let audience = args.audience();
    let binding = args.chosen.binding(meeting, audience)?;
    if !binding.is_whole() && args.formats(locked).contains(&Format::Html) {
        bail!("a web page always holds the whole pack: leave html out of --format");
    }
    let print = if args.large_print {
        PrintSize::LARGE
    } else {
        args.print
    };
    let forms = [(Format::Pdf, Form::Pdf), (Format::Html, Form::Html)].into_iter();
    let forms = forms.filter(|(format, _)| args.formats(locked).contains(format));
    let orders = forms.map(|(_, form)| Order {
        audience,
        print,
        form,
        binding: binding.clone(),
    });
    Ok(orders.collect())
}

fn out_folder(args: &Args, pack: &Session, audience: Audience, several: bool) -> PathBuf {
    match &args.out {
        Some(out) => {
            let out = if args.for_distribution {
                out.join(audience.as_str())
            } else {
                out.clone()
            };
            if several { out.join(&pack.name) } else { out }
        }
        None => pipeline::usual_folder(pack.root.folder(), &pack.name, audience),
    }
}

/// How much a number of bytes is, in words: an e-mail takes some ten megabytes.
fn size(bytes: usize) -> String {
    let kilobytes = bytes.div_ceil(1_000);
    if kilobytes < 1_000 {
        format!("{kilobytes} KB")
    } else {
        format!("{}.{} MB", kilobytes / 1_000, kilobytes % 1_000 / 100)
    }
}
