//! Which days count: bank holidays, clear days, and the last day on which an agenda may lawfully
//! be published.
//!
//! Pure arithmetic on dates. It knows the calendar of each jurisdiction and tier, not what today
//! is and not which meeting it counts for.

mod bank_holidays;

pub use bank_holidays::{BANK_HOLIDAYS, BankHoliday, FIRST_YEAR, LAST_YEAR};

use super::{Council, Date, Jurisdiction, Tier, Weekday};

/// The days on which a council's clear days are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    jurisdiction: Jurisdiction,
    tier: Tier,
    non_working: Vec<Date>,
}

/// How much notice the law asks for, and how its days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticePeriod {
    /// How many days.
    pub days: u8,
    /// How they are counted.
    pub counting: Counting,
    /// The law that asks for them.
    pub law: &'static str,
}

/// How days of notice are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Neither the day of publication nor that of the meeting counts, and days on which the
    /// council does not work are left out.
    ClearWorkingDays,
    /// Neither the day of publication nor that of the meeting counts; every other day does.
    ClearDays,
}

/// Why a day does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOff {
    /// A Saturday.
    Saturday,
    /// A Sunday.
    Sunday,
    /// A bank or public holiday, by its name.
    BankHoliday(&'static str),
    /// The Christmas break of Local Government Act 1972, s.243: from the last weekday before
    /// Christmas Day to the first weekday after it that is not a bank holiday.
    ChristmasBreak,
    /// The Easter break of Local Government Act 1972, s.243: from the Thursday before Easter to
    /// the Tuesday after.
    EasterBreak,
    /// A day of public mourning (Local Government Act 1972, s.243).
    Mourning,
    /// A day that the council itself names as non-working.
    Closed,
}

impl std::fmt::Display for DayOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            DayOff::Saturday => "Saturday",
            DayOff::Sunday => "Sunday",
            DayOff::BankHoliday(name) => name,
            DayOff::ChristmasBreak => "Christmas break",
            DayOff::EasterBreak => "Easter break",
            DayOff::Mourning => "public mourning",
            DayOff::Closed => "the council does not work",
        })
    }
}

/// The last day on which an agenda may be published, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day of the meeting.
    pub meeting: Date,
    /// The last day of publication; one on which the council works.
    pub publish_by: Date,
    /// The same where days of public mourning count like any other. Whether they do is disputed.
    pub counting_mourning: Date,
    /// The notice that was counted.
    pub notice: NoticePeriod,
    /// The days from the meeting back to the day of publication, both included.
    pub days: Vec<CountedDay>,
    /// Whether every day is in a year whose bank holidays are known.
    pub known: bool,
}

/// One day on the way back from a meeting to its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedDay {
    /// The day.
    pub date: Date,
    /// What it is in the count.
    pub role: DayRole,
}

/// What a day is in a count of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayRole {
    /// The meeting; does not count.
    Meeting,
    /// The n-th day of notice, counted back from the meeting.
    Counts(u8),
    /// Left out.
    Off(DayOff),
    /// The last day of publication.
    Publication,
}

impl Calendar {
    /// The calendar of a council, with the days that it has named itself.
    pub fn of(council: &Council) -> Self {
        Self::new(
            council.jurisdiction,
            council.tier,
            council.non_working.clone(),
        )
    }

    /// The calendar of a jurisdiction and tier, with further days on which nobody works.
    pub fn new(jurisdiction: Jurisdiction, tier: Tier, non_working: Vec<Date>) -> Self {
        Self {
            jurisdiction,
            tier,
            non_working,
        }
    }

    /// Why a day does not count; `None` where it does.
    pub fn day_off(&self, date: Date) -> Option<DayOff> {
        self.settled_day_off(date).or_else(|| {
            (self.under_section_243()
                && MOURNING
                    .iter()
                    .any(|(first, last)| (*first..=*last).contains(&date)))
            .then_some(DayOff::Mourning)
        })
    }

