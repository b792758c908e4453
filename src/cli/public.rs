//! Who may see what a command prints: a build server's log is often open to everybody.

/// Whether anybody may see it.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Log {
    /// Hide what the public may not see: for papers that are not public, say only that there is a
    /// finding. On by default where the environment variable CI is set; `--public=no` turns it off.
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    public: Option<Switch>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Switch {
    /// Anybody may see the output.
    Yes,
    /// Only people who may read every paper will see it.
    No,
}

impl Log {
    /// Whether what is printed must not give away what the public edition withholds.
    pub(super) fn is_public(self) -> bool {
        match self.public {
            Some(switch) => switch == Switch::Yes,
            None => std::env::var_os("CI")
                .is_some_and(|value| !value.is_empty() && value != "false" && value != "0"),
        }
    }
}
