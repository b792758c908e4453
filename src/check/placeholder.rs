//! What templates leave to be filled in or taken out: placeholders, words that say what is yet to be
//! written, and guidance for the author.

use std::sync::LazyLock;

use regex::Regex;

/// What a placeholder in brackets begins with.
macro_rules! asks {
    () => {
        r"(?:insert|enter|add|delete|type|names?|dates?|titles?|amounts?|officers?|authors?|tbc|tba|x{2,}|dd (?:mm|month)|to be (?:added|completed|inserted|confirmed|advised|drafted)|guidance|drafting|rhowch|mewnosod\w*|enw|dyddiad|teitl|i['’]w (?:gadarnhau|ychwanegu))\b"
    };
}
/// What an instruction in square brackets begins with: "[State any legal implications]". In other
/// brackets, and with nothing after it, such a word may be somebody's own.
macro_rules! tells {
    () => {
        concat!(
            r"(?:if\s+(?:not\s|none\b|applicable|appropriate|relevant|required|needed|there\s+(?:are|is)\s+no)",
            r"|(?:please|note\s+(?:to|for)\s+(?:the\s+)?(?:report\s+)?(?:authors?|officers?|drafters?|editors?|writers?|self|clerk))\b",
            r"|(?:(?:briefly|clearly)\s+)?(?:state|describe|set\s+out|explain|include|provide|specify|complete|list|select|choose|pick|attach|outline|summari[sz]e|identify|remove|replace|amend|update|use|keep|consider|refer\s+to)",
            r"\s+(?:the|this|these|any|all|an?|if|as|with|by|from|one|which|whether|how|why|what|who|when|where|here|your|details|none|out|full|relevant|key|main|appropriate)\b",
            r"|(?:list|state|describe|explain|outline|summari[sz]e|give|identify|specify)\s+(?:\w+\s+){0,3}(?:wards?|implications?|options?|risks?|costs?|figures?|advice|reasons?|sections?|dates?|names?|papers?|documents?|officers?|members?|appendices|consultees|funding)\b)"
        )
    };
}
/// What one ends with.
macro_rules! asked {
    () => {
        r"(?:\bto (?:confirm|complete|check|advise|insert|provide|add|update|follow up)|\b(?:names?|dates?|here|tbc))"
    };
}

