//! Which law governs a meeting, and what that law says: one table for the rules, the statutory
//! clock and the words on the page.
//!
//! A [`Law`] is a kind of meeting that has law of its own: jurisdiction, tier, and whether an
//! executive meets. A [`Matter`] is a question that the law answers; the table gives the answer's
//! source for each law that has one. Where a law has no source for a matter, the matter does not
//! arise there, and no rule may speak of it.

use std::ops::RangeInclusive;

use super::calendar::{Counting, NoticePeriod};
use super::{BodyKind, Jurisdiction, Meeting, Tier};

/// The law that governs a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Law {
    /// A principal council in England, and its committees.
    England,
    /// The executive of a principal council in England.
    EnglishExecutive,
    /// A parish or town council in England.
    EnglishParish,
    /// A principal council in Wales, its committees and its executive.
    Wales,
    /// A community or town council in Wales.
    WelshCommunity,
    /// A council in Scotland, and its committees.
    Scotland,
    /// A community council in Scotland, which meets by its own constitution.
    ScottishCommunity,
    /// A council in Northern Ireland, and its committees.
    NorthernIreland,
    /// The executive of a council in Northern Ireland.
    NorthernIrishExecutive,
}

/// A question that the law answers, with the source of the answer for each law that has one.
#[derive(Debug)]
pub struct Matter {
    sources: &'static [(Law, &'static str)],
    /// Every source with the councils that it applies to, as the reference of rules prints it.
    pub basis: &'static str,
}

/// The councils that a law applies to, as the reference of rules names them.
macro_rules! whose {
    (England) => {
        "England"
    };
    (EnglishExecutive) => {
        "executives in England"
    };
    (EnglishParish) => {
        "parish councils in England"
    };
    (Wales) => {
        "Wales"
    };
    (WelshCommunity) => {
        "community councils in Wales"
    };
    (Scotland) => {
        "Scotland"
    };
    (ScottishCommunity) => {
        "community councils in Scotland"
    };
    (NorthernIreland) => {
        "Northern Ireland"
    };
    (NorthernIrishExecutive) => {
        "executives in Northern Ireland"
    };
}

