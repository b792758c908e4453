//! The year in minute numbers.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("minute-number-year"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "The year in a minute's number is not that of the meeting",
    explanation: "Where the body's `minute-number` pattern has `{yy}` or `{yyyy}`, the year in each number \
                  is compared with the date of the minutes. From January to May the year before is \
                  taken too, for councils that number by municipal year.",
    basis: "Practice: found in published packs.",
    example: "3/18 in minutes of January 2019 numbered by calendar year beside 1/19 and 2/19",
    remedy: "Correct the number",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(pattern) = subject.meeting.body.minute_number.as_deref() else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (_, minutes) in subject.minutes() {
        let Some(date) = &minutes.date else { continue };
        let year = i32::from(date.value.year());
        let years: Vec<(i32, &crate::model::Number)> = minutes
            .minutes
            .iter()
            .filter_map(|minute| minute.number.as_ref())
            .filter_map(|number| Some((year_in(&number.text, pattern, year)?, number)))
            .collect();
        // The numbers of one meeting share their year, be it calendar or municipal.
        let municipal = date.value.month() <= 5
            && !years.is_empty()
            && years.iter().all(|(in_number, _)| *in_number == year - 1);
        for (in_number, number) in years {
            if in_number != year && !municipal {
                let place = number.span.unwrap_or(date.span);
                findings.push(RULE.at(
                    place,
                    format!(
                        "Minute {} has the year {in_number}, but the meeting was in {year}",
                        number.text
                    ),
                ));
            }
        }
    }
    findings
}

/// The year in a minute's number, read by the body's pattern, in full.
fn year_in(number: &str, pattern: &str, near: i32) -> Option<i32> {
    let (mark, width) = if pattern.contains("{yyyy}") {
        ("{yyyy}", 4)
    } else {
        ("{yy}", 2)
    };
    let (before, after) = pattern.split_once(mark)?;
    let separators: Vec<&str> = before.split("{n}").collect();
    let digits = if after.is_empty() {
        // The year stands last: what follows the last separator.
        let separator = separators.last().copied().unwrap_or("");
        match separator {
            "" => return None,
            separator => number.rsplit_once(separator)?.1,
        }
    } else {
        let separator: String = after.chars().take_while(|c| *c != '{').collect();
        if separator.is_empty() {
            return None;
        }
        let start = if separators.len() > 1 {
            number.split_once(separators.last().copied()?)?.1
        } else {
            number.strip_prefix(before)?
        };
        start.split_once(separator.as_str())?.0
    };
    if digits.len() != width {
        return None;
    }
    let year: i32 = digits.parse().ok()?;
    Some(if width == 2 {
        near.div_euclid(100) * 100 + year
    } else {
        year
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_by_pattern() {
        for (number, pattern, year) in [
            ("1/19", "{n}/{yy}", Some(2019)),
            ("15/53/Plan", "{yy}/{n}/Plan", Some(2015)),
            ("2019/4", "{yyyy}/{n}", Some(2019)),
            ("12", "{n}", None),
            ("12", "{n}/{yy}", None),
        ] {
            assert_eq!(year_in(number, pattern, 2019), year, "{number}");
        }
    }
}