/// A placeholder, anywhere in a text. It matches letters outside ASCII, but none at a word boundary.
pub(crate) static PLACEHOLDER: LazyLock<Regex> = page_pattern!(concat!(
    r"(?i:\[\s*",
    asks!(),
    r"[^\]\n]*\])|(?i:\[[^\]\n]{0,60}",
    asked!(),
    r"\s*\])|(?i:\[\s*",
    tells!(),
    r"[^\]\n]*\])",
    r"|(?i:\[\s*(?:day|month|year|time|venue|place|location|ward|number|address|sum|figure|percentage|reference|department|directorate|service|team|council|committee|contractor|supplier|organisation|company|project|scheme|job title|post|mis|blwyddyn|lleoliad)\s*\])",
    r"|(?i:<{1,2}\s*",
    asks!(),
    r"[^<>\n]*>{1,2})|(?i:<{1,2}[^<>\n@/]{0,60}",
    asked!(),
    r"\s*>{1,2})|(?i:\(\s*(?:insert|enter|add) (?:the |your )?(?:text|title|name|date|details|amount|number|officer)s?\b[^)\n]{0,40}\))|«[^«»\n]{1,40}»",
    r"|(?i:\{{1,2}\s*",
    asks!(),
    r"[^{}\n]*\}{1,2})|(?i:\{{1,2}[^{}\n]{0,60}",
    asked!(),
    r"\s*\}{1,2})",
    // Fields that a mail merge did not fill in.
    r"|\{\{[^{}\n]{1,60}\}\}|<<\s*\p{L}[^<>\n@/]{0,60}>>|\{\s*MERGEFIELD\b[^{}\n]{0,60}\}",
    r"|(?i:\b(?:delete|amend|complete) as (?:appropriate|applicable|necessary)\b|\b(?:delete|remove) if (?:not (?:needed|applicable|required|used|relevant)|inapplicable|none)\b)",
    r"|(?i:\b(?:delete|strike out|cross out) (?:whichever|(?:those|any) (?:that|which) (?:do not|don['’]t|does not|are not))\b(?: (?:is not|do(?:es)? not)? ?(?:apply|applicable|required|needed))?)",
    r"|(?i:\bif (?:there (?:are|is) )?(?:none|no \w+(?: \w+)?|not applicable),? (?:please )?(?:state|write|put|enter|insert|delete|remove)\b(?: [“‘\x22']?\w+)?)",
    r"|(?i:\bdelete this (?:paragraph|section|text|box|page|note|line|guidance|instruction)\b(?:[^.]{0,30}\bbefore publi\w+)?)",
    r"|(?i:\b(?:insert|enter|type|add) (?:your |the )?(?:text|title|name|date|details|amount)s?(?: of \w+)? here\b)",
    r"|(?i:\bclick (?:or tap )?(?:here )?to enter (?:text|a date|your \w+|(?:the )?(?:title|name|date|details?))\b)|\bChoose an item\.(?:\s|$)|(?i:\bcliciwch (?:neu dap\w+ )?yma i (?:roi|fewnosod|nodi) (?:testun|dyddiad))",
    r"|\bError! (?:Reference|Bookmark|Hyperlink|No |Not a|Unknown|Filename|Main)[A-Za-z ]*\.?",
    r"|(?i:\blorem ipsum\b)",
    // Dates
    r"|\b(?i:DD[/. -]M{2,4}[/. -]YY(?:YY)?|DD[ -](?:month|mon)[ -]YY(?:YY)?)\b",
    r"|(?:\bX{2}|\bx{2}|\?{2}|\b_{2,})/(?:X{2}|x{2}|\?{2}|_{2,}|[0-9]{2})/(?:20)?(?:X{2}|x{2}|\?{2}|_{2,}|[0-9]{2})(?:X{2}|x{2}|\?{2})?",
    r"|(?:\bX{1,2}|\bx{2}|\?{2}|\b_{2,})(?:st|nd|rd|th)?\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b20(?:XX|xx|YY)\b",
    r"|\b(?:(?:DAY|DATE|DD)\s)?MONTH,?\s(?:YEAR|YYYY|20[0-9]{2})\b|\b(?:Month|MMM|MM|Mmm|mmm)\s(?:YYYY|yyyy)\b|\b(?:DAY|DATE|DD)\sMONTH\b|\bMM/YYYY\b|\b(?:DD|dd)[/. -](?:MM|mm|Month|month)[/. -]20[0-9]{2}\b",
    r"|(?:^|[:.;(]\s*)(?i:insert)\s(?:\w+\s){1,7}here\b|(?i:\[[^\]\n]{0,60}\b(?:comments?|figures?|advice|details?|input|wording|text|dates?|names?)\s(?:still\s)?(?:required|needed|awaited|outstanding|to\sfollow)\s*\])",
    // Sums
    r"|£\s?(?:[xX?]{2,}|X\b|[xX],[xX]{3})(?:,[xX?]{3})*|£\s?(?i:tbc|tba)\b|£\s?\[[^\]\n]{0,40}\]|£\s?_{2,}",
    // "TBC – finance to confirm", "(TBC)"
    r"|(?i:\b(?:tbc|tba)\s*(?:[–—-]\s*\w+(?:\s\w+){0,5}|\(\w[^)\n]{0,40}\)|by\s\w+)|\((?:tbc|tba)\))",
    // "Councillor XX", "section ??", "there were ## replies"
    r"|\b(?:Cllr|Councillor|Cynghorydd|Mr|Mrs|Ms|Miss|Dr|Alderman)\.?\s(?:XX|xx|\?\?|_{2,})",
    r"|(?:^|[\s(])\?{2,}|\b(?:section|paragraph|para|page|appendix|item|minute|table|figure)s?\.?\s(?i:x{2,}\b)",
    r"|\b(?:is|are|was|were|of|by|to|than|over|about|around|for|from|and|the)\s#{2,}|£\s?#{2,}",
    // "<Director>", "a term of [x] years", "Councillor [ ]", "xx schools"
    r"|<\p{Lu}\p{Ll}+(?:\s\p{L}+){0,4}>",
    r"|\[\s*[xX?]{1,3}\s*\]\s(?:years?|months?|weeks?|days?|hours?|homes|people|places|members|per\s?cent|%)|\b(?:of|for|to|by|over|than)\s\[\s*[xX?]{1,3}\s*\]",
    r"|\b(?:Cllr|Councillor|Cynghorydd|Mr|Mrs|Ms|Dr)\.?\s\[[\s_.…]*\]|\bxx\b|\bXX(?:\s?%|\s?per\s?cent\b|,(?:[0-9]{3}|XXX)\b)",
    r"|(?i:\[\s*(?:legal|finance|hr|procurement|property|planning|estates|communications|officers?|directors?|authors?|clerk)(?: (?:services|team|officer))? to [a-z]+\b[^\]\n]{0,60}\])",
    r"|\b(?:[A-Z]+ ){0,3}TO BE (?:COMPLETED|ADDED|INSERTED|CONFIRMED|SUPPLIED|DRAFTED|WRITTEN)(?: BY [A-Z]+(?: [A-Z]+)?)?\b|:\s*x{3,}(?:\W*$|\s)",
    r"|\bX{3,}\b|_{4,}"
));

