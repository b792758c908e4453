//! Whatever a clerk may write is printed in every form, or stands in a short list here that says why
//! not. Which keys there are, the program itself says: to somebody who writes one that there is not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::common::built::built;
use crate::common::sheet::Sheet;
use crate::common::tool;
use crate::common::{pack, said};

/// What becomes of a key.
enum Key {
    /// These words are on paper, in large print and on the web page.
    Said(&'static [&'static str]),
    /// The same but for one form, and why.
    SaidBut(&'static [&'static str], &'static str, &'static str),
    /// These words are in the distribution list.
    Listed(&'static [&'static str]),
    /// It holds tables, each called so.
    Tables(&'static str),
    /// It is not printed, and why.
    Unsaid(&'static str),
}

use Key::{Listed, Said, SaidBut, Tables, Unsaid};

const PAPER: &str = "paper";
const LARGE: &str = "large print";
const WEB: &str = "the web";
const LIST: &str = "the list";
const LISTED_ONLY: &str = "every form of the pack";

const LAW: &str = "decides which law and which rules hold";
const ACCESS: &str = "decides who sees it; what is withheld has a notice in the program's words";
const LOOKS: &str = "decides how pages look or where they start";
const NAMES: &str = "names a file, a part or a person of another list";
const CHECKS: &str = "speaks to the checks";
const KEPT: &str = "decides the page numbers of a supplement, which is a pack of its own";
const SITE: &str = "speaks to the website of all meetings";
const SENDING: &str = "decides what is made for whom";

/// The keys of somebody to ask, each with its word.
macro_rules! contact {
    ($name:literal, $post:literal, $unit:literal, $phone:literal, $email:literal) => {
        &[
            ("name", Said(&[$name])),
            ("post", Said(&[$post])),
            ("unit", Said(&[$unit])),
            ("phone", Said(&[$phone])),
            ("email", Said(&[$email])),
        ]
    };
}

/// A table: where it stands, what it is written under, and its keys.
type Table = (&'static str, &'static str, &'static [(&'static str, Key)]);

