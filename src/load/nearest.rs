//! The known word that a mistyped one was probably meant to be.

/// The nearest of the known words, where one is near enough to be worth a guess.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let wanted = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            let distance = strsim::osa_distance(&wanted, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|&(distance, candidate)| {
            let longer = wanted.chars().count().max(candidate.chars().count());
            distance < longer && distance <= longer.div_ceil(3)
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Words as a sentence lists them: "a, b or c".
pub(super) fn one_of<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("“{word}”")).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let known = ["weekday", "time", "place"];
        assert_eq!(nearest("wekday", known), Some("weekday"));
        assert_eq!(nearest("palce", known), Some("place"));
        assert_eq!(nearest("chairman", known), None);
        assert_eq!(nearest("9", ["1", "2"]), None);
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(one_of(["a"]), "“a”");
        assert_eq!(one_of(["a", "b", "c"]), "“a”, “b” or “c”");
    }
}
