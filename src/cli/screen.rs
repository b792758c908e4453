//! Where a command prints: results to standard output, everything said along the way to standard
//! error, with or without colours.

use std::io::{self, IsTerminal as _, Write};

use super::harmless::harmless;
use super::progress::{Foot, Progress};

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The two streams of a command.
pub struct Screen {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    /// Whether what goes to standard output may be coloured.
    pub colour_out: bool,
    /// Whether what goes to standard error may be coloured.
    pub colour_err: bool,
    /// Whether a person looks at standard error, on a terminal where a line can be written over.
    live: bool,
    foot: Foot,
}

impl Screen {
    /// The process's own streams.
    pub fn standard(colour: Colour) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let decide = |terminal: bool| match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && !plain,
        };
        let terminal = io::stderr().is_terminal();
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let live = terminal && set("CI").is_none() && set("TERM").is_none_or(|it| it != "dumb");
        Self {
            out: Box::new(io::BufWriter::new(io::stdout())),
            err: Box::new(io::stderr()),
            colour_out: decide(io::stdout().is_terminal()),
            colour_err: decide(terminal),
            live,
            foot: Foot::default(),
        }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// When the stream is closed.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        let text = harmless(text, self.colour_out);
        self.foot.print(|| {
            self.out.write_all(text.as_bytes())?;
            self.out.flush()
        })
    }

    /// Prints bytes that are not text, such as a PDF.
    ///
    /// # Errors
    /// When the stream is closed.
    pub fn print_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.foot.print(|| {
            self.out.write_all(bytes)?;
            self.out.flush()
        })
    }

    /// Prints a remark, which is not part of the result.
    pub fn say(&mut self, text: &str) {
        let text = harmless(text, self.colour_err);
        // A lost remark does not matter.
        let _ = self.foot.print(|| writeln!(self.err, "{text}"));
    }

    /// Shows what is being done, until the returned value is dropped. Shows nothing if `quiet`, or if
    /// standard error is not a terminal.
    pub(super) fn progress(&self, quiet: bool) -> Progress {
        Progress::new(self.foot.clone(), self.live && !quiet)
    }

    /// Whether standard output is a terminal.
    pub fn out_is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Says why a command could not run, with the reasons beneath.
    pub fn error(&mut self, error: &anyhow::Error) {
        let word = if self.colour_err {
            "\x1b[1;31merror\x1b[0m"
        } else {
            "error"
        };
        self.say(&format!("{word}: {error}"));
        for cause in because(error) {
            self.say(&format!("  because {cause}"));
        }
    }
}

/// The reasons of an error, in plain words where the operating system gave them.
pub(super) fn because(error: &anyhow::Error) -> Vec<String> {
    let reasons = error.chain().skip(1);
    reasons
        .map(|cause| match cause.downcast_ref::<io::Error>() {
            Some(of_system) => match of_system.kind() {
                io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
                io::ErrorKind::PermissionDenied => "you may not open or change it".to_owned(),
                io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
                io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
                io::ErrorKind::StorageFull => "the disk is full".to_owned(),
                _ => {
                    let said = of_system.to_string();
                    let end = said.find(" (os error").unwrap_or(said.len());
                    said[..end].to_owned()
                }
            },
            None => cause.to_string(),
        })
        .collect()
}

/// Whether a command stopped because nobody was reading its output, as in `pack … | head`.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
