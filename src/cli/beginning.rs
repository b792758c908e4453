//! What a council's folder begins with: its name, its law, and the first body that meets.

use super::written::quoted;
use crate::model::{BodyKind, Jurisdiction, Tier};
use crate::starter::{LAYOUT, PARISH_LAYOUT};

/// What a council's folder begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Beginning {
    /// The council's name.
    pub(super) name: String,
    /// Whose law it follows.
    pub(super) jurisdiction: Jurisdiction,
    /// Its tier.
    pub(super) tier: Tier,
    /// The name of the first body that meets.
    pub(super) body: String,
}

impl Beginning {
    /// A principal council in England with a scrutiny committee.
    pub(super) fn of(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            jurisdiction: Jurisdiction::England,
            tier: Tier::Principal,
            body: usual_body(name, Tier::Principal),
        }
    }

    /// The text of `council.toml` from its template.
    pub(super) fn council(&self, template: &str) -> String {
        let (officer, layout) = match self.tier {
            Tier::Principal => ("Chief Executive", LAYOUT),
            Tier::Parish => ("Clerk to the Council", PARISH_LAYOUT),
        };
        template
            .replace("{layout}", layout)
            .replace("{name}", &quoted(&self.name))
            .replace("{officer}", &quoted(officer))
            .replace(
                "{jurisdiction}",
                &quoted(word(&Jurisdiction::WORDS, self.jurisdiction)),
            )
            .replace("{tier}", &quoted(word(&Tier::WORDS, self.tier)))
    }

    /// The text of the body's file from its template.
    pub(super) fn committee(&self, template: &str) -> String {
        template
            .replace("{name}", &quoted(&self.body))
            .replace("{kind}", &quoted(word(&BodyKind::WORDS, self.kind())))
    }

    /// The name of the body's file without its ending: "Planning Committee" is `planning`.
    pub(super) fn body_id(&self) -> String {
        if self.body == self.name {
            return "council".to_owned();
        }
        let name = self.body.to_lowercase();
        let words: Vec<&str> = name
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !["", "the", "and", "committee", "board"].contains(word))
            .collect();
        if words.is_empty() {
            "committee".to_owned()
        } else {
            words.join("-")
        }
    }

    /// What kind of body it is, by its name.
    fn kind(&self) -> BodyKind {
        let name = self.body.to_lowercase();
        let named = [
            ("planning", BodyKind::Planning),
            ("development control", BodyKind::Planning),
            ("licensing", BodyKind::Licensing),
            ("scrutiny", BodyKind::Scrutiny),
            ("cabinet", BodyKind::Cabinet),
            ("executive", BodyKind::Cabinet),
            ("board", BodyKind::Board),
        ];
        if self.body == self.name {
            return match self.tier {
                Tier::Parish => BodyKind::Parish,
                Tier::Principal => BodyKind::Council,
            };
        }
        named
            .into_iter()
            .find(|(word, _)| name.contains(word))
            .map_or(BodyKind::Committee, |(_, kind)| kind)
    }
}

/// What members are asked to declare at the beginning of a meeting, and what beside it: each nation has a
/// code of conduct with terms of its own.
///
/// England: Localism Act 2011, s.29 to 31. Wales: the model code of SI 2008/788 (W.82), Part 3. Scotland:
/// the Councillors' Code of Conduct under the Ethical Standards in Public Life etc. (Scotland) Act 2000,
/// section 5. Northern Ireland: Local Government Act (Northern Ireland) 1972, s.28, and the code under
/// Part 9 of that of 2014.
pub(super) fn interests(jurisdiction: Jurisdiction) -> [&'static str; 2] {
    match jurisdiction {
        Jurisdiction::England => [
            "To declare any disclosable pecuniary interest in matters on this agenda.",
            "To declare any other interest in matters on this agenda.",
        ],
        Jurisdiction::Wales => [
            "To declare any personal interest in matters on this agenda, and what it is.",
            "To say whether the interest is also prejudicial.",
        ],
        Jurisdiction::Scotland => [
            "To declare any interest in matters on this agenda, financial or other, and what it is.",
            "To make a transparency statement about a connection that does not amount to an interest.",
        ],
        Jurisdiction::NorthernIreland => [
            "To declare any pecuniary interest in matters on this agenda.",
            "To declare any significant private or personal non-pecuniary interest in them.",
        ],
    }
}

/// The body that most councils of a tier would begin with.
pub(super) fn usual_body(council: &str, tier: Tier) -> String {
    match tier {
        Tier::Principal => "Scrutiny Committee".to_owned(),
        Tier::Parish => council.to_owned(),
    }
}

/// The word for a value.
fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    words
        .iter()
        .find(|(_, known)| *known == value)
        .map_or("", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_english_members_have_disclosable_pecuniary_interests() {
        for (_, nation) in Jurisdiction::WORDS {
            let [first, second] = interests(nation);
            let english = first.contains("disclosable pecuniary");
            assert_eq!(english, nation == Jurisdiction::England, "{nation:?}");
            assert!(first.ends_with('.') && second.ends_with('.'), "{nation:?}");
        }
    }

    #[test]
    fn a_body_has_its_file_and_kind_by_its_name() {
        let named = |body: &str| {
            let begun = Beginning {
                body: body.to_owned(),
                ..Beginning::of("Anytown Council")
            };
            (begun.body_id(), begun.kind())
        };
        assert_eq!(
            named("Planning Committee"),
            ("planning".into(), BodyKind::Planning)
        );
        assert_eq!(
            named("The Executive"),
            ("executive".into(), BodyKind::Cabinet)
        );
        assert_eq!(
            named("Health and Wellbeing Board"),
            ("health-wellbeing".into(), BodyKind::Board)
        );
        assert_eq!(
            named("Committee"),
            ("committee".into(), BodyKind::Committee)
        );
        assert_eq!(
            named("Anytown Council"),
            ("council".into(), BodyKind::Council)
        );
    }
}
