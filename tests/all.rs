//! Every integration test, in one program: it is linked once, and tests share what they build.

mod assemble_never_panics;
mod assemble_pack;
mod assemble_real;
mod bank_holidays;
mod check;
mod check_cli;
mod check_never_panics;
mod check_real;
mod check_rules;
mod cli;
mod common;
mod distribution;
mod finished;
mod html_browser;
mod html_page;
mod large_print;
mod load;
mod pdf_redact;
mod pdf_redaction;
mod pdf_reflow;
mod privacy;
mod privacy_random;
mod readme;
mod rooms;
mod samples;
mod typeset;
