//! What was filled in, chosen or ticked in the controls of a form.

use std::collections::BTreeMap;

use crate::load::word::symbols::tick_box;
use crate::load::xml::{Element, attribute, elements};

/// What the controls of a text's forms show, by their ids. `forms` is the element that holds the forms.
pub(super) fn controls(forms: Element<'_>) -> BTreeMap<String, String> {
    forms
        .descendants()
        .filter_map(|control| {
            let id = attribute(control, "id")?;
            Some((id.to_owned(), shown(control)?))
        })
        .collect()
}

/// What a control shows.
fn shown(control: Element<'_>) -> Option<String> {
    let label = || attribute(control, "label").unwrap_or("");
    match control.tag_name().name() {
        "checkbox" | "radio" => {
            let state = attribute(control, "current-state").or_else(|| attribute(control, "state"));
            let selected =
                attribute(control, "current-selected").or_else(|| attribute(control, "selected"));
            let ticked = state == Some("checked") || selected == Some("true");
            Some(format!("{} {}", tick_box(ticked), label()))
        }
        "listbox" => {
            let chosen = elements(control).filter(|option| {
                attribute(*option, "current-selected").or_else(|| attribute(*option, "selected"))
                    == Some("true")
            });
            let labels: Vec<&str> = chosen.filter_map(|it| attribute(it, "label")).collect();
            Some(labels.join(", "))
        }
        "button" | "fixed-text" | "frame" => Some(label().to_owned()),
        "password" | "hidden" | "file" | "image" | "image-frame" => None,
        _ => attribute(control, "current-value")
            .or_else(|| attribute(control, "value"))
            .map(ToOwned::to_owned),
    }
}