/// Every table by its file and by what messages call it, and what becomes of its keys.
const TABLES: &[Table] = &[
    (
        "council.toml",
        "council.toml",
        &[
            ("council", Tables("[council]")),
            ("pack", Tables("[pack]")),
            ("report", Tables("[report]")),
            ("calendar", Tables("[calendar]")),
            ("decisions", Tables("[decisions]")),
            ("check", Unsaid(CHECKS)),
            ("style", Tables("[style]")),
            ("notice", Tables("A notice")),
            ("site", Tables("[site]")),
        ],
    ),
    (
        "council.toml",
        "[council]",
        &[
            ("name", Said(&["zqcouncilq"])),
            (
                "short-name",
                Unsaid("names the council where there is no room for its name, which a pack has"),
            ),
            ("jurisdiction", Unsaid(LAW)),
            ("tier", Unsaid(LAW)),
            ("languages", Unsaid("the language of the program's words")),
            ("website", Said(&["zqwebsiteq.example"])),
            ("address", Said(&["zqhouseq"])),
            ("proper-officer", Tables("The proper officer")),
        ],
    ),
    (
        "council.toml",
        "The proper officer",
        contact!(
            "zqproperq",
            "zqproperpostq",
            "zqproperunitq",
            "zqproperphoneq",
            "zqproperq@council.example"
        ),
    ),
    (
        "council.toml",
        "[pack]",
        &[
            (
                "marking",
                SaidBut(
                    &["zqmarkingq"],
                    WEB,
                    "stands beside page numbers, which a web page has not",
                ),
            ),
            (
                "page-number",
                SaidBut(
                    &["zqpageq"],
                    WEB,
                    "is how a page number is printed on a page",
                ),
            ),
            ("item-sheets", Unsaid(LOOKS)),
            ("start-items-on-right", Unsaid(LOOKS)),
            ("start-documents-on-right", Unsaid(LOOKS)),
            ("full-size-images", Unsaid(LOOKS)),
            ("number-from", Unsaid(LOOKS)),
            ("large-print-notice", Said(&["zqlargenoticeq"])),
            ("electronic-notice", Said(&["zqelectronicq"])),
            ("membership-page", Unsaid(LOOKS)),
            ("exempt-leaf", Unsaid(LOOKS)),
            ("accessibility-page", Unsaid(LOOKS)),
        ],
    ),
    (
        "council.toml",
        "[report]",
        &[
            ("title", Said(&["zqreporttitleq"])),
            ("header", Tables("A row of the header")),
            ("recommendations-heading", Said(&["zqrecheadingq"])),
            ("paragraph-numbers", Unsaid(LOOKS)),
            ("appendix-label", Said(&["zqlabelq 1"])),
            ("nil", Unsaid(CHECKS)),
            ("sections", Tables("A section")),
        ],
    ),
    (
        "council.toml",
        "A row of the header",
        &[
            ("key", Unsaid("names a key of the front matter")),
            ("label", Said(&["zqheaderlabelq"])),
            ("required", Unsaid(CHECKS)),
        ],
    ),
    (
        "council.toml",
        "[decisions]",
        &[(
            "call-in-days",
            Unsaid("counts to the end of call-in, which a notice of decisions says"),
        )],
    ),
    (
        "council.toml",
        "A section",
        &[("heading", Unsaid(CHECKS)), ("required", Unsaid(CHECKS))],
    ),
    (
        "council.toml",
        "[calendar]",
        &[("non-working", Unsaid(LAW))],
    ),
    (
        "council.toml",
        "[style]",
        &[
            ("font", Unsaid(LOOKS)),
            ("accent", Unsaid(LOOKS)),
            ("logo", Tables("The logo")),
        ],
    ),
    (
        "council.toml",
        "[site]",
        &[
            ("base", Unsaid(SITE)),
            ("attendance", Unsaid(SITE)),
            ("redirect", Unsaid(SITE)),
        ],
    ),
    (
        "council.toml",
        "The logo",
        &[
            ("file", Unsaid(NAMES)),
            (
                "alt",
                Unsaid("is said of a picture to those who do not see it"),
            ),
        ],
    ),
    (
        "board.toml",
        "board.toml",
        &[
            ("name", Said(&["zqboardq"])),
            ("kind", Unsaid(LAW)),
            (
                "minute-number",
                Unsaid("the pattern by which minutes are known"),
            ),
            ("clerk", Tables("[clerk]")),
            ("member", Tables("A member")),
            ("copy", Tables("A copy")),
            ("notice", Tables("A notice")),
        ],
    ),
    (
        "board.toml",
        "[clerk]",
        contact!(
            "zqclerkq",
            "zqclerkpostq",
            "zqclerkunitq",
            "zqclerkphoneq",
            "zqclerkq@council.example"
        ),
    ),
    (
        "board.toml",
        "A notice",
        &[
            ("title", Said(&["zqboardnoticetitleq"])),
            ("text", Said(&["zqboardnoticeq"])),
        ],
    ),
    (
        "council.toml",
        "A notice",
        &[
            ("title", Said(&["zqcouncilnoticetitleq"])),
            ("text", Said(&["zqcouncilnoticeq"])),
        ],
    ),
    (
        "board.toml",
        "A member",
        &[
            ("name", Said(&["zqmemberq"])),
            ("id", Unsaid(NAMES)),
            ("style", Said(&["zqstyleq"])),
            ("role", Said(&["Co-opted members"])),
            ("represents", Said(&["zqrepresentsq"])),
            ("voting", Said(&["zqrepresentsq, non-voting"])),
            ("honours", Said(&["zqhonoursq"])),
            ("portfolio", Said(&["zqportfolioq"])),
            ("party", Said(&["zqpartyq"])),
            ("address", Listed(&["zqmemberhouseq"])),
            ("vacant", Said(&["Vacancy"])),
        ],
    ),
    (
        "board.toml",
        "A copy",
        &[
            ("to", Listed(&["zqreaderq"])),
            ("edition", Unsaid(SENDING)),
            ("print", Unsaid(SENDING)),
            ("form", Unsaid(SENDING)),
            ("copies", Unsaid(SENDING)),
            ("items", Unsaid(SENDING)),
            ("holds", Unsaid(SENDING)),
            ("notes", Unsaid(SENDING)),
            ("volume-pages", Unsaid(SENDING)),
            ("address", Listed(&["zqreaderhouseq"])),
        ],
    ),
    (
        "pack.toml",
        "pack.toml",
        &[
            ("committee", Unsaid(NAMES)),
            ("check", Unsaid(CHECKS)),
            ("meeting", Tables("[meeting]")),
            ("part", Tables("A part of the agenda")),
            ("item", Tables("This item")),
            ("copy", Tables("A copy")),
            ("notice", Tables("A notice")),
            ("accessibility-page", Unsaid(LOOKS)),
        ],
    ),
    (
        "pack.toml",
        "A notice",
        &[
            ("title", Said(&["zqmeetingnoticetitleq"])),
            ("text", Said(&["zqmeetingnoticeq"])),
        ],
    ),
    (
        "pack.toml",
        "[meeting]",
        &[
            ("date", Said(&["18 January 2027"])),
            ("weekday", Said(&["Monday 18 January"])),
            ("time", Said(&["6.10 pm"])),
            ("ends", Said(&["8.20 pm"])),
            ("place", Said(&["zqplaceq"])),
            ("next", Said(&["zqnextq"])),
            (
                "previous",
                Unsaid("is held against the date of the minutes, which is printed"),
            ),
            ("published", Said(&["8 January 2027"])),
            ("moved", Said(&["zqmovedq"])),
            (
                "cancelled",
                Unsaid("stands in the place of the call, which these keys are about"),
            ),
            (
                "decisions-published",
                Unsaid("stands on the notice of decisions, a pack of its own"),
            ),
            ("access", Said(&["open to the public"])),
            ("kind", Said(&["zqkindq"])),
        ],
    ),
    (
        "pack.toml",
        "A part of the agenda",
        &[
            ("id", Said(&["Part zqpartidq"])),
            ("label", Said(&["zqpartlabelq"])),
            ("title", Said(&["zqpartq"])),
            ("text", Said(&["zqparttextq"])),
            ("access", Unsaid(ACCESS)),
            ("exempt-paragraphs", Unsaid(ACCESS)),
            ("public-interest", Unsaid(ACCESS)),
        ],
    ),
    (
        "pack.toml",
        "A copy",
        &[
            ("to", Listed(&["zqvisitorq"])),
            ("edition", Unsaid(SENDING)),
            ("print", Unsaid(SENDING)),
            ("form", Unsaid(SENDING)),
            ("copies", Unsaid(SENDING)),
            ("items", Unsaid(SENDING)),
            ("holds", Unsaid(SENDING)),
            ("notes", Unsaid(SENDING)),
            ("volume-pages", Unsaid(SENDING)),
            ("address", Listed(&["zqvisitorhouseq"])),
            ("standing", Unsaid(SENDING)),
        ],
    ),
    (
        "pack.toml",
        "This item",
        &[
            ("title", Said(&["zqtitleq"])),
            ("kind", Said(&["To follow by Thursday 14 January 2027"])),
            ("number", Said(&["Zq9"])),
            ("id", Unsaid("is what links call it by")),
            ("heading", Said(&["zqheadingq"])),
            ("public-title", Said(&["zqpublicq"])),
            ("text", Said(&["zqtextq"])),
            ("sub", Said(&["zqsubq"])),
            ("source", Unsaid(NAMES)),
            ("sources", Unsaid(NAMES)),
            ("time", Said(&["7.25 pm"])),
            ("officer", Tables("The officer")),
            ("note", Said(&["zqnoteq"])),
            ("reference", Said(&["zqreferenceq"])),
            ("address", Said(&["zqsiteq"])),
            ("ward", Said(&["zqwardq"])),
            ("applicant", Said(&["zqapplicantq"])),
            ("revision", Said(&["zqrevisionq"])),
            ("supersedes", Said(&["zqsupersedesq"])),
            ("keep-numbers", Unsaid(KEPT)),
            ("supplement", Said(&["987"])),
            ("withdrawn", Said(&["zqwithdrawnq"])),
            ("due", Said(&["14 January 2027"])),
            ("part", Unsaid(NAMES)),
            ("appendix", Tables("An appendix")),
            ("item", Tables("This item")),
            ("report", Unsaid("is the front matter of a paper in Word")),
            ("minutes", Unsaid("is the front matter of a paper in Word")),
            ("access", Said(&["ot for publication"])),
            ("exempt-paragraphs", Said(&["paragraph 4"])),
            ("public-interest", Said(&["zqinterestq"])),
            ("redact", Tables("A redaction")),
            ("alternative", Unsaid(NAMES)),
            ("accept-redaction", Unsaid(CHECKS)),
            ("accept-redaction-of", Unsaid(CHECKS)),
            ("accept-marking", Unsaid(CHECKS)),
            ("allow", Tables("An allowed finding")),
        ],
    ),
    (
        "pack.toml",
        "An allowed finding",
        &[
            ("code", Unsaid(CHECKS)),
            ("text", Unsaid(CHECKS)),
            ("reason", Unsaid(CHECKS)),
        ],
    ),
    (
        "pack.toml",
        "The officer",
        &[
            ("name", Said(&["zqofficerq"])),
            ("initials", Said(&["zqinitialsq"])),
            ("post", Said(&["zqofficerpostq"])),
            ("unit", Said(&["zqofficerunitq"])),
            ("phone", Said(&["zqofficerphoneq"])),
            ("email", Said(&["zqofficerq@council.example"])),
        ],
    ),
    (
        "pack.toml",
        "A redaction",
        &[
            ("page", Unsaid("says where words are taken out")),
            ("box", Unsaid("says where words are taken out")),
        ],
    ),
    ("pack.toml", "An appendix", LISTED),
    (
        "report.md",
        "This front matter",
        &[
            ("subject", Said(&["zqsubjectq"])),
            ("zqkey", Said(&["zqheadervalueq"])),
            ("contact", Tables("A contact")),
            ("signatory", Tables("The signatory")),
            ("recommendations", Said(&["zqrecommendq"])),
            ("background-papers", Said(&["zqbackgroundq"])),
            ("lang", Unsaid("the language that it is read in")),
            ("appendix", Tables("An appendix")),
            ("access", Unsaid(ACCESS)),
            ("exempt-paragraphs", Unsaid(ACCESS)),
            ("public-interest", Unsaid(ACCESS)),
        ],
    ),
    (
        "report.md",
        "A contact",
        contact!(
            "zqcontactq",
            "zqcontactpostq",
            "zqcontactunitq",
            "zqcontactphoneq",
            "zqcontactq@council.example"
        ),
    ),
    (
        "report.md",
        "The signatory",
        contact!(
            "zqsignatoryq",
            "zqsignatorypostq",
            "zqsignatoryunitq",
            "zqsignatoryphoneq",
            "zqsignatoryq@council.example"
        ),
    ),
    ("report.md", "An appendix", LISTED),
    (
        "minutes.md",
        "This front matter",
        &[
            ("date", Said(&["7 December 2026"])),
            ("time", Said(&["6.35 pm"])),
            ("place", Said(&["zqminutesplaceq"])),
            ("present", Tables("A name")),
            ("apologies", Said(&["zqapologyq"])),
            ("in-attendance", Tables("Somebody in attendance")),
            ("came-late", Tables("Somebody who came or left")),
            ("left-early", Said(&["zqleftq"])),
            ("ended", Said(&["9.45 pm"])),
            ("contact", Tables("The contact")),
            ("lang", Unsaid("the language that they are read in")),
            ("appendix", Tables("An appendix")),
            ("access", Unsaid(ACCESS)),
            ("exempt-paragraphs", Unsaid(ACCESS)),
            ("public-interest", Unsaid(ACCESS)),
        ],
    ),
    (
        "minutes.md",
        "Somebody who came or left",
        &[
            ("name", Unsaid("`as` takes its place")),
            ("as", Said(&["zqcameasq"])),
            ("time", Said(&["6.50 pm"])),
            ("item", Said(&["during item 3"])),
        ],
    ),
    (
        "minutes.md",
        "A name",
        &[
            ("name", Unsaid("`as` takes its place")),
            ("as", Said(&["zqpresentasq"])),
        ],
    ),
    (
        "minutes.md",
        "Somebody in attendance",
        contact!(
            "zqattendedq",
            "zqattendedpostq",
            "zqattendedunitq",
            "zqattendedphoneq",
            "zqattendedq@council.example"
        ),
    ),
    (
        "minutes.md",
        "The contact",
        contact!(
            "zqminutesq",
            "zqminutespostq",
            "zqminutesunitq",
            "zqminutesphoneq",
            "zqminutesq@council.example"
        ),
    ),
    ("minutes.md", "An appendix", LISTED),
];

