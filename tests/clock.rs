//! The statutory clock as a table of dated cases: for each law, meetings and the last lawful day of
//! publication, counted by hand against a calendar or by a program of their own.

use pack::model::BodyKind::{Cabinet, Committee, Council, Parish as ParishCouncil};
use pack::model::Jurisdiction::{England, NorthernIreland, Scotland, Wales};
use pack::model::Tier::{Parish, Principal};
use pack::model::{BodyKind, Calendar, Date, Jurisdiction, Law, Tier};

/// Whose meeting it is, its day, the last day of publication.
type Row = (Jurisdiction, Tier, BodyKind, &'static str, &'static str);

#[rustfmt::skip]
const AGENDAS: &[Row] = &[
    // Five clear working days in England, whoever meets.
    (England, Principal, Committee, "2019-03-18", "2019-03-08"),
    (England, Principal, Committee, "2025-01-30", "2025-01-22"),
    (England, Principal, Council, "2026-03-18", "2026-03-10"),
    // Good Friday and Easter Monday fall out.
    (England, Principal, Committee, "2025-04-24", "2025-04-14"),
    // Christmas 2025: 25 and 26 December and 1 January.
    (England, Principal, Committee, "2026-01-05", "2025-12-23"),
    (England, Principal, Cabinet, "2026-01-05", "2025-12-23"),
    // The mourning of 2022 is left out for parishes alone; the funeral was a bank holiday.
    (England, Principal, Committee, "2022-09-21", "2022-09-12"),
    // A parish counts Saturdays: Wednesday back over Tuesday, Monday, Saturday.
    (England, Parish, ParishCouncil, "2025-06-11", "2025-06-06"),
    (England, Parish, Committee, "2025-06-11", "2025-06-06"),
    // … but neither the Easter break, Thursday to Tuesday, nor the Christmas break.
    (England, Parish, ParishCouncil, "2025-04-23", "2025-04-12"),
    (England, Parish, ParishCouncil, "2026-01-06", "2025-12-31"),
    (England, Parish, ParishCouncil, "2022-09-21", "2022-09-05"),
    // Three clear working days in Wales, and for its community councils as for parishes.
    (Wales, Principal, Committee, "2025-04-24", "2025-04-16"),
    (Wales, Principal, Cabinet, "2025-04-24", "2025-04-16"),
    (Wales, Parish, Council, "2025-06-11", "2025-06-06"),
    (Wales, Parish, ParishCouncil, "2025-04-23", "2025-04-12"),
    // In Scotland Easter Monday is a working day, 2 January is not.
    (Scotland, Principal, Committee, "2025-04-24", "2025-04-17"),
    (Scotland, Principal, Committee, "2026-01-07", "2025-12-30"),
    // Five clear days in Northern Ireland, weekends and holidays among them …
    (NorthernIreland, Principal, Committee, "2025-03-20", "2025-03-14"),
    (NorthernIreland, Principal, Council, "2026-07-15", "2026-07-09"),
    (NorthernIreland, Principal, Cabinet, "2026-07-15", "2026-07-09"),
    (NorthernIreland, Principal, Committee, "2026-01-06", "2025-12-31"),
    // … but the offices have to be open on the day of publication.
    (NorthernIreland, Principal, Committee, "2026-01-07", "2025-12-31"),
    (NorthernIreland, Principal, Committee, "2026-03-20", "2026-03-13"),
    // New Year's Day 2028 is a Saturday, which counts: the bank holiday is on the Monday.
    (England, Parish, ParishCouncil, "2028-01-06", "2027-12-31"),
    (Wales, Parish, ParishCouncil, "2028-01-06", "2027-12-31"),
    // The same by another program, with the days of a published calendar of holidays.
    (England, Principal, Committee, "2026-04-09", "2026-03-30"),
    (England, Principal, Committee, "2026-05-07", "2026-04-28"),
    (England, Principal, Committee, "2026-09-02", "2026-08-24"),
    (England, Principal, Committee, "2026-12-30", "2026-12-18"),
    (England, Principal, Committee, "2027-01-05", "2026-12-23"),
    (England, Principal, Committee, "2027-03-31", "2027-03-19"),
    (England, Principal, Committee, "2027-06-02", "2027-05-24"),
    (England, Principal, Committee, "2028-01-06", "2027-12-24"),
    (England, Principal, Committee, "2028-08-09", "2028-08-01"),
    (England, Principal, Cabinet, "2026-04-09", "2026-03-30"),
    (England, Principal, Cabinet, "2026-05-07", "2026-04-28"),
    (England, Principal, Cabinet, "2026-09-02", "2026-08-24"),
    (England, Principal, Cabinet, "2026-12-30", "2026-12-18"),
    (England, Principal, Cabinet, "2027-01-05", "2026-12-23"),
    (England, Principal, Cabinet, "2027-03-31", "2027-03-19"),
    (England, Principal, Cabinet, "2027-06-02", "2027-05-24"),
    (England, Principal, Cabinet, "2028-01-06", "2027-12-24"),
    (England, Principal, Cabinet, "2028-08-09", "2028-08-01"),
    (England, Parish, ParishCouncil, "2026-04-09", "2026-03-30"),
    (England, Parish, ParishCouncil, "2026-05-07", "2026-05-01"),
    (England, Parish, ParishCouncil, "2026-09-02", "2026-08-27"),
    (England, Parish, ParishCouncil, "2026-12-30", "2026-12-19"),
    (England, Parish, ParishCouncil, "2027-01-05", "2026-12-30"),
    (England, Parish, ParishCouncil, "2027-03-31", "2027-03-20"),
    (England, Parish, ParishCouncil, "2027-06-02", "2027-05-27"),
    (England, Parish, ParishCouncil, "2028-08-09", "2028-08-04"),
    (Wales, Principal, Council, "2026-04-09", "2026-04-01"),
    (Wales, Principal, Council, "2026-05-07", "2026-04-30"),
    (Wales, Principal, Council, "2026-09-02", "2026-08-26"),
    (Wales, Principal, Council, "2026-12-30", "2026-12-22"),
    (Wales, Principal, Council, "2027-01-05", "2026-12-29"),
    (Wales, Principal, Council, "2027-03-31", "2027-03-23"),
    (Wales, Principal, Council, "2027-06-02", "2027-05-26"),
    (Wales, Principal, Council, "2028-01-06", "2027-12-30"),
    (Wales, Principal, Council, "2028-08-09", "2028-08-03"),
    (Wales, Parish, ParishCouncil, "2026-04-09", "2026-03-30"),
    (Wales, Parish, ParishCouncil, "2026-05-07", "2026-05-01"),
    (Wales, Parish, ParishCouncil, "2026-09-02", "2026-08-27"),
    (Wales, Parish, ParishCouncil, "2026-12-30", "2026-12-19"),
    (Wales, Parish, ParishCouncil, "2027-01-05", "2026-12-30"),
    (Wales, Parish, ParishCouncil, "2027-03-31", "2027-03-20"),
    (Wales, Parish, ParishCouncil, "2027-06-02", "2027-05-27"),
    (Wales, Parish, ParishCouncil, "2028-08-09", "2028-08-04"),
    (Scotland, Principal, Committee, "2026-04-09", "2026-04-02"),
    (Scotland, Principal, Committee, "2026-05-07", "2026-04-30"),
    (Scotland, Principal, Committee, "2026-09-02", "2026-08-27"),
    (Scotland, Principal, Committee, "2026-12-30", "2026-12-22"),
    (Scotland, Principal, Committee, "2027-01-05", "2026-12-24"),
    (Scotland, Principal, Committee, "2027-03-31", "2027-03-24"),
    (Scotland, Principal, Committee, "2027-06-02", "2027-05-26"),
    (Scotland, Principal, Committee, "2028-01-06", "2027-12-29"),
    (Scotland, Principal, Committee, "2028-08-09", "2028-08-02"),
    (NorthernIreland, Principal, Council, "2026-04-09", "2026-04-02"),
    (NorthernIreland, Principal, Council, "2026-05-07", "2026-05-01"),
    (NorthernIreland, Principal, Council, "2026-09-02", "2026-08-27"),
    (NorthernIreland, Principal, Council, "2026-12-30", "2026-12-24"),
    (NorthernIreland, Principal, Council, "2027-01-05", "2026-12-30"),
    (NorthernIreland, Principal, Council, "2027-03-31", "2027-03-25"),
    (NorthernIreland, Principal, Council, "2027-06-02", "2027-05-27"),
    (NorthernIreland, Principal, Council, "2028-01-06", "2027-12-31"),
    (NorthernIreland, Principal, Council, "2028-08-09", "2028-08-03"),
];

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