/// A table of matters: from each row come the source that a rule looks up and the words of the
/// reference, so that the two cannot differ.
macro_rules! matters {
    ($($(#[doc = $words:literal])+ $name:ident {
        $first:ident: $source:literal,
        $($law:ident: $further:literal,)*
    })+) => {
        $($(#[doc = $words])+
        pub const $name: Matter = Matter {
            sources: &[(Law::$first, $source), $((Law::$law, $further)),*],
            basis: concat!(whose!($first), ": ", $source $(, "; ", whose!($law), ": ", $further)*),
        };)+

        /// Every matter of the table, by its name.
        #[cfg(test)]
        const ALL: &[(&str, Matter)] = &[$((stringify!($name), $name)),+];
    };
}

matters! {
    /// How long before the meeting the agenda and its reports are published.
    NOTICE {
        England: "Local Government Act 1972, s.100A(6)(a) and s.100B(3)",
        EnglishExecutive: "SI 2012/2089, reg. 6 and reg. 7",
        EnglishParish: "Local Government Act 1972, Sch. 12 para. 10(2) and s.243",
        Wales: "Local Government Act 1972, s.100A(6)(aa) and s.100B(3)",
        WelshCommunity: "Local Government Act 1972, Sch. 12 para. 26(2) and s.243",
        Scotland: "Local Government (Scotland) Act 1973, s.50A(6)(a) and s.50B(3)",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, s.42(6) and s.43",
        NorthernIrishExecutive: "Local Government Act (Northern Ireland) 2014, s.42(6) and s.43",
    }
    /// That the time and the place of the meeting are made known.
    TIME_AND_PLACE {
        England: "Local Government Act 1972, s.100A(6)(a)",
        EnglishExecutive: "SI 2012/2089, reg. 6(1)",
        EnglishParish: "Local Government Act 1972, Sch. 12 para. 10(2)(a)",
        Wales: "Local Government Act 1972, s.100A(6)(aa)",
        WelshCommunity: "Local Government Act 1972, Sch. 12 para. 26(2)(a)",
        Scotland: "Local Government (Scotland) Act 1973, s.50A(6)(a)",
        ScottishCommunity: "practice",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, s.42(6)",
        NorthernIrishExecutive: "Local Government Act (Northern Ireland) 2014, s.42(6)",
    }
    /// The summons to a meeting of the whole council, signed by its proper officer.
    SUMMONS {
        England: "Local Government Act 1972, Sch. 12 para. 4(2)(b)",
        EnglishParish: "Local Government Act 1972, Sch. 12 para. 10(2)(b)",
        Wales: "Local Government Act 1972, Sch. 12 para. 4(2)(b)",
        WelshCommunity: "Local Government Act 1972, Sch. 12 para. 26(2)(b)",
        Scotland: "Local Government (Scotland) Act 1973, Sch. 7 para. 2(1)(b)",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, Sch. 5 para. 5",
    }
    /// That the reports of an agenda are open to the public with it, whole.
    REPORTS {
        England: "Local Government Act 1972, s.100B(1) and (3)",
        EnglishExecutive: "SI 2012/2089, reg. 7",
        EnglishParish: "practice",
        Wales: "Local Government Act 1972, s.100B(1) and (3)",
        WelshCommunity: "practice",
        Scotland: "Local Government (Scotland) Act 1973, s.50B(1) and (3)",
        ScottishCommunity: "practice",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, s.43",
        NorthernIrishExecutive: "Local Government Act (Northern Ireland) 2014, s.43",
    }
    /// What may be taken that was not on the agenda in time: the chair's opinion that it is urgent,
    /// and the special circumstances.
    URGENCY {
        England: "Local Government Act 1972, s.100B(4)(b)",
        EnglishExecutive: "SI 2012/2089, reg. 7",
        EnglishParish: "Local Government Act 1972, Sch. 12 para. 10(2)(b)",
        Wales: "Local Government Act 1972, s.100B(4)(b)",
        WelshCommunity: "Local Government Act 1972, Sch. 12 para. 26(2)(b)",
        Scotland: "Local Government (Scotland) Act 1973, s.50B(4)(b)",
        ScottishCommunity: "practice",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, s.43",
        NorthernIrishExecutive: "Local Government Act (Northern Ireland) 2014, s.43",
    }
    /// The power to exclude the public by resolution.
    EXCLUSION {
        England: "Local Government Act 1972, s.100A(4) and (5)",
        EnglishExecutive: "SI 2012/2089, reg. 4(2) and (3)",
        EnglishParish: "Public Bodies (Admission to Meetings) Act 1960, s.1(2)",
        Wales: "Local Government Act 1972, s.100A(4) and (5)",
        WelshCommunity: "Public Bodies (Admission to Meetings) Act 1960, s.1(2)",
        Scotland: "Local Government (Scotland) Act 1973, s.50A(4) and (5)",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, s.42",
        NorthernIrishExecutive: "SR 2015/44, reg. 19 and reg. 20",
    }
    /// The schedule whose paragraphs describe exempt information.
    EXEMPT {
        England: "Local Government Act 1972, Sch. 12A Part 1",
        EnglishExecutive: "SI 2012/2089, reg. 4(3), and Local Government Act 1972, Sch. 12A Part 1",
        Wales: "Local Government Act 1972, Sch. 12A Part 4",
        Scotland: "Local Government (Scotland) Act 1973, Sch. 7A Part I",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, Sch. 6 Part 1",
        NorthernIrishExecutive: "Local Government Act (Northern Ireland) 2014, Sch. 6 Part 1",
    }
    /// Why the public is kept out: the public interest, or for a parish the special reason that its
    /// resolution states.
    REASON {
        England: "Local Government Act 1972, Sch. 12A Part 2 para. 10",
        EnglishExecutive: "Local Government Act 1972, Sch. 12A Part 2 para. 10",
        EnglishParish: "Public Bodies (Admission to Meetings) Act 1960, s.1(2)",
        Wales: "Local Government Act 1972, Sch. 12A Part 5 para. 21",
        WelshCommunity: "Public Bodies (Admission to Meetings) Act 1960, s.1(2)",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, Sch. 6 Part 2",
        NorthernIrishExecutive: "Local Government Act (Northern Ireland) 2014, Sch. 6 Part 2",
    }
    /// That nothing is exempt about a development for which the council may grant itself permission.
    OWN_CONSENT {
        England: "Local Government Act 1972, Sch. 12A Part 2 para. 9",
        EnglishExecutive: "Local Government Act 1972, Sch. 12A Part 2 para. 9",
        Wales: "Local Government Act 1972, Sch. 12A Part 5 para. 20",
    }
    /// That a report lists the papers that it relied on.
    BACKGROUND_PAPERS {
        England: "Local Government Act 1972, s.100D",
        EnglishExecutive: "SI 2012/2089, reg. 15",
        Wales: "Local Government Act 1972, s.100D",
        Scotland: "Local Government (Scotland) Act 1973, s.50D",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, s.45",
        NorthernIrishExecutive: "SR 2015/44, reg. 2 and Part 5",
    }
    /// That the names of the members present are recorded.
    ATTENDANCE {
        England: "Local Government Act 1972, Sch. 12 para. 40",
        EnglishExecutive: "SI 2012/2089, reg. 12",
        EnglishParish: "Local Government Act 1972, Sch. 12 para. 40",
        Wales: "Local Government Act 1972, Sch. 12 para. 40",
        WelshCommunity: "Local Government Act 1972, Sch. 12 para. 40",
        Scotland: "Local Government (Scotland) Act 1973, Sch. 7",
        ScottishCommunity: "practice",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, Sch. 5",
        NorthernIrishExecutive: "practice",
    }
    /// That minutes are signed at the same or the next meeting.
    MINUTES {
        England: "Local Government Act 1972, Sch. 12 para. 41",
        EnglishExecutive: "SI 2012/2089, reg. 12",
        EnglishParish: "Local Government Act 1972, Sch. 12 para. 41",
        Wales: "Local Government Act 1972, Sch. 12 para. 41",
        WelshCommunity: "Local Government Act 1972, Sch. 12 para. 41",
        Scotland: "Local Government (Scotland) Act 1973, Sch. 7",
        ScottishCommunity: "practice",
        NorthernIreland: "Local Government Act (Northern Ireland) 2014, Sch. 5 para. 10",
        NorthernIrishExecutive: "practice",
    }
    /// That a member who stays away for six months leaves the council.
    ABSENCE {
        England: "Local Government Act 1972, s.85",
        EnglishExecutive: "Local Government Act 1972, s.85",
        EnglishParish: "Local Government Act 1972, s.85",
        Wales: "Local Government Act 1972, s.85",
        WelshCommunity: "Local Government Act 1972, s.85",
        Scotland: "Local Government (Scotland) Act 1973, s.35",
        ScottishCommunity: "practice",
        NorthernIreland: "practice",
        NorthernIrishExecutive: "practice",
    }
    /// The notices of a meeting that an executive means to hold in private, in whole or in part.
    PRIVATE_MEETING {
        EnglishExecutive: "SI 2012/2089, reg. 5",
        NorthernIrishExecutive: "SR 2015/44, reg. 20",
    }
    /// The notice of a key decision, general exception and special urgency.
    KEY_DECISION {
        EnglishExecutive: "SI 2012/2089, reg. 9 to 11",
    }
}

/// The schedule that lists what is exempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its name with its act, in English.
    pub english: &'static str,
    /// The same in Welsh, where the act has a Welsh name; else in English.
    pub welsh: &'static str,
    /// Its name alone: "Part 1 of Schedule 12A".
    pub short: &'static str,
    /// The numbers of its paragraphs.
    pub paragraphs: RangeInclusive<u8>,
}

