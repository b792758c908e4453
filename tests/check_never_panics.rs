//! No text makes a rule panic, and no rule takes long over one.

use crate::check::workspace;

use pack::check::{self, Context};
use proptest::prelude::*;

/// Pieces of which prose that rules look at is made.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Appendix 3 ".to_owned()),
        Just("Appendices A to ".to_owned()),
        Just("paragraph 99.99 ".to_owned()),
        Just("31 February 2019 ".to_owned()),
        Just("Monday 29th and 20th ".to_owned()),
        Just("99/99/2020 ".to_owned()),
        Just("£110,0 ".to_owned()),
        Just("93 of 0 (96.8%) ".to_owned()),
        Just("by 0.44 (18.83 from 19.21) ".to_owned()),
        Just("(minute no. ) ".to_owned()),
        Just("minutes of ".to_owned()),
        Just("page 0 of Appendix 99 ".to_owned()),
        Just("“ \" ’ ( ) [ ] ".to_owned()),
        Just("| a | £1 |\n| --- | --- |\n| Total | 99999999999999999999999 |\n".to_owned()),
        Just("the the ".to_owned()),
        Just("\n\n# 1 ".to_owned()),
        Just("\n\n1.1 ".to_owned()),
        Just("\n\n99999999999.4294967295 ".to_owned()),
        Just("\n- ".to_owned()),
        Just("\\\n".to_owned()),
        Just("<!-- pack: allow x: y -->".to_owned()),
        Just("07700 900123 ".to_owned()),
        Just("943 476 5919 ".to_owned()),
        "\\PC{0,12}",
        "[a-zA-Z '’-]{0,20}",
        "[\u{300}-\u{36f}\u{200d}\u{1f600}-\u{1f64f}éÀß£%]{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn no_text_makes_a_rule_panic(pieces in prop::collection::vec(piece(), 0..24)) {
        let text = pieces.concat();
        for file in ["repairs", "minutes"] {
            let anchor = if file == "repairs" { "- to repair" } else { "Members asked" };
            let edit = Box::leak(format!("{text}\n\n{anchor}").into_boxed_str());
            let loaded = workspace::read(&[(file, anchor, edit)]);
            if let Some(meeting) = &loaded.meeting {
                let findings = check::check(meeting, &Context::new(&loaded.files));
                for finding in &findings {
                    if let pack::finding::Place::Text(span) = finding.place {
                        let file = loaded.files.get(span.file).expect("a known file");
                        prop_assert!(
                            file.text.get(span.range()).is_some(),
                            "{} points at no characters", finding.code
                        );
                    }
                }
            }
        }
    }
}