    /// The same, taking no notice of public mourning: whether those days count is disputed.
    fn settled_day_off(&self, date: Date) -> Option<DayOff> {
        if self.non_working.contains(&date) {
            return Some(DayOff::Closed);
        }
        if let Some(holiday) = bank_holidays::on(date, self.jurisdiction) {
            return Some(DayOff::BankHoliday(holiday.name));
        }
        match date.weekday() {
            Weekday::Sunday => return Some(DayOff::Sunday),
            Weekday::Saturday if self.tier == Tier::Principal => return Some(DayOff::Saturday),
            _ => {}
        }
        self.under_section_243()
            .then(|| self.statutory_break(date))
            .flatten()
    }

    /// Whether a day counts.
    pub fn counts(&self, date: Date) -> bool {
        self.day_off(date).is_none()
    }

    /// The last day on which `notice` of a meeting may be given.
    pub fn deadline(&self, meeting: Date, notice: NoticePeriod) -> Deadline {
        let days = count_back(meeting, notice, |date| self.day_off(date));
        let last = |days: &[CountedDay]| days.last().map_or(meeting, |day| day.date);
        let settled = count_back(meeting, notice, |date| self.settled_day_off(date));
        let publish_by = last(&days);
        let years = FIRST_YEAR..=LAST_YEAR;
        Deadline {
            meeting,
            publish_by,
            counting_mourning: last(&settled),
            notice,
            known: years.contains(&publish_by.year()) && years.contains(&meeting.year()),
            days,
        }
    }

