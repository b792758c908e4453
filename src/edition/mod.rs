//! Which reader gets what of a meeting. The only constructor of an edition is here.
