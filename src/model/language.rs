//! How dates, times, lists and citations of the law are written, in English and in Welsh: one
//! wording for every form of a pack.

use super::{Access, Date, Lang, Law, Time, Weekday};

/// A language that the program's own words are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// British English.
    English,
    /// Welsh.
    Welsh,
}

/// The months in English, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The months in Welsh, January first.
pub const WELSH_MONTHS: [&str; 12] = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
];

impl Tongue {
    /// The tongue for a pack in a language: Welsh for Welsh, English for every other.
    pub fn of(lang: &Lang) -> Self {
        if lang.is_welsh() {
            Self::Welsh
        } else {
            Self::English
        }
    }

    fn choose<T>(self, english: T, welsh: T) -> T {
        match self {
            Self::English => english,
            Self::Welsh => welsh,
        }
    }

    /// "Monday 18 March 2019".
    pub fn long_date(self, date: Date) -> String {
        format!("{} {}", self.weekday(date.weekday()), self.date(date))
    }

    /// "18 March 2019".
    pub fn date(self, date: Date) -> String {
        let index = usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1;
        let month = self.choose(MONTHS, WELSH_MONTHS)[index];
        format!("{} {month} {}", date.day(), date.year())
    }

    /// "5.00 pm", "12 noon"; in Welsh "5.00 yp", "12 hanner dydd".
    pub fn time(self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match (hour, minute) {
            (12, 0) => self.choose("12 noon", "12 hanner dydd").to_owned(),
            (0, 0) => self.choose("12 midnight", "12 hanner nos").to_owned(),
            _ => {
                let half = if hour < 12 {
                    self.choose("am", "yb")
                } else {
                    self.choose("pm", "yp")
                };
                let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
                format!("{hour}.{minute:02} {half}")
            }
        }
    }

    /// The name of a weekday.
    pub fn weekday(self, day: Weekday) -> &'static str {
        match day {
            Weekday::Monday => self.choose("Monday", "Dydd Llun"),
            Weekday::Tuesday => self.choose("Tuesday", "Dydd Mawrth"),
            Weekday::Wednesday => self.choose("Wednesday", "Dydd Mercher"),
            Weekday::Thursday => self.choose("Thursday", "Dydd Iau"),
            Weekday::Friday => self.choose("Friday", "Dydd Gwener"),
            Weekday::Saturday => self.choose("Saturday", "Dydd Sadwrn"),
            Weekday::Sunday => self.choose("Sunday", "Dydd Sul"),
        }
    }

    /// "1, 2 and 3".
    pub fn list(self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                format!("{} {} {last}", first.join(", "), self.choose("and", "a"))
            }
        }
    }

    /// Why something is withheld: "paragraph 3 of Part 1 of Schedule 12A, Local Government Act
    /// 1972", "confidential information", or the power by which a council without such a schedule
    /// excludes the public. `None` for what is public, and for what is exempt without a paragraph.
    pub fn reason(self, access: &Access, law: Law) -> Option<String> {
        match access {
            Access::Public => None,
            Access::Confidential { .. } => Some(
                self.choose("confidential information", "gwybodaeth gyfrinachol")
                    .to_owned(),
            ),
            Access::Exempt { paragraphs, .. } => {
                let Some(schedule) = self.schedule(law) else {
                    return self.power(law).map(str::to_owned);
                };
                let numbers: Vec<String> = paragraphs.iter().map(u8::to_string).collect();
                let list = self.list(&numbers);
                match (self, numbers.len()) {
                    (_, 0) => None,
                    (Self::English, 1) => Some(format!("paragraph {list} of {schedule}")),
                    (Self::English, _) => Some(format!("paragraphs {list} of {schedule}")),
                    (Self::Welsh, 1) => Some(format!("paragraff {list}, {schedule}")),
                    (Self::Welsh, _) => Some(format!("paragraffau {list}, {schedule}")),
                }
            }
        }
    }

    /// The schedule that lists what is exempt under a law.
    pub fn schedule(self, law: Law) -> Option<&'static str> {
        let schedule = law.schedule()?;
        Some(self.choose(schedule.english, schedule.welsh))
    }

    /// The power by which the public is excluded, as a resolution names it.
    pub fn power(self, law: Law) -> Option<&'static str> {
        Some(match law {
            Law::England | Law::Wales => self.choose(
                "section 100A(4) of the Local Government Act 1972",
                "adran 100A(4) o Ddeddf Llywodraeth Leol 1972",
            ),
            Law::EnglishExecutive => {
                "regulation 4(2) of the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012"
            }
            Law::EnglishParish | Law::WelshCommunity => self.choose(
                "section 1(2) of the Public Bodies (Admission to Meetings) Act 1960",
                "adran 1(2) o Ddeddf Cyrff Cyhoeddus (Mynediad i Gyfarfodydd) 1960",
            ),
            Law::Scotland => "section 50A(4) of the Local Government (Scotland) Act 1973",
            Law::NorthernIreland => {
                "section 42 of the Local Government Act (Northern Ireland) 2014"
            }
            Law::NorthernIrishExecutive => {
                "regulation 19 of the Local Government (Executive Arrangements) Regulations (Northern Ireland) 2015"
            }
            Law::ScottishCommunity => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_read_as_a_clerk_writes_them() {
        let date = Date::constant(2019, 3, 18);
        assert_eq!(Tongue::English.long_date(date), "Monday 18 March 2019");
        assert_eq!(Tongue::Welsh.long_date(date), "Dydd Llun 18 Mawrth 2019");
        let time = |tongue: Tongue, hour, minute| tongue.time(Time::constant(hour, minute, 0, 0));
        assert_eq!(time(Tongue::English, 17, 0), "5.00 pm");
        assert_eq!(time(Tongue::English, 0, 30), "12.30 am");
        assert_eq!(time(Tongue::English, 0, 0), "12 midnight");
        assert_eq!(time(Tongue::English, 12, 0), "12 noon");
        assert_eq!(time(Tongue::English, 12, 5), "12.05 pm");
        assert_eq!(time(Tongue::English, 9, 5), "9.05 am");
        assert_eq!(time(Tongue::Welsh, 9, 5), "9.05 yb");
        assert_eq!(time(Tongue::Welsh, 17, 0), "5.00 yp");
    }

    #[test]
    fn a_list_of_words_has_one_and() {
        let list = |words: &[&str]| {
            Tongue::English.list(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(list(&["1"]), "1");
        assert_eq!(list(&["1", "2"]), "1 and 2");
        assert_eq!(list(&["1", "2", "5"]), "1, 2 and 5");
    }

    #[test]
    fn the_reason_names_paragraph_and_schedule() {
        let reason = |tongue: Tongue, paragraphs: &[u8], law| {
            let access = Access::Exempt {
                paragraphs: paragraphs.to_vec(),
                public_interest: None,
                span: None,
            };
            tongue.reason(&access, law)
        };
        assert_eq!(
            reason(Tongue::English, &[3], Law::England).as_deref(),
            Some("paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972")
        );
        assert_eq!(
            reason(Tongue::Welsh, &[14, 16], Law::Wales).as_deref(),
            Some("paragraffau 14 a 16, Rhan 4 o Atodlen 12A, Deddf Llywodraeth Leol 1972")
        );
        assert_eq!(reason(Tongue::English, &[], Law::England), None);
        assert_eq!(
            reason(Tongue::English, &[3], Law::EnglishParish).as_deref(),
            Some("section 1(2) of the Public Bodies (Admission to Meetings) Act 1960")
        );
        assert_eq!(Tongue::English.reason(&Access::Public, Law::England), None);
    }
}