/// Whole paragraphs that say what is yet to be written.
pub(crate) static UNWRITTEN: LazyLock<Regex> = pattern!(concat!(
    r"^(?:(?i:(?:[a-z][a-z0-9 &/()'’-]{2,60}:\s*)?\(?(?:tbc|tba|to be (?:completed|confirmed|added|advised|agreed|inserted|drafted|written|provided|supplied|determined|decided|updated|checked|finali[sz]ed|costed)(?: (?:here|later|in due course))?(?: by (?:the )?[a-z& ]{2,40}?)?(?: (?:before|prior to) publication)?))",
    r"|(?i:[a-z0-9 &/()'’-]{0,40}\b(?:comments?|advice|implications|figures?|costs|officer|finance|legal|equality|hr|consultation|responses?|risks?)\b[a-z0-9 &/()'’-]{0,30}:\s*(?:awaited|pending|outstanding|to (?:follow|come)))",
    r"|(?i:(?:[a-z]+ ){0,3}(?:comments?|implications|figures?|advice|wording|text|input|details) (?:are |is )?(?:(?:still )?to (?:follow|come|be (?:added|provided|confirmed|inserted|supplied))|outstanding|pending)(?: from (?:the )?\w+(?: \w+)?)?)",
    r"|(?i:(?:[a-z][a-z0-9 &/()'’-]{2,60}:\s*)?\(?(?:finance|legal|hr|procurement|property|planning|communications|democratic|audit|estates|section 151)(?: (?:services|team|officer))?|author|officer|director|report author|lead officer) to (?:complete|confirm|advise|check|provide|insert|add|update|comment)(?: \w+){0,3}",
    r"|(?i:(?:[a-z][a-z0-9 &/()'’-]{2,60}:\s*)?awaiting (?:comments?|figures?|confirmation|information|input|advice|details?|wording|sign[- ]off))\b(?: \w+){0,5}",
    r"|(?i:(?:comments?|figures?|advice) (?:are )?awaited(?: from \w+(?: \w+)?)?|(?:sample|dummy|placeholder|your|example) (?:text|heading|title)(?: here)?)",
    r"|(?i:i['’]w (?:gadarnhau|gwblhau|ychwanegu)))\s*\)?[.:…]*$"
));