/// The keys of an appendix. `{where}` is the file that lists it.
const LISTED: &[(&str, Key)] = &[
    ("title", Said(&["zqapp{where}q"])),
    ("label", Said(&["zqown{where}q"])),
    ("file", Unsaid(NAMES)),
    ("absent", Said(&["zqabsent{where}q"])),
    ("pages", Unsaid("chooses pages of a file")),
    (
        "alt",
        Unsaid("is said of a picture to those who do not see it"),
    ),
    ("alternative", Unsaid(NAMES)),
    (
        "origin",
        Unsaid("decides whom the accessibility page names"),
    ),
    (
        "summary",
        SaidBut(
            &["zqsummary{where}q"],
            PAPER,
            "is for those who do not have the file itself before them",
        ),
    ),
    ("lang", Unsaid("the language that it is read in")),
    ("header-rows", Unsaid(LOOKS)),
    (
        "supersedes",
        Unsaid("is told in a supplement, which is a pack of its own"),
    ),
    ("keep-numbers", Unsaid(KEPT)),
    ("withdrawn", Said(&["zqoff{where}q"])),
    ("access", Unsaid(ACCESS)),
    ("exempt-paragraphs", Unsaid(ACCESS)),
    ("public-interest", Unsaid(ACCESS)),
    ("redact", Tables("A redaction")),
    ("accept-redaction", Unsaid(CHECKS)),
    ("accept-redaction-of", Unsaid(CHECKS)),
    ("accept-marking", Unsaid(CHECKS)),
];

