//! The bank and public holidays of England, Wales, Scotland and Northern Ireland, 2018 to 2030.
//!
//! Where they come from: the list that GOV.UK keeps ("UK bank holidays") for the years that it
//! covers; before and after, Schedule 1 of the Banking and Financial Dealings Act 1971, the
//! Westminster Easter, the substitute days for those that fall on a weekend, and the days that
//! were proclaimed: 8 May 2020 in place of 4 May, 2 and 3 June 2022, 19 September 2022,
//! 8 May 2023, and in Scotland 15 June 2026. A test holds them against an independent calendar.
//!
//! To add a day that is proclaimed later, add its line in order of date, and raise
//! [`LAST_YEAR`] when a year is complete. Days that fall on a Saturday or Sunday are left out:
//! their substitute day stands instead.

use super::{Date, Jurisdiction};

/// The first year that the table covers.
pub const FIRST_YEAR: i16 = 2018;
/// The last year that the table covers.
pub const LAST_YEAR: i16 = 2030;

/// A bank or public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day; always a weekday.
    pub date: Date,
    /// What it is called.
    pub name: &'static str,
    nations: u8,
}

impl BankHoliday {
    /// Whether it is one in this jurisdiction.
    pub fn applies_to(&self, jurisdiction: Jurisdiction) -> bool {
        let nation = match jurisdiction {
            Jurisdiction::England => E,
            Jurisdiction::Wales => W,
            Jurisdiction::Scotland => S,
            Jurisdiction::NorthernIreland => N,
        };
        self.nations & nation != 0
    }
}

/// The holiday of a jurisdiction on a day, if there is one.
pub(super) fn on(date: Date, jurisdiction: Jurisdiction) -> Option<&'static BankHoliday> {
    let first = BANK_HOLIDAYS.partition_point(|holiday| holiday.date < date);
    BANK_HOLIDAYS[first..]
        .iter()
        .take_while(|holiday| holiday.date == date)
        .find(|holiday| holiday.applies_to(jurisdiction))
}

const E: u8 = 1;
const W: u8 = 2;
const S: u8 = 4;
const N: u8 = 8;
const EWN: u8 = E | W | N;
const UK: u8 = EWN | S;

const fn day(year: i16, month: i8, day: i8, nations: u8, name: &'static str) -> BankHoliday {
    BankHoliday {
        date: Date::constant(year, month, day),
        name,
        nations,
    }
}

