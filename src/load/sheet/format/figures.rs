//! The figures of a number as the signs of its format show them.

use super::sign::Sign;

/// A number without a format that is at least this is shown with a power of ten.
const LARGEST_PLAIN: f64 = 1e15;
/// How many figures a number without a format shows.
const PLAIN_FIGURES: usize = 10;

/// A number that is not negative.
pub(super) fn figures(value: f64, signs: &[Sign]) -> String {
    let digit = |sign: &Sign| matches!(sign, Sign::Digit(_));
    if let Some(power) = signs.iter().position(|sign| matches!(sign, Sign::Power(_))) {
        return powered(value, signs, power);
    }
    if let Some(bar) = signs.iter().position(|sign| *sign == Sign::Bar)
        && signs[..bar].iter().any(digit)
    {
        return fraction(value, signs, bar);
    }
    let last = signs.iter().rposition(digit);
    let whole_end = signs
        .iter()
        .position(|sign| *sign == Sign::Point)
        .unwrap_or(signs.len());
    let last_whole = signs[..whole_end].iter().rposition(digit);
    let mut scaled = value;
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            Sign::Percent => scaled *= 100.0,
            // A comma after the last digit divides by a thousand; one between digits separates
            // thousands.
            Sign::Comma if last_whole.is_some_and(|last| at > last) && at < whole_end => {
                scaled /= 1000.0;
            }
            Sign::Comma if last.is_some_and(|last| at > last) => scaled /= 1000.0,
            _ => {}
        }
    }
    let places = signs[whole_end..].iter().filter(|sign| digit(sign)).count();
    let (whole, part) = decimal(scaled, places);
    let mut shown = whole_part(&whole, &signs[..whole_end], value);
    let mut part = part.chars();
    let mut after = String::new();
    for sign in &signs[whole_end..] {
        match sign {
            Sign::Digit(place) => {
                let digit = part.next().unwrap_or('0');
                let matters =
                    *place == '0' || digit != '0' || part.as_str().contains(|digit| digit != '0');
                if matters {
                    after.push(digit);
                } else if *place == '?' {
                    after.push(' ');
                }
            }
            Sign::Point => after.push('.'),
            Sign::Percent => after.push('%'),
            Sign::Words(words) => after.push_str(words),
            Sign::Bar => after.push('/'),
            _ => {}
        }
    }
    shown.push_str(&after);
    shown
}

/// The part of a number before its point, with the signs between its digits.
fn whole_part(whole: &str, signs: &[Sign], value: f64) -> String {
    let places: Vec<usize> = signs
        .iter()
        .enumerate()
        .filter_map(|(at, sign)| matches!(sign, Sign::Digit(_)).then_some(at))
        .collect();
    let (first, last) = (places.first().copied(), places.last().copied());
    let thousands = signs.iter().enumerate().any(|(at, sign)| {
        *sign == Sign::Comma
            && first.is_some_and(|first| at > first)
            && last.is_some_and(|last| at < last)
    });
    let mut left: Vec<char> = whole.trim_start_matches('0').chars().collect();
    let mut shown: Vec<char> = Vec::new();
    let mut count = 0;
    let put = |digit: char, shown: &mut Vec<char>, count: &mut usize| {
        if thousands && *count > 0 && (*count).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
        *count += 1;
    };
    // From the last sign to the first, since digits are counted from the right.
    for (at, sign) in signs.iter().enumerate().rev() {
        match sign {
            Sign::Digit(place) => {
                match (left.pop(), place) {
                    (Some(digit), _) => put(digit, &mut shown, &mut count),
                    (None, '0') => put('0', &mut shown, &mut count),
                    (None, '?') => shown.push(' '),
                    (None, _) => {}
                }
                while Some(at) == first
                    && let Some(digit) = left.pop()
                {
                    put(digit, &mut shown, &mut count);
                }
            }
            Sign::Words(words) => shown.extend(words.chars().rev()),
            Sign::Percent => shown.push('%'),
            Sign::Bar => shown.push('/'),
            Sign::General => shown.extend(general(value).chars().rev()),
            _ => {}
        }
    }
    shown.iter().rev().collect()
}

