//! The only writer of disk: outputs appear whole or not at all.