const COUNCIL: &str = r#"@line@
[council]
name = "zqcouncilq"
short-name = "ZQ"
jurisdiction = "england"
tier = "principal"
languages = ["en-GB"]
website = "zqwebsiteq.example"
address = ["zqhouseq"]
proper-officer = { name = "zqproperq", post = "zqproperpostq", unit = "zqproperunitq", phone = "zqproperphoneq", email = "zqproperq@council.example"@inline@ }
@line@
[pack]
marking = "zqmarkingq"
page-number = "zqpageq {page}"
item-sheets = {sheets}
large-print-notice = "zqlargenoticeq"
electronic-notice = "zqelectronicq"
@line@
[report]
title = "zqreporttitleq"
header = [{ key = "subject", label = "Subject" }, { key = "contact", label = "Contact" }, { key = "zqkey", label = "zqheaderlabelq"@inline@ }]
sections = [{ heading = "Purpose"@inline@ }]
recommendations-heading = "zqrecheadingq"
appendix-label = "zqlabelq {n}"
@line@
[calendar]
non-working = [2026-12-24]
@line@
[decisions]
call-in-days = 5
@line@
[style]
logo = { file = "logo.svg", alt = "A tree"@inline@ }
@line@
[[notice]]
title = "zqcouncilnoticetitleq"
text = "zqcouncilnoticeq"
@line@
[site]
base = "https://meetings.council.example"
@line@
"#;