/// What a form asks to be filled in by hand: "Signed: ______".
pub(crate) static FORM: LazyLock<Regex> = pattern!(
    r"(?i)(?::|\b(?:signed|signature|name|date|address|postcode|telephone|e-?mail|tick|yes|no|initials?|dyddiad|llofnod|enw))\W*$"
);

/// Verbs for what an author does to a report.
macro_rules! writing {
    () => {
        r"(?:set(?:ting)?\s+out|describe|explain|state|include|summari[sz]e|outline|provide|list|identify|detail|indicate|give|show|demonstrate|cover|address|contain|be\s+(?:completed|deleted|used|drafted|filled|no\s+(?:more|longer)|kept|written|brief)|complete|delete|insert|use|refer|consider|note)"
    };
}
/// Parts of a report that guidance may be about.
macro_rules! part {
    () => {
        r"(?:section|paragraph|part|box|field|heading|table|template|sub-?section|form)"
    };
}

/// Guidance for the author of a report, which was to be taken out: "This section should set out …",
/// "Guidance: explain …", "(maximum 200 words)".
pub(crate) static GUIDANCE: LazyLock<Regex> = pattern!(concat!(
    r"(?i)^\W*(?:guidance|drafting|author|template)(?:\s+notes?)?(?:\s+(?:for|to)\s+(?:the\s+)?(?:report\s+)?(?:officers?|authors?|writers?))?\s*[:–—-]+\s*(?:please\s+|briefly\s+|this\s+",
    part!(),
    r"\s+(?:should|must|is)\s+|(?:officers?|authors?|you)\s+(?:should|must|need\s+to)\s+)?",
    writing!(),
    r"\b[^.:]{0,60}",
    r"|^\W*(?:(?:drafting|guidance)\s+notes?|notes?\s+(?:to|for)\s+(?:the\s+)?(?:report\s+)?(?:authors?|officers?|writers?|drafters?)|(?:instructions?|guidance)\s+(?:for|to)\s+(?:the\s+)?(?:report\s+)?(?:authors?|officers?|writers?))\s*:[^.:]{0,60}",
    r"|^\W*(?:suggested|standard|sample|model|default|example)\s+(?:wording|paragraph|text|form\s+of\s+words)\s*:",
    // At the head of a sentence: "a notice under this section must state …" is a statute's.
    r"|(?:^\W*|[.;:]\s+)this\s+",
    part!(),
    r"\s+(?:(?:should|must)(?:\s+(?:briefly|clearly|only|also|not))?|needs\s+to|is\s+to)\s+",
    writing!(),
    r"\b",
    r"|(?:^\W*|[.;:]\s+)in\s+this\s+",
    part!(),
    r",?\s+(?:please\s+)?(?:you\s+(?:should|must|need\s+to)|set\s+out\s+(?:the|any|how|what|why)|describe|explain|summari[sz]e\s+(?:the|any)|(?:report\s+)?authors?\s+(?:should|must))\b",
    r"|(?:^\W*|[.;:]\s+)(?:please\s+)?(?:use|complete|delete)\s+this\s+",
    part!(),
    r"\s+(?:to\s+",
    writing!(),
    r"|if|where|only|when|giving|in\s+(?:all|no\s+more|fewer|under)|by\s+(?:the|no)|using|before|for\s+(?:all|every)|with\s+(?:details?|the|any|your|an?))\b",
    r"|(?:^\W*|[.;:]\s+)(?:(?:report\s+)?(?:authors?|writers?)|officers?|you)\s+(?:should|must|need\s+to|are\s+(?:asked|required|reminded|advised)\s+to|may\s+wish\s+to)\s+(?:briefly\s+|clearly\s+|also\s+)?",
    writing!(),
    r"\b[^.]{0,100}\b(?:here\b|(?:in|of|under|within)\s+this\s+",
    part!(),
    r"\b)",
    r"|[(\[](?:max(?:imum|\.)?|no\s+more\s+than|up\s+to|approx(?:imately|\.)?)(?:\s+of)?\s+[0-9,]+\s+words[^)\]]{0,40}[)\]]"
));