#[test]
fn agendas_by_their_law() {
    for &(jurisdiction, tier, body, meeting, publish_by) in AGENDAS {
        let notice = Law::of(jurisdiction, tier, body)
            .notice()
            .expect("a notice");
        let calendar = Calendar::new(jurisdiction, tier, Vec::new());
        assert_eq!(
            calendar.deadline(day(meeting), notice).publish_by,
            day(publish_by),
            "{jurisdiction:?} {tier:?} {body:?} {meeting}"
        );
    }
}

#[test]
fn a_community_council_in_scotland_has_no_statutory_clock() {
    assert_eq!(Law::of(Scotland, Parish, Council).notice(), None);
}

#[test]
fn public_mourning_is_disputed_for_parishes_alone() {
    let last = |tier| {
        let notice = Law::of(England, tier, Council).notice().expect("a notice");
        let deadline = Calendar::new(England, tier, Vec::new()).deadline(day("2022-09-21"), notice);
        (deadline.publish_by, deadline.counting_mourning)
    };
    assert_eq!(last(Parish), (day("2022-09-05"), day("2022-09-15")));
    assert_eq!(last(Principal), (day("2022-09-12"), day("2022-09-12")));
}

#[test]
fn private_meetings_key_decisions_and_summonses() {
    let by = |jurisdiction, notice| {
        Calendar::new(jurisdiction, Principal, Vec::new())
            .deadline(day("2026-03-19"), notice)
            .publish_by
    };
    let english = Law::of(England, Principal, Cabinet);
    let [first, second] = english.private_meeting().expect("two notices");
    assert_eq!(by(England, first), day("2026-02-18"));
    assert_eq!(by(England, second), day("2026-03-11"));
    let key = english.key_decision().expect("a notice");
    assert_eq!(by(England, key), day("2026-02-18"));

    let northern_irish = Law::of(NorthernIreland, Principal, Cabinet);
    let [first, second] = northern_irish.private_meeting().expect("two notices");
    assert_eq!(by(NorthernIreland, first), day("2026-02-18"));
    assert_eq!(by(NorthernIreland, second), day("2026-03-13"));
    assert_eq!(northern_irish.key_decision(), None);

    let summons = Law::of(NorthernIreland, Principal, Council).summons();
    // St Patrick's Day counts; 15 March is a Sunday.
    assert_eq!(
        by(NorthernIreland, summons.expect("a notice")),
        day("2026-03-13")
    );
}

/// Each law is cited where it applies, and another nowhere.
#[test]
fn sources_by_law() {
    for (law, source) in [
        (Law::England, "s.100A(6)(a) and s.100B(3)"),
        (Law::EnglishExecutive, "SI 2012/2089, reg. 6 and reg. 7"),
        (Law::EnglishParish, "Sch. 12 para. 10(2)"),
        (Law::Wales, "s.100A(6)(aa)"),
        (Law::WelshCommunity, "Sch. 12 para. 26(2)"),
        (Law::Scotland, "(Scotland) Act 1973, s.50A(6)(a)"),
        (Law::NorthernIreland, "(Northern Ireland) 2014"),
    ] {
        let notice = law.notice().expect("a notice");
        assert!(notice.law.contains(source), "{law:?}: {}", notice.law);
    }
}