impl Matter {
    /// Where the law answers the question; `None` where it does not ask it.
    pub fn source(&self, law: Law) -> Option<&'static str> {
        self.sources
            .iter()
            .find(|(own, _)| *own == law)
            .map(|(_, source)| *source)
    }

    /// Whether the law asks the question.
    pub fn arises(&self, law: Law) -> bool {
        self.source(law).is_some()
    }
}

impl Law {
    /// The law of a body of a council.
    pub fn of(jurisdiction: Jurisdiction, tier: Tier, body: BodyKind) -> Self {
        let executive = body == BodyKind::Cabinet;
        match (jurisdiction, tier) {
            (Jurisdiction::England, Tier::Principal) if executive => Law::EnglishExecutive,
            (Jurisdiction::England, Tier::Principal) => Law::England,
            (Jurisdiction::England, Tier::Parish) => Law::EnglishParish,
            (Jurisdiction::Wales, Tier::Principal) => Law::Wales,
            (Jurisdiction::Wales, Tier::Parish) => Law::WelshCommunity,
            (Jurisdiction::Scotland, Tier::Principal) => Law::Scotland,
            (Jurisdiction::Scotland, Tier::Parish) => Law::ScottishCommunity,
            // Northern Ireland has councils of one tier.
            (Jurisdiction::NorthernIreland, _) if executive => Law::NorthernIrishExecutive,
            (Jurisdiction::NorthernIreland, _) => Law::NorthernIreland,
        }
    }

