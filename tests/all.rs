//! Every integration test, in one program: it is linked once, and tests share what they build.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write files, run programs and look at the clock"
)]

mod alternatives;
mod assemble_never_panics;
mod assemble_pack;
mod assemble_real;
mod bank_holidays;
mod build_servers;
mod carried;
mod check;
mod check_cli;
mod check_law;
mod check_never_panics;
mod check_phrasings;
mod check_real;
mod check_rules;
mod clerk;
mod cli;
mod clock;
mod common;
mod decisions;
mod distribution;
mod finished;
mod forms;
mod front_sheet;
mod guide;
mod held_back;
mod html_browser;
mod html_page;
mod images;
mod item_names;
mod keys;
mod large_print;
mod lives;
mod load;
mod many;
mod marks_real;
mod older;
mod open_text;
mod openings;
mod page_map;
mod pages_taken;
mod pdf_beside;
mod pdf_links;
mod pdf_outside;
mod pdf_redact;
mod pdf_redaction;
mod pdf_reflow;
mod pdf_reports;
mod pdf_tables;
mod pdf_untagged;
mod pictures;
mod preview;
mod privacy;
mod privacy_random;
mod public_log;
mod publication;
mod published;
mod readme;
mod real_lives;
mod rooms;
mod said;
mod samples;
mod schema;
mod session;
mod sheets;
mod site;
mod tags;
mod typeset;
mod volumes;
mod whole;
mod word;
mod word_template;