const BOARD: &str = r#"name = "zqboardq"
kind = "board"
@line@
[clerk]
name = "zqclerkq"
post = "zqclerkpostq"
unit = "zqclerkunitq"
phone = "zqclerkphoneq"
email = "zqclerkq@council.example"
@line@
[[member]]
name = "A Chair"
role = "chair"
portfolio = "zqportfolioq"
party = "zqpartyq"
honours = "zqhonoursq"
@line@
[[member]]
name = "zqmemberq"
style = "zqstyleq"
role = "co-opted"
represents = "zqrepresentsq"
voting = false
address = ["zqmemberhouseq"]
[[member]]
vacant = true
[[copy]]
to = "zqreaderq"
address = ["zqreaderhouseq"]
@line@
[[notice]]
title = "zqboardnoticetitleq"
text = "zqboardnoticeq"
@line@
"#;

const PACK: &str = r#"committee = "board"
@line@
[meeting]
date = 2027-01-18
weekday = "Monday"
time = 18:10:00
ends = 20:20:00
place = "zqplaceq"
moved = "zqmovedq"
next = "zqnextq"
previous = 2026-12-07
published = 2027-01-08
kind = "zqkindq"
@line@
[[copy]]
to = "zqvisitorq"
address = ["zqvisitorhouseq"]
@line@
[[notice]]
title = "zqmeetingnoticetitleq"
text = "zqmeetingnoticeq"
@line@
[[part]]
id = "zqpartidq"
title = "zqpartq"
text = "zqparttextq"
@line@
[[part]]
id = "zqotherq"
label = "zqpartlabelq"
title = "zqheadedq"
[[item]]
title = "zqtitleq"
kind = "report"
source = "report.md"
text = "zqtextq is said."
sub = ["zqsubq"]
time = 19:25:00
officer = { name = "zqofficerq", initials = "zqinitialsq", post = "zqofficerpostq", unit = "zqofficerunitq", phone = "zqofficerphoneq", email = "zqofficerq@council.example"@inline@ }
note = "zqnoteq is added."
reference = "zqreferenceq"
address = "zqsiteq"
ward = "zqwardq"
applicant = "zqapplicantq"
revision = "zqrevisionq"
supersedes = "zqsupersedesq.pdf"
supplement = 987
part = "zqpartidq"
@line@
[[item]]
number = "Zq9"
title = "Late"
kind = "to-follow"
due = 2027-01-14
[[item]]
title = "Minutes"
kind = "minutes"
source = "minutes.md"
[[item]]
title = "A secret"
public-title = "zqpublicq"
kind = "report"
source = "paper.pdf"
redact = [{ page = 1, box = [72, 100, 200, 20]@inline@ }]
access = "exempt"
exempt-paragraphs = [4]
public-interest = "zqinterestq"
[[item]]
title = "Papers"
heading = "zqheadingq"
kind = "report"
source = "paper.pdf"
allow = [{ code = "doubled-word", text = "that that", reason = "as it was said"@inline@ }]
[[item.appendix]]
title = "zqapppackq"
label = "zqownpackq"
file = "paper.pdf"
summary = "zqsummarypackq"
redact = [{ page = 1, box = [72, 100, 200, 20]@inline@ }]
@line@
[[item.appendix]]
title = "Gone"
absent = "zqabsentpackq"
[[item.appendix]]
title = "Off"
file = "paper.pdf"
withdrawn = "zqoffpackq"
[[item]]
title = "Off"
kind = "report"
source = "paper.pdf"
withdrawn = "zqwithdrawnq"
"#;