/// A number with a power of ten, which goes in steps of as many as there are places before the point.
fn powered(value: f64, signs: &[Sign], at: usize) -> String {
    let digits = |signs: &[Sign]| {
        signs
            .iter()
            .filter(|sign| matches!(sign, Sign::Digit(_)))
            .count()
    };
    let (before, after) = (&signs[..at], &signs[at + 1..]);
    let point = before
        .iter()
        .position(|sign| *sign == Sign::Point)
        .unwrap_or(at);
    let step = i32::try_from(digits(&before[..point]).clamp(1, 9)).unwrap_or(1);
    let mut power = if value > 0.0 {
        value.log10().floor() as i32
    } else {
        0
    };
    power = power.div_euclid(step) * step;
    let places = digits(&before[point..]);
    let mut mantissa = value / 10_f64.powi(power);
    let most = 10_f64.powi(step);
    if decimal(mantissa, places)
        .0
        .parse::<f64>()
        .is_ok_and(|rounded| rounded >= most)
    {
        power += step;
        mantissa = value / 10_f64.powi(power);
    }
    let width = digits(after).clamp(1, MOST_PLACES);
    let sign = match (power < 0, &signs[at]) {
        (true, _) => "-",
        (false, Sign::Power(true)) => "+",
        (false, _) => "",
    };
    format!(
        "{}E{sign}{:0width$}",
        figures(mantissa, before),
        power.unsigned_abs()
    )
}

/// A number as a fraction: `# ?/?`, or of eighths: `# ?/8`.
fn fraction(value: f64, signs: &[Sign], bar: usize) -> String {
    let said: String = signs[bar + 1..]
        .iter()
        .map_while(|sign| match sign {
            Sign::Words(words) if words.chars().all(|letter| letter.is_ascii_digit()) => {
                Some(words.as_str())
            }
            Sign::Digit('0') => Some("0"),
            _ => None,
        })
        .collect();
    let fixed = said
        .parse::<u32>()
        .ok()
        .filter(|below| (1..10_000).contains(below));
    let places = signs[bar + 1..]
        .iter()
        .filter(|sign| matches!(sign, Sign::Digit(_)))
        .count();
    let most = 10_u32.pow(u32::try_from(places.clamp(1, 3)).unwrap_or(1)) - 1;
    // With a place before a blank, the whole number is written separately.
    let apart = signs[..bar]
        .iter()
        .position(|sign| matches!(sign, Sign::Words(words) if words.trim().is_empty()))
        .is_some_and(|blank| {
            signs[..blank]
                .iter()
                .any(|sign| matches!(sign, Sign::Digit(_)))
        });
    let whole = if apart { value.floor() } else { 0.0 };
    let part = value - whole;
    let near = |below: u32| (part * f64::from(below)).round() / f64::from(below) - part;
    let below = fixed.unwrap_or_else(|| {
        let better = |best: u32, next: u32| {
            if near(next).abs() + 1e-12 < near(best).abs() {
                next
            } else {
                best
            }
        };
        (1..=most).fold(1, better)
    });
    let above = (part * f64::from(below)).round();
    if apart && above >= f64::from(below) {
        return format!("{}", whole + 1.0);
    }
    match (apart, whole > 0.0, above > 0.0) {
        (true, _, false) => format!("{whole}"),
        (true, true, true) => format!("{whole} {above}/{below}"),
        _ => format!("{above}/{below}"),
    }
}

/// A number without a format.
fn general(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let size = value.abs();
    if !(1e-9..LARGEST_PLAIN).contains(&size) {
        let shown = format!("{value:.5E}");
        let (mantissa, power) = shown.split_once('E').unwrap_or((&shown, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        let power: i32 = power.parse().unwrap_or(0);
        let sign = if power < 0 { '-' } else { '+' };
        return format!("{mantissa}E{sign}{:02}", power.abs());
    }
    let before = (size.log10().floor().max(0.0) as usize) + 1;
    let (whole, part) = decimal(size, PLAIN_FIGURES.saturating_sub(before));
    let part = part.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

/// The most digits that a format has for a fraction or a power.
const MOST_PLACES: usize = 30;

/// A number's digits before and after the point, rounded as people round: half up, by the fifteen
/// figures that a spreadsheet keeps.
fn decimal(value: f64, places: usize) -> (String, String) {
    let places = places.min(MOST_PLACES);
    let exact = format!("{value:.14e}");
    let (mantissa, power) = exact.split_once('e').unwrap_or((&exact, "0"));
    let power: i64 = power.parse().unwrap_or(0);
    let digits: Vec<u8> = mantissa
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|byte| byte - b'0')
        .collect();
    // The digit at a power of ten.
    let at = |of: i64| {
        usize::try_from(power - of)
            .ok()
            .and_then(|at| digits.get(at))
            .copied()
            .unwrap_or(0)
    };
    let lowest = -(places as i64);
    let highest = power.clamp(0, 400);
    let mut kept: Vec<u8> = (lowest..=highest).rev().map(at).collect();
    if at(lowest - 1) >= 5 {
        let mut carry = true;
        for digit in kept.iter_mut().rev() {
            if !carry {
                break;
            }
            carry = *digit == 9;
            *digit = if carry { 0 } else { *digit + 1 };
        }
        if carry {
            kept.insert(0, 1);
        }
    }
    let text: String = kept.iter().map(|digit| char::from(b'0' + digit)).collect();
    let split = text.len() - places;
    (text[..split].to_owned(), text[split..].to_owned())
}
