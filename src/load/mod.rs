//! The only reader of disk: files become a valid meeting, with every finding collected on the way.