const REPORT: &str = r#"+++
subject = "zqsubjectq"
zqkey = "zqheadervalueq"
contact = [{ name = "zqcontactq", post = "zqcontactpostq", unit = "zqcontactunitq", phone = "zqcontactphoneq", email = "zqcontactq@council.example"@inline@ }]
signatory = { name = "zqsignatoryq", post = "zqsignatorypostq", unit = "zqsignatoryunitq", phone = "zqsignatoryphoneq", email = "zqsignatoryq@council.example"@inline@ }
recommendations = "1. zqrecommendq"
background-papers = ["zqbackgroundq"]
@line@
[[appendix]]
title = "First"
file = "paper.pdf"
[[appendix]]
title = "zqappreportq"
label = "zqownreportq"
file = "paper.pdf"
summary = "zqsummaryreportq"
@line@
[[appendix]]
title = "Gone"
absent = "zqabsentreportq"
[[appendix]]
title = "Off"
file = "paper.pdf"
withdrawn = "zqoffreportq"
+++

# Purpose

Words.
"#;

const MINUTES: &str = r#"+++
date = 2026-12-07
time = 18:35:00
place = "zqminutesplaceq"
present = [{ name = "A Chair", as = "zqpresentasq"@inline@ }]
apologies = ["zqapologyq"]
in-attendance = [{ name = "zqattendedq", post = "zqattendedpostq", unit = "zqattendedunitq", phone = "zqattendedphoneq", email = "zqattendedq@council.example"@inline@ }]
came-late = [{ name = "A Chair", as = "zqcameasq", time = 18:50:00, item = "3"@inline@ }]
left-early = ["zqleftq"]
ended = 21:45:00
contact = { name = "zqminutesq", post = "zqminutespostq", unit = "zqminutesunitq", phone = "zqminutesphoneq", email = "zqminutesq@council.example"@inline@ }
@line@
[[appendix]]
title = "zqappminutesq"
label = "zqownminutesq"
file = "paper.pdf"
summary = "zqsummaryminutesq"
@line@
[[appendix]]
title = "Gone"
absent = "zqabsentminutesq"
[[appendix]]
title = "Off"
file = "paper.pdf"
withdrawn = "zqoffminutesq"
+++

