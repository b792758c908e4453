//! Equations in one line of text, as they are read out or typed.

use super::node::{Element, attribute, child, elements, value};

/// An equation in one line.
pub(super) fn linear(node: Element<'_>) -> String {
    let mut text = String::new();
    write(node, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write(node: Element<'_>, text: &mut String) {
    let part = |name: &str| child(node, name).map(linear).unwrap_or_default();
    let sign = |properties: &str, name: &str| {
        child(node, properties).and_then(|properties| value(properties, name))
    };
    match node.tag_name().name() {
        "t" => text.push_str(node.text().unwrap_or("")),
        "f" => text.push_str(&format!(
            "{}/{}",
            grouped(&part("num")),
            grouped(&part("den"))
        )),
        "sSup" => text.push_str(&format!("{}^{}", part("e"), grouped(&part("sup")))),
        "sSub" => text.push_str(&format!("{}_{}", part("e"), grouped(&part("sub")))),
        "sSubSup" => text.push_str(&format!(
            "{}_{}^{}",
            part("e"),
            grouped(&part("sub")),
            grouped(&part("sup"))
        )),
        "rad" => text.push_str(&format!("{}√{}", part("deg"), grouped(&part("e")))),
        "nary" => {
            text.push_str(sign("naryPr", "chr").unwrap_or("∫"));
            for (mark, part) in [("_", part("sub")), ("^", part("sup"))] {
                if !part.is_empty() {
                    text.push_str(mark);
                    text.push_str(&grouped(&part));
                }
            }
            text.push(' ');
            text.push_str(&part("e"));
        }
        "d" => {
            text.push_str(sign("dPr", "begChr").unwrap_or("("));
            let inner = elements(node).filter(|inner| inner.tag_name().name() == "e");
            let inner: Vec<String> = inner.map(linear).collect();
            text.push_str(&inner.join(sign("dPr", "sepChr").unwrap_or("|")));
            text.push_str(sign("dPr", "endChr").unwrap_or(")"));
        }
        "m" => {
            let rows = elements(node).filter(|inner| inner.tag_name().name() == "mr");
            let rows: Vec<String> = rows
                .map(|row| elements(row).map(linear).collect::<Vec<_>>().join(", "))
                .collect();
            text.push_str(&format!("[{}]", rows.join("; ")));
        }
        "rPr" | "ctrlPr" | "fPr" | "radPr" | "del" => {}
        _ => {
            for inner in elements(node) {
                write(inner, text);
            }
            if attribute(node, "chr").is_some() {
                text.push(' ');
            }
        }
    }
}

/// An operand, in brackets unless it is a single name or number.
fn grouped(text: &str) -> String {
    if text
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter == '.' || letter == ',')
    {
        text.to_owned()
    } else {
        format!("({text})")
    }
}
