//! What can be said of a source: a finding, its code, severity and place, and the table of files. Prints nothing.
