//! The council's nouns: meeting, agenda, item, report, appendix, minutes, membership, distribution. No paths, no bytes, no formats.
