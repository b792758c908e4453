//! The names of files that the model refers to.

/// The name by which the bytes of a file are asked for: its path from the workspace, with `/`
/// between folders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceName(pub String);

impl SourceName {
    /// The file's own name without its folders.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Whether somebody may mean it by `file`: its own name, or the end of its path.
    pub fn is_called(&self, file: &str) -> bool {
        let rest = self.0.strip_suffix(file).filter(|_| !file.is_empty());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    }
}

impl std::fmt::Display for SourceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
