//! The known word that a mistyped one was probably meant to be.

/// Words that mean the same without looking alike: what clerks write, and what is known.
const MEANT: &[(&str, &str)] = &[
    // Keys.
    ("telephone", "phone"),
    ("tel", "phone"),
    ("mobile", "phone"),
    ("mail", "email"),
    ("position", "post"),
    ("job-title", "post"),
    ("job", "post"),
    ("department", "unit"),
    ("team", "unit"),
    ("type", "kind"),
    ("agenda", "item"),
    ("agenda-item", "item"),
    ("day", "date"),
    ("meeting-date", "date"),
    ("venue", "place"),
    ("location", "place"),
    ("room", "place"),
    ("start", "time"),
    ("starts", "time"),
    ("begins", "time"),
    ("finish", "ends"),
    ("end", "ends"),
    ("paper", "source"),
    ("report", "source"),
    ("document", "source"),
    ("file", "source"),
    ("path", "file"),
    ("source", "file"),
    ("pdf", "file"),
    ("name", "title"),
    ("description", "text"),
    ("deadline", "due"),
    ("expected", "due"),
    ("alt-text", "alt"),
    ("caption", "title"),
    ("heading", "title"),
    ("present-members", "present"),
    ("attendance", "present"),
    ("absent", "apologies"),
    ("finished", "ended"),
    ("closed", "ended"),
    ("when", "date"),
    ("date-of-meeting", "date"),
    ("where", "place"),
    ("meeting-place", "place"),
    ("hour", "time"),
    ("start-time", "time"),
    ("meeting-time", "time"),
    ("time-of-meeting", "time"),
    ("end-time", "ends"),
    ("finish-time", "ends"),
    ("finishes", "ends"),
    ("until", "ends"),
    ("next-meeting", "next"),
    ("date-of-next-meeting", "next"),
    ("last-meeting", "previous"),
    ("previous-meeting", "previous"),
    ("publish", "published"),
    ("published-on", "published"),
    ("date-published", "published"),
    ("publication-date", "published"),
    ("issued", "published"),
    ("date-of-issue", "published"),
    ("body", "committee"),
    ("committee-name", "committee"),
    ("quorum", "notice"),
    ("filming", "notice"),
    ("webcast", "notice"),
    ("recording", "notice"),
    ("secretary", "clerk"),
    ("committee-officer", "clerk"),
    ("committee-clerk", "clerk"),
    ("democratic-services", "clerk"),
    ("contact-officer", "clerk"),
    ("author", "officer"),
    ("presenter", "officer"),
    ("presented-by", "officer"),
    ("lead-officer", "officer"),
    ("recommendation", "recommendations"),
    ("background", "background-papers"),
    ("background-documents", "background-papers"),
    ("exempt-paragraph", "exempt-paragraphs"),
    ("exemption", "exempt-paragraphs"),
    ("public-interest-test", "public-interest"),
    ("postponed", "moved"),
    ("rearranged", "moved"),
    ("cancelled-because", "cancelled"),
    // Words.
    ("email", "pdf"),
    ("e-mail", "pdf"),
    ("electronic", "pdf"),
    ("web", "html"),
    ("website", "html"),
    ("online", "html"),
    ("print", "paper"),
    ("printed", "paper"),
    ("post", "paper"),
    ("hard copy", "paper"),
    ("private", "exempt"),
    ("restricted", "exempt"),
    ("closed", "exempt"),
    ("part 2", "exempt"),
    ("part-2", "exempt"),
    ("open", "public"),
    ("private", "members"),
    ("exempt", "members"),
    ("councillors", "members"),
    ("large print", "large"),
    ("giant print", "giant"),
    ("district", "principal"),
    ("borough", "principal"),
    ("county", "principal"),
    ("city", "principal"),
    ("unitary", "principal"),
    ("town", "parish"),
    ("community", "parish"),
    ("village", "parish"),
    ("chairman", "chair"),
    ("chairwoman", "chair"),
    ("chairperson", "chair"),
    ("presiding", "chair"),
    ("convener", "chair"),
    ("vice-chairman", "vice-chair"),
    ("vice-chairwoman", "vice-chair"),
    ("vice-chairperson", "vice-chair"),
    ("deputy-chair", "vice-chair"),
    ("deputy-chairman", "vice-chair"),
    ("councillor", "member"),
    ("coopted", "co-opted"),
    ("reserve", "substitute"),
    ("full council", "council"),
    ("executive", "cabinet"),
    ("overview", "scrutiny"),
    ("town council", "parish"),
    ("parish council", "parish"),
    ("paper", "report"),
    ("decision", "report"),
    ("information", "report"),
    ("oral", "verbal"),
    ("discussion", "verbal"),
    ("update", "verbal"),
    ("standing", "procedural"),
    ("apologies", "procedural"),
    ("declarations", "procedural"),
    ("slides", "presentation"),
    ("late", "to-follow"),
    ("tbc", "to-follow"),
    ("reason", "public-interest"),
    ("reasons", "public-interest"),
    ("ni", "northern-ireland"),
    ("ulster", "northern-ireland"),
    ("cymru", "wales"),
    ("external", "third-party"),
    ("theirs", "third-party"),
    ("ours", "own"),
];

/// The known word that means the same as `word`, if there is one.
pub(super) fn meant<'k>(
    word: &str,
    known: &(impl Iterator<Item = &'k str> + Clone),
) -> Option<&'k str> {
    meanings(word).find_map(|meant| known.clone().find(|known| *known == meant))
}

/// What a word may mean in any table, likeliest first.
pub(super) fn meanings(word: &str) -> impl Iterator<Item = &'static str> {
    let plain = word.to_lowercase().replace(['_', ' '], "-");
    let is_it = move |said: &str| said.replace(' ', "-") == plain;
    MEANT
        .iter()
        .filter(move |(said, _)| is_it(said))
        .map(|(_, meant)| *meant)
}

/// The known word that means the same or looks most similar, if one is similar enough.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let wanted = word.to_lowercase();
    let known: Vec<&str> = known.into_iter().collect();
    let meant = meant(word, &known.iter().copied());
    let looks_like = known
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
        .map(|(_, candidate)| candidate);
    meant.or(looks_like)
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
    use crate::load::keys;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let known = ["weekday", "time", "place"];
        assert_eq!(nearest("wekday", known), Some("weekday"));
        assert_eq!(nearest("palce", known), Some("place"));
        assert_eq!(nearest("chairman", known), None);
        assert_eq!(nearest("chairman", ["chair", "member"]), Some("chair"));
        assert_eq!(nearest("Venue", known), Some("place"));
        assert_eq!(nearest("telephone", ["email", "phone"]), Some("phone"));
        assert_eq!(nearest("9", ["1", "2"]), None);
    }

    #[test]
    fn whatever_a_word_may_mean_is_known() {
        for (said, meant) in MEANT {
            let is_known = keys::is_key_or_word(meant);
            assert!(
                is_known,
                "“{said}” leads to “{meant}”, which nothing is called"
            );
        }
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(one_of(["a"]), "“a”");
        assert_eq!(one_of(["a", "b", "c"]), "“a”, “b” or “c”");
    }
}
