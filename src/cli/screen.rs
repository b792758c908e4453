//! Where a command prints: results to standard output, everything said along the way to standard
//! error, with or without colours.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write};

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
    /// Whether standard error is a terminal, where a line can be written over.
    live: bool,
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
        let live = io::stderr().is_terminal();
        Self {
            out: Box::new(io::BufWriter::new(io::stdout())),
            err: Box::new(io::stderr()),
            colour_out: decide(io::stdout().is_terminal()),
            colour_err: decide(live),
            live,
        }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// When the stream is closed.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        self.clear();
        let text = harmless(text, self.colour_out);
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Prints bytes that are not text, such as a PDF.
    ///
    /// # Errors
    /// When the stream is closed.
    pub fn print_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.clear();
        self.out.write_all(bytes)?;
        self.out.flush()
    }

    /// Says something beside the result.
    pub fn say(&mut self, text: &str) {
        self.clear();
        // Losing a remark is no reason to stop.
        let _ = writeln!(self.err, "{}", harmless(text, self.colour_err));
    }

    /// Something to tell of progress from any thread; it does nothing where nobody looks.
    pub fn ticker(&self, quiet: bool) -> impl Fn(&str) + Sync + use<> {
        let live = self.live && !quiet;
        move |text: &str| {
            if live {
                let mut err = io::stderr().lock();
                let _ = write!(err, "\r\x1b[K{} …", harmless(text, false));
                let _ = err.flush();
            }
        }
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
        for cause in error.chain().skip(1) {
            self.say(&format!("  because {cause}"));
        }
    }

    /// Takes a line of progress away.
    pub fn clear(&mut self) {
        if self.live {
            let _ = write!(self.err, "\r\x1b[K");
        }
    }
}

/// Text without control characters that could steer a terminal: names of files and words of sources
/// may hold any. Line ends and tabs stay and, where `colours` are wanted, what sets them.
fn harmless(text: &str, colours: bool) -> Cow<'_, str> {
    let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(steers) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let colour = colours.then(|| colour(rest)).flatten();
        if let Some(sequence) = colour {
            kept.push_str(sequence);
            rest = &rest[sequence.len()..];
        } else {
            kept.push('\u{fffd}');
            let mut letters = rest.chars();
            letters.next();
            rest = letters.as_str();
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// The sequence that sets a colour at the start of a text.
fn colour(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("\x1b[")?;
    let end = inner.find(|letter: char| !letter.is_ascii_digit() && letter != ';')?;
    inner[end..].starts_with('m').then(|| &text[..end + 3])
}

/// Whether a command stopped because nobody reads its output any more, as in `pack … | head`.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_steers_a_terminal_but_colours_that_are_wanted() {
        let text = "a\x1b[31mred\x1b[0m\x1b[2J\x07\u{9b}31m\tb\n";
        assert_eq!(
            harmless(text, true),
            "a\x1b[31mred\x1b[0m\u{fffd}[2J\u{fffd}\u{fffd}31m\tb\n"
        );
        assert!(!harmless(text, false).contains('\x1b'));
    }
}
