//! Understanding other people's PDFs: what their content streams paint, what their text says, and
//! what their structure trees make of it.
