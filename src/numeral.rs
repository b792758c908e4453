//! Numbers in letters, as the labels of lists and pages have them.

/// A small Roman numeral: `iv`. Thousands beyond the third are more of the letter m, as in PDF page
/// labels. Nothing for zero.
pub(crate) fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

/// a, b … z, aa, bb …, as Word counts. Nothing for zero.
pub(crate) fn letters(number: usize) -> String {
    let Some(before) = number.checked_sub(1) else {
        return String::new();
    };
    let letter = ('a'..='z').nth(before % 26).unwrap_or_default();
    std::iter::repeat_n(letter, before / 26 + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_letters() {
        assert_eq!(roman(4), "iv");
        assert_eq!(roman(1994), "mcmxciv");
        assert_eq!(letters(1), "a");
        assert_eq!(letters(26), "z");
        assert_eq!(letters(28), "bb");
        assert_eq!((roman(0), letters(0)), (String::new(), String::new()));
    }
}
