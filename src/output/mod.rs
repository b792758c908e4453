//! Findings and the rule reference as text and as data for other programs.