    /// The notice that an agenda and its reports need; `None` where no statute sets one.
    pub fn notice(self) -> Option<NoticePeriod> {
        use Counting::{ClearDays, ClearWorkingDays};
        let (days, counting) = match self {
            Law::England | Law::EnglishExecutive => (5, ClearWorkingDays),
            Law::EnglishParish
            | Law::Wales
            | Law::WelshCommunity
            | Law::Scotland
            | Law::ScottishCommunity => (3, ClearWorkingDays),
            // "Five days at least before" is five clear days at common law (In re Hector Whaling
            // Ltd [1936] Ch 208; R v Turner [1910] 1 KB 346), and no statute leaves days out.
            Law::NorthernIreland | Law::NorthernIrishExecutive => (5, ClearDays),
        };
        Some(NoticePeriod {
            days,
            counting,
            law: NOTICE.source(self)?,
        })
    }

    /// The notice that the summons to a meeting of the whole council needs, where it differs from
    /// the agenda's.
    pub fn summons(self) -> Option<NoticePeriod> {
        (self == Law::NorthernIreland).then_some(NoticePeriod {
            days: 3,
            counting: Counting::ClearDays,
            law: SUMMONS.source(self)?,
        })
    }

    /// The first and the second notice of an executive's meeting that is to be private.
    pub fn private_meeting(self) -> Option<[NoticePeriod; 2]> {
        let law = PRIVATE_MEETING.source(self)?;
        let second = match self {
            Law::EnglishExecutive => Counting::ClearWorkingDays,
            _ => Counting::ClearDays,
        };
        let notice = |days, counting| NoticePeriod {
            days,
            counting,
            law,
        };
        Some([notice(28, Counting::ClearDays), notice(5, second)])
    }

    /// The notice of a key decision.
    pub fn key_decision(self) -> Option<NoticePeriod> {
        Some(NoticePeriod {
            days: 28,
            counting: Counting::ClearDays,
            law: KEY_DECISION.source(self)?,
        })
    }

    /// The schedule of exempt information; `None` where the public is excluded without one.
    pub fn schedule(self) -> Option<Schedule> {
        Some(match self {
            Law::England | Law::EnglishExecutive => Schedule {
                english: "Part 1 of Schedule 12A, Local Government Act 1972",
                welsh: "Rhan 1 o Atodlen 12A, Deddf Llywodraeth Leol 1972",
                short: "Part 1 of Schedule 12A",
                paragraphs: 1..=7,
            },
            Law::Wales => Schedule {
                english: "Part 4 of Schedule 12A, Local Government Act 1972",
                welsh: "Rhan 4 o Atodlen 12A, Deddf Llywodraeth Leol 1972",
                short: "Part 4 of Schedule 12A",
                paragraphs: 12..=18,
            },
            Law::Scotland => Schedule {
                english: "Part I of Schedule 7A, Local Government (Scotland) Act 1973",
                welsh: "Part I of Schedule 7A, Local Government (Scotland) Act 1973",
                short: "Schedule 7A",
                paragraphs: 1..=15,
            },
            Law::NorthernIreland | Law::NorthernIrishExecutive => Schedule {
                english: "Part 1 of Schedule 6, Local Government Act (Northern Ireland) 2014",
                welsh: "Part 1 of Schedule 6, Local Government Act (Northern Ireland) 2014",
                short: "Part 1 of Schedule 6",
                paragraphs: 1..=7,
            },
            Law::EnglishParish | Law::WelshCommunity | Law::ScottishCommunity => return None,
        })
    }

