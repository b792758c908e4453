//! Passwords: read from a file or from the environment, never from the command line, where other
//! users of the computer and the shell's history would have them.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};

use crate::assemble::Password;

/// The variable that may hold the password.
pub(super) const VARIABLE: &str = "PACK_PASSWORD";

/// Where the password of a members' edition comes from.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Source {
    /// A file with the password for a members' PDF on its only line. The variable PACK_PASSWORD may
    /// hold it instead.
    #[arg(long, value_name = "FILE")]
    pub(super) password_file: Option<PathBuf>,
}

impl Source {
    /// The password; `None` where there is neither file nor variable.
    pub(super) fn read(&self) -> anyhow::Result<Option<Password>> {
        let (text, place) = if let Some(file) = &self.password_file {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("could not read the password in {}", file.display()))?;
            (text, file.display().to_string())
        } else if let Some(text) = std::env::var_os(VARIABLE) {
            let text = text
                .into_string()
                .map_err(|_| anyhow!("{VARIABLE} is not UTF-8"))?;
            (text, VARIABLE.to_owned())
        } else {
            return Ok(None);
        };
        Password::new(&text)
            .map(Some)
            .map_err(|reason| anyhow!("{place}: {reason}"))
    }
}