# 1/26 Minutes

**Resolved** that they be approved.
"#;

/// A workspace in which every table occurs and every key that says something says its word. In an
/// asking one every table has a key that there is not.
pub(crate) fn workspace(folder: &Path, sheets: bool, asking: bool) {
    let (line, inline) = if asking {
        ("zzzz = 1", ", zzzz = 1")
    } else {
        ("", "")
    };
    for (path, text) in [
        ("council.toml", COUNCIL),
        ("committees/board.toml", BOARD),
        ("packs/meeting/pack.toml", PACK),
        ("packs/meeting/report.md", REPORT),
        ("packs/meeting/minutes.md", MINUTES),
        (
            "logo.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><path d=\"M0 0h40v40z\"/></svg>",
        ),
    ] {
        let path = folder.join(path);
        let text = text
            .replace("@line@", line)
            .replace("@inline@", inline)
            .replace("{sheets}", if sheets { "true" } else { "false" });
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    let pdf = Sheet::new("BT /F1 12 Tf 72 700 Td (A paper) Tj ET").bytes();
    std::fs::write(folder.join("packs/meeting/paper.pdf"), pdf).expect("it can be written");
}

/// The keys that each table may have, by the name of its file and what messages call it.
fn known(folder: &Path) -> BTreeMap<(String, String), BTreeSet<String>> {
    let output = pack(&["check", "--format", "json"], folder);
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut known: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for finding in told["findings"].as_array().expect("findings") {
        let text = |key: &str| finding[key].as_str().unwrap_or_default();
        let Some((what, _)) = text("message").split_once(" has no key `zzzz`") else {
            continue;
        };
        let file = text("file").rsplit('/').next().unwrap_or_default();
        let (_, keys) = text("help").split_once(" here are ").expect("the keys");
        known
            .entry((file.to_owned(), what.to_owned()))
            .or_default()
            .extend(keys.split(", ").map(|key| key.trim_matches('`').to_owned()));
    }
    known
}

#[test]
fn no_key_is_forgotten() {
    let folder = tempfile::tempdir().expect("a folder");
    workspace(folder.path(), true, true);
    let known = known(folder.path());
    let mut wrong = Vec::new();
    for (place, keys) in &known {
        let table = TABLES
            .iter()
            .find(|(file, what, _)| (*file, *what) == (place.0.as_str(), place.1.as_str()));
        let Some((_, _, listed)) = table else {
            if !place.1.ends_with("redaction") {
                wrong.push(format!("{place:?} is not listed"));
            }
            continue;
        };
        let listed: BTreeSet<String> = listed.iter().map(|(key, _)| (*key).to_owned()).collect();
        for key in keys.difference(&listed) {
            wrong.push(format!("{place:?}: plant a word in {key}"));
        }
        for key in listed.difference(keys) {
            wrong.push(format!("{place:?}: there is no {key} any more"));
        }
    }
    for (file, what, keys) in TABLES {
        let place = ((*file).to_owned(), (*what).to_owned());
        if !known.contains_key(&place) {
            wrong.push(format!("{place:?} was never read"));
        }
        for (key, becomes) in *keys {
            match becomes {
                Tables(inner) if !known.keys().any(|(_, what)| what == inner) => {
                    wrong.push(format!("{place:?}: {key} leads to no table {inner}"));
                }
                SaidBut(_, _, why) | Unsaid(why) if why.is_empty() => {
                    wrong.push(format!("{place:?}: {key} says no reason"));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The words of a text, whatever parts them and wherever a line may end.
fn plain(text: &str) -> String {
    let text = text.replace("&nbsp;", " ").replace("<wbr>", "");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('\u{ad}', "")
}

#[test]
fn every_key_is_said_in_every_form() {
    for sheets in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        workspace(folder.path(), sheets, false);
        let path = folder.path().to_str().expect("a path in Unicode");
        let standard = built(path, &["--allow-errors"]);
        let large = built(path, &["--allow-errors", "--large-print"]);
        let read = |pdf: &str| {
            let text = tool("pdftotext", &["-layout", pdf, "-"])?;
            Some(plain(&text))
        };
        let (Some(paper), Some(print)) = (read(&standard.pdf()), read(&large.pdf())) else {
            return;
        };
        let web = std::fs::read_to_string(standard.html()).expect("the page");
        let list = pack(&["distribution", path, "--format", "json"], folder.path());
        let forms = [
            (PAPER, paper),
            (LARGE, print),
            (WEB, plain(&web)),
            (LIST, said(&list)),
        ];
        let mut lost = Vec::new();
        for (file, what, keys) in TABLES {
            let name = file.split('.').next().unwrap_or_default();
            for (key, becomes) in *keys {
                let (words, but) = match becomes {
                    Said(words) => (words, ""),
                    SaidBut(words, form, _) => (words, *form),
                    Listed(words) => (words, LISTED_ONLY),
                    Tables(_) | Unsaid(_) => continue,
                };
                for word in *words {
                    let word = word.replace("{where}", name);
                    for (form, text) in &forms {
                        let is_wanted = if but == LISTED_ONLY {
                            *form == LIST
                        } else {
                            *form != LIST && *form != but
                        };
                        if is_wanted && !text.contains(&word) {
                            lost.push(format!("{what} of {file}, {key}: {word} on {form}"));
                        }
                    }
                }
            }
        }
        assert!(lost.is_empty(), "item-sheets = {sheets}: {lost:#?}");
    }
}