    /// Whether the reason for withholding has to be stated where these paragraphs are cited. In
    /// Wales legal professional privilege (paragraph 16) is exempt without weighing the interests.
    pub fn wants_reason(self, paragraphs: &[u8]) -> bool {
        REASON.arises(self) && !(self == Law::Wales && paragraphs == [16])
    }
}

impl Meeting {
    /// The law that governs the meeting.
    pub fn law(&self) -> Law {
        Law::of(self.council.jurisdiction, self.council.tier, self.body.kind)
    }

    /// Whether the whole council meets, so that its agenda is a summons.
    pub fn is_summons(&self) -> bool {
        let whole = match self.council.tier {
            Tier::Principal => self.body.kind == BodyKind::Council,
            Tier::Parish => matches!(self.body.kind, BodyKind::Council | BodyKind::Parish),
        };
        whole && SUMMONS.arises(self.law())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_has_one_source_for_a_law() {
        for (name, matter) in ALL {
            let mut laws: Vec<Law> = matter.sources.iter().map(|(law, _)| *law).collect();
            let count = laws.len();
            laws.sort_unstable();
            laws.dedup();
            assert_eq!(laws.len(), count, "{name}");
        }
    }

    #[test]
    fn what_is_read_out_is_what_is_looked_up() {
        for (name, matter) in ALL {
            for (law, source) in matter.sources {
                assert!(matter.basis.contains(source), "{name} {law:?}");
            }
        }
    }

    #[test]
    fn bodies_and_their_law() {
        use BodyKind::{Cabinet, Committee, Council, Parish};
        let law = |jurisdiction, tier, kind| Law::of(jurisdiction, tier, kind);
        for (jurisdiction, tier, kind, expected) in [
            (
                Jurisdiction::England,
                Tier::Principal,
                Committee,
                Law::England,
            ),
            (
                Jurisdiction::England,
                Tier::Principal,
                Cabinet,
                Law::EnglishExecutive,
            ),
            (
                Jurisdiction::England,
                Tier::Parish,
                Parish,
                Law::EnglishParish,
            ),
            (Jurisdiction::Wales, Tier::Principal, Cabinet, Law::Wales),
            (
                Jurisdiction::Wales,
                Tier::Parish,
                Council,
                Law::WelshCommunity,
            ),
            (
                Jurisdiction::Scotland,
                Tier::Principal,
                Cabinet,
                Law::Scotland,
            ),
            (
                Jurisdiction::Scotland,
                Tier::Parish,
                Council,
                Law::ScottishCommunity,
            ),
            (
                Jurisdiction::NorthernIreland,
                Tier::Principal,
                Cabinet,
                Law::NorthernIrishExecutive,
            ),
            (
                Jurisdiction::NorthernIreland,
                Tier::Principal,
                Council,
                Law::NorthernIreland,
            ),
        ] {
            assert_eq!(law(jurisdiction, tier, kind), expected);
        }
    }

    #[test]
    fn what_does_not_arise_is_not_spoken_of() {
        assert!(!REASON.arises(Law::Scotland), "no public-interest test");
        assert!(!OWN_CONSENT.arises(Law::Scotland), "no paragraph 9");
        assert!(!EXEMPT.arises(Law::EnglishParish), "no Schedule 12A");
        assert!(!BACKGROUND_PAPERS.arises(Law::EnglishParish), "no Part VA");
        assert!(!NOTICE.arises(Law::ScottishCommunity), "no statutory clock");
        assert_eq!(Law::ScottishCommunity.notice(), None);
    }
}
