//! Holds the built-in bank holidays against the Python package `holidays`, an outside witness.
//! Skipped, and says so, where Python or the package is not installed.

use std::collections::BTreeSet;
use std::process::Command;

use pack::model::Jurisdiction;
use pack::model::calendar::{BANK_HOLIDAYS, FIRST_YEAR, LAST_YEAR};

const ASK: &str = "
import sys, holidays
first, last = int(sys.argv[1]), int(sys.argv[2])
for sub in ['ENG', 'WLS', 'SCT', 'NIR']:
    for day in holidays.country_holidays('GB', subdiv=sub, years=range(first, last + 1)):
        if day.weekday() < 5:
            print(sub, day.isoformat())
";

#[test]
fn bank_holidays_agree_with_an_outside_calendar() {
    let answer = Command::new("python3")
        .args(["-c", ASK, &FIRST_YEAR.to_string(), &LAST_YEAR.to_string()])
        .output();
    let Ok(answer) = answer else {
        crate::common::skipped("no python3");
        return;
    };
    if !answer.status.success() {
        assert!(
            std::env::var_os("PACK_TEST_TOOLS").is_none(),
            "the Python package `holidays` is not installed"
        );
        crate::common::skipped("the Python package `holidays` is not installed");
        return;
    }
    let theirs: BTreeSet<String> = String::from_utf8_lossy(&answer.stdout)
        .lines()
        .map(str::to_owned)
        .collect();
    let nations = [
        ("ENG", Jurisdiction::England),
        ("WLS", Jurisdiction::Wales),
        ("SCT", Jurisdiction::Scotland),
        ("NIR", Jurisdiction::NorthernIreland),
    ];
    let ours: BTreeSet<String> = nations
        .iter()
        .flat_map(|&(sub, nation)| {
            BANK_HOLIDAYS
                .iter()
                .filter(move |holiday| holiday.applies_to(nation))
                .map(move |holiday| format!("{sub} {}", holiday.date))
        })
        .collect();
    let missing: Vec<_> = theirs.difference(&ours).collect();
    let extra: Vec<_> = ours.difference(&theirs).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing {missing:?}, extra {extra:?}"
    );
    assert!(ours.len() > 4 * 8 * 13, "only {} holidays", ours.len());
}