/// Every holiday in order of date.
#[rustfmt::skip]
pub const BANK_HOLIDAYS: &[BankHoliday] = &[
    // 2018
    day(2018, 1, 1, UK, "New Year's Day"),
    day(2018, 1, 2, S, "2nd January"),
    day(2018, 3, 19, N, "St Patrick's Day, substitute day"),
    day(2018, 3, 30, UK, "Good Friday"),
    day(2018, 4, 2, EWN, "Easter Monday"),
    day(2018, 5, 7, UK, "Early May bank holiday"),
    day(2018, 5, 28, UK, "Spring bank holiday"),
    day(2018, 7, 12, N, "Battle of the Boyne"),
    day(2018, 8, 6, S, "Summer bank holiday"),
    day(2018, 8, 27, EWN, "Summer bank holiday"),
    day(2018, 11, 30, S, "St Andrew's Day"),
    day(2018, 12, 25, UK, "Christmas Day"),
    day(2018, 12, 26, UK, "Boxing Day"),
    // 2019
    day(2019, 1, 1, UK, "New Year's Day"),
    day(2019, 1, 2, S, "2nd January"),
    day(2019, 3, 18, N, "St Patrick's Day, substitute day"),
    day(2019, 4, 19, UK, "Good Friday"),
    day(2019, 4, 22, EWN, "Easter Monday"),
    day(2019, 5, 6, UK, "Early May bank holiday"),
    day(2019, 5, 27, UK, "Spring bank holiday"),
    day(2019, 7, 12, N, "Battle of the Boyne"),
    day(2019, 8, 5, S, "Summer bank holiday"),
    day(2019, 8, 26, EWN, "Summer bank holiday"),
    day(2019, 12, 2, S, "St Andrew's Day, substitute day"),
    day(2019, 12, 25, UK, "Christmas Day"),
    day(2019, 12, 26, UK, "Boxing Day"),
    // 2020
    day(2020, 1, 1, UK, "New Year's Day"),
    day(2020, 1, 2, S, "2nd January"),
    day(2020, 3, 17, N, "St Patrick's Day"),
    day(2020, 4, 10, UK, "Good Friday"),
    day(2020, 4, 13, EWN, "Easter Monday"),
    day(2020, 5, 8, UK, "Early May bank holiday"),
    day(2020, 5, 25, UK, "Spring bank holiday"),
    day(2020, 7, 13, N, "Battle of the Boyne, substitute day"),
    day(2020, 8, 3, S, "Summer bank holiday"),
    day(2020, 8, 31, EWN, "Summer bank holiday"),
    day(2020, 11, 30, S, "St Andrew's Day"),
    day(2020, 12, 25, UK, "Christmas Day"),
    day(2020, 12, 28, UK, "Boxing Day, substitute day"),
    // 2021
    day(2021, 1, 1, UK, "New Year's Day"),
    day(2021, 1, 4, S, "2nd January, substitute day"),
    day(2021, 3, 17, N, "St Patrick's Day"),
    day(2021, 4, 2, UK, "Good Friday"),
    day(2021, 4, 5, EWN, "Easter Monday"),
    day(2021, 5, 3, UK, "Early May bank holiday"),
    day(2021, 5, 31, UK, "Spring bank holiday"),
    day(2021, 7, 12, N, "Battle of the Boyne"),
    day(2021, 8, 2, S, "Summer bank holiday"),
    day(2021, 8, 30, EWN, "Summer bank holiday"),
    day(2021, 11, 30, S, "St Andrew's Day"),
    day(2021, 12, 27, UK, "Christmas Day, substitute day"),
    day(2021, 12, 28, UK, "Boxing Day, substitute day"),
    // 2022
    day(2022, 1, 3, UK, "New Year's Day, substitute day"),
    day(2022, 1, 4, S, "2nd January, substitute day"),
    day(2022, 3, 17, N, "St Patrick's Day"),
    day(2022, 4, 15, UK, "Good Friday"),
    day(2022, 4, 18, EWN, "Easter Monday"),
    day(2022, 5, 2, UK, "Early May bank holiday"),
    day(2022, 6, 2, UK, "Spring bank holiday"),
    day(2022, 6, 3, UK, "Platinum Jubilee bank holiday"),
    day(2022, 7, 12, N, "Battle of the Boyne"),
    day(2022, 8, 1, S, "Summer bank holiday"),
    day(2022, 8, 29, EWN, "Summer bank holiday"),
    day(2022, 9, 19, UK, "State funeral of Queen Elizabeth II"),
    day(2022, 11, 30, S, "St Andrew's Day"),
    day(2022, 12, 26, UK, "Boxing Day"),
    day(2022, 12, 27, UK, "Christmas Day, substitute day"),
    // 2023
    day(2023, 1, 2, UK, "New Year's Day, substitute day"),
    day(2023, 1, 3, S, "2nd January, substitute day"),
    day(2023, 3, 17, N, "St Patrick's Day"),
    day(2023, 4, 7, UK, "Good Friday"),
    day(2023, 4, 10, EWN, "Easter Monday"),
    day(2023, 5, 1, UK, "Early May bank holiday"),
    day(2023, 5, 8, UK, "Coronation of King Charles III"),
    day(2023, 5, 29, UK, "Spring bank holiday"),
    day(2023, 7, 12, N, "Battle of the Boyne"),
    day(2023, 8, 7, S, "Summer bank holiday"),
    day(2023, 8, 28, EWN, "Summer bank holiday"),
    day(2023, 11, 30, S, "St Andrew's Day"),
    day(2023, 12, 25, UK, "Christmas Day"),
    day(2023, 12, 26, UK, "Boxing Day"),
    // 2024
    day(2024, 1, 1, UK, "New Year's Day"),
    day(2024, 1, 2, S, "2nd January"),
    day(2024, 3, 18, N, "St Patrick's Day, substitute day"),
    day(2024, 3, 29, UK, "Good Friday"),
    day(2024, 4, 1, EWN, "Easter Monday"),
    day(2024, 5, 6, UK, "Early May bank holiday"),
    day(2024, 5, 27, UK, "Spring bank holiday"),
    day(2024, 7, 12, N, "Battle of the Boyne"),
    day(2024, 8, 5, S, "Summer bank holiday"),
    day(2024, 8, 26, EWN, "Summer bank holiday"),
    day(2024, 12, 2, S, "St Andrew's Day, substitute day"),
    day(2024, 12, 25, UK, "Christmas Day"),
    day(2024, 12, 26, UK, "Boxing Day"),
    // 2025
    day(2025, 1, 1, UK, "New Year's Day"),
    day(2025, 1, 2, S, "2nd January"),
    day(2025, 3, 17, N, "St Patrick's Day"),
    day(2025, 4, 18, UK, "Good Friday"),
    day(2025, 4, 21, EWN, "Easter Monday"),
    day(2025, 5, 5, UK, "Early May bank holiday"),
    day(2025, 5, 26, UK, "Spring bank holiday"),
    day(2025, 7, 14, N, "Battle of the Boyne, substitute day"),
    day(2025, 8, 4, S, "Summer bank holiday"),
    day(2025, 8, 25, EWN, "Summer bank holiday"),
    day(2025, 12, 1, S, "St Andrew's Day, substitute day"),
    day(2025, 12, 25, UK, "Christmas Day"),
    day(2025, 12, 26, UK, "Boxing Day"),
    // 2026
    day(2026, 1, 1, UK, "New Year's Day"),
    day(2026, 1, 2, S, "2nd January"),
    day(2026, 3, 17, N, "St Patrick's Day"),
    day(2026, 4, 3, UK, "Good Friday"),
    day(2026, 4, 6, EWN, "Easter Monday"),
    day(2026, 5, 4, UK, "Early May bank holiday"),
    day(2026, 5, 25, UK, "Spring bank holiday"),
    day(2026, 6, 15, S, "World Cup bank holiday"),
    day(2026, 7, 13, N, "Battle of the Boyne, substitute day"),
    day(2026, 8, 3, S, "Summer bank holiday"),
    day(2026, 8, 31, EWN, "Summer bank holiday"),
    day(2026, 11, 30, S, "St Andrew's Day"),
    day(2026, 12, 25, UK, "Christmas Day"),
    day(2026, 12, 28, UK, "Boxing Day, substitute day"),
    // 2027
    day(2027, 1, 1, UK, "New Year's Day"),
    day(2027, 1, 4, S, "2nd January, substitute day"),
    day(2027, 3, 17, N, "St Patrick's Day"),
    day(2027, 3, 26, UK, "Good Friday"),
    day(2027, 3, 29, EWN, "Easter Monday"),
    day(2027, 5, 3, UK, "Early May bank holiday"),
    day(2027, 5, 31, UK, "Spring bank holiday"),
    day(2027, 7, 12, N, "Battle of the Boyne"),
    day(2027, 8, 2, S, "Summer bank holiday"),
    day(2027, 8, 30, EWN, "Summer bank holiday"),
    day(2027, 11, 30, S, "St Andrew's Day"),
    day(2027, 12, 27, UK, "Christmas Day, substitute day"),
    day(2027, 12, 28, UK, "Boxing Day, substitute day"),
    // 2028
    day(2028, 1, 3, UK, "New Year's Day, substitute day"),
    day(2028, 1, 4, S, "2nd January, substitute day"),
    day(2028, 3, 17, N, "St Patrick's Day"),
    day(2028, 4, 14, UK, "Good Friday"),
    day(2028, 4, 17, EWN, "Easter Monday"),
    day(2028, 5, 1, UK, "Early May bank holiday"),
    day(2028, 5, 29, UK, "Spring bank holiday"),
    day(2028, 7, 12, N, "Battle of the Boyne"),
    day(2028, 8, 7, S, "Summer bank holiday"),
    day(2028, 8, 28, EWN, "Summer bank holiday"),
    day(2028, 11, 30, S, "St Andrew's Day"),
    day(2028, 12, 25, UK, "Christmas Day"),
    day(2028, 12, 26, UK, "Boxing Day"),
    // 2029
    day(2029, 1, 1, UK, "New Year's Day"),
    day(2029, 1, 2, S, "2nd January"),
    day(2029, 3, 19, N, "St Patrick's Day, substitute day"),
    day(2029, 3, 30, UK, "Good Friday"),
    day(2029, 4, 2, EWN, "Easter Monday"),
    day(2029, 5, 7, UK, "Early May bank holiday"),
    day(2029, 5, 28, UK, "Spring bank holiday"),
    day(2029, 7, 12, N, "Battle of the Boyne"),
    day(2029, 8, 6, S, "Summer bank holiday"),
    day(2029, 8, 27, EWN, "Summer bank holiday"),
    day(2029, 11, 30, S, "St Andrew's Day"),
    day(2029, 12, 25, UK, "Christmas Day"),
    day(2029, 12, 26, UK, "Boxing Day"),
    // 2030
    day(2030, 1, 1, UK, "New Year's Day"),
    day(2030, 1, 2, S, "2nd January"),
    day(2030, 3, 18, N, "St Patrick's Day, substitute day"),
    day(2030, 4, 19, UK, "Good Friday"),
    day(2030, 4, 22, EWN, "Easter Monday"),
    day(2030, 5, 6, UK, "Early May bank holiday"),
    day(2030, 5, 27, UK, "Spring bank holiday"),
    day(2030, 7, 12, N, "Battle of the Boyne"),
    day(2030, 8, 5, S, "Summer bank holiday"),
    day(2030, 8, 26, EWN, "Summer bank holiday"),
    day(2030, 12, 2, S, "St Andrew's Day, substitute day"),
    day(2030, 12, 25, UK, "Christmas Day"),
    day(2030, 12, 26, UK, "Boxing Day"),
];