    /// The first day that counts, from `date` itself onwards; `None` where 60 days hold none.
    pub fn next_working_day(&self, date: Date) -> Option<Date> {
        let mut day = date;
        for _ in 0..60 {
            if self.counts(day) {
                return Some(day);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The day that is `days` working days after `date`.
    pub fn working_day_after(&self, date: Date, days: u8) -> Option<Date> {
        (0..days).try_fold(date, |day, _| self.next_working_day(day.tomorrow().ok()?))
    }

    /// How many working days there are after `from`, up to and including `to`; 0 where `to` is
    /// earlier, and never more than 1000.
    pub fn working_days(&self, from: Date, to: Date) -> usize {
        let mut count = 0;
        let mut date = from;
        while date < to && count < 1000 {
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            if self.counts(date) {
                count += 1;
            }
        }
        count
    }

    /// Whether days are left out by Local Government Act 1972, s.243.
    fn under_section_243(&self) -> bool {
        self.tier == Tier::Parish
            && matches!(
                self.jurisdiction,
                Jurisdiction::England | Jurisdiction::Wales
            )
    }

    fn statutory_break(&self, date: Date) -> Option<DayOff> {
        if self.in_christmas_break(date) {
            return Some(DayOff::ChristmasBreak);
        }
        let easter = easter(date.year());
        let from_easter = date.since(easter).map_or(i32::MAX, |span| span.get_days());
        (-3..=2)
            .contains(&from_easter)
            .then_some(DayOff::EasterBreak)
    }

    fn in_christmas_break(&self, date: Date) -> bool {
        let Ok(christmas) = Date::new(date.year(), 12, 25) else {
            return false;
        };
        let weekday = |date: Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let step = |mut date: Date, forward: bool, stop: &dyn Fn(Date) -> bool| {
            loop {
                let next = if forward {
                    date.tomorrow()
                } else {
                    date.yesterday()
                };
                match next {
                    Ok(next) => date = next,
                    Err(_) => return date,
                }
                if stop(date) {
                    return date;
                }
            }
        };
        let first = step(christmas, false, &weekday);
        let last = step(christmas, true, &|date| {
            weekday(date) && bank_holidays::on(date, self.jurisdiction).is_none()
        });
        (first..=last).contains(&date)
    }
}

/// The days from a meeting back to the last on which notice of it may be given: a day on which the
/// council works, since notice is given at its offices.
fn count_back(
    meeting: Date,
    notice: NoticePeriod,
    day_off: impl Fn(Date) -> Option<DayOff>,
) -> Vec<CountedDay> {
    let mut days = vec![CountedDay {
        date: meeting,
        role: DayRole::Meeting,
    }];
    let mut counted = 0;
    let mut date = meeting;
    while let Ok(before) = date.yesterday() {
        date = before;
        let every_day_counts = notice.counting == Counting::ClearDays && counted < notice.days;
        let off = if every_day_counts {
            None
        } else {
            day_off(date)
        };
        let role = match off {
            Some(off) => DayRole::Off(off),
            None if counted == notice.days => DayRole::Publication,
            None => {
                counted += 1;
                DayRole::Counts(counted)
            }
        };
        days.push(CountedDay { date, role });
        if role == DayRole::Publication {
            break;
        }
    }
    days
}

/// Easter Sunday of a year, by the Gregorian computus (Butcher's form of it).
pub fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, in_century) = (year_number / 100, year_number % 100);
    let shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - shift + 15) % 30;
    let weekday =
        (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let day_number = epact + weekday - 7 * late + 114;
    let narrow = |value: i32| i8::try_from(value).unwrap_or(1);
    Date::new(year, narrow(day_number / 31), narrow(day_number % 31 + 1)).unwrap_or(Date::ZERO)
}

/// Periods of public mourning, first and last day. Whether national mourning falls under s.243 is
/// disputed (see [`Deadline::counting_mourning`]); leaving the days out is the reading under which
/// no summons can be late.
const MOURNING: &[(Date, Date)] = &[
    (Date::constant(2021, 4, 9), Date::constant(2021, 4, 17)),
    (Date::constant(2022, 9, 8), Date::constant(2022, 9, 19)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar(jurisdiction: Jurisdiction, tier: Tier) -> Calendar {
        Calendar::new(jurisdiction, tier, Vec::new())
    }

    const FIVE: NoticePeriod = NoticePeriod {
        days: 5,
        counting: Counting::ClearWorkingDays,
        law: "",
    };

    #[test]
    fn five_clear_days_before_a_monday_meeting_end_on_the_friday_of_the_week_before_last() {
        let england = calendar(Jurisdiction::England, Tier::Principal);
        let deadline = england.deadline(date(2019, 3, 18), FIVE);
        assert_eq!(deadline.publish_by, date(2019, 3, 8));
        let counted: Vec<Date> = deadline
            .days
            .iter()
            .filter(|day| matches!(day.role, DayRole::Counts(_)))
            .map(|day| day.date)
            .collect();
        assert_eq!(counted, [15, 14, 13, 12, 11].map(|day| date(2019, 3, day)));
        assert!(deadline.known);
    }

    #[test]
    fn a_day_that_the_council_names_is_left_out() {
        let closed = Calendar::new(
            Jurisdiction::England,
            Tier::Principal,
            vec![date(2019, 3, 13)],
        );
        assert_eq!(
            closed.deadline(date(2019, 3, 18), FIVE).publish_by,
            date(2019, 3, 7)
        );
    }

    #[test]
    fn the_christmas_break_of_a_parish() {
        let parish = calendar(Jurisdiction::England, Tier::Parish);
        // 2025: Wednesday 24 to Monday 29 December.
        for day in 24..=29 {
            assert!(!parish.counts(date(2025, 12, day)), "{day}");
        }
        assert!(parish.counts(date(2025, 12, 23)));
        assert!(parish.counts(date(2025, 12, 30)));
    }

    #[test]
    fn easter_days() {
        for (year, month, day) in [
            (2018, 4, 1),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn a_year_outside_the_table_is_not_known() {
        let england = calendar(Jurisdiction::England, Tier::Principal);
        assert!(!england.deadline(date(2031, 1, 3), FIVE).known);
        assert!(!england.deadline(date(2017, 6, 1), FIVE).known);
    }

    #[test]
    fn the_table_is_in_order_and_holds_weekdays_only() {
        for pair in BANK_HOLIDAYS.windows(2) {
            assert!(pair[0].date <= pair[1].date, "{:?}", pair[1]);
        }
        for holiday in BANK_HOLIDAYS {
            assert!(
                !matches!(holiday.date.weekday(), Weekday::Saturday | Weekday::Sunday),
                "{holiday:?}"
            );
        }
    }

    #[test]
    fn the_earliest_date_there_is_does_not_panic() {
        let england = calendar(Jurisdiction::England, Tier::Principal);
        let _ = england.deadline(Date::MIN, FIVE);
        let _ = calendar(Jurisdiction::England, Tier::Parish).deadline(Date::MIN, FIVE);
        let _ = calendar(Jurisdiction::England, Tier::Parish).day_off(Date::MAX);
    }
}
