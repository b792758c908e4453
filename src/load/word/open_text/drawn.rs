//! Pictures, text boxes and shapes of an OpenDocument text.

use super::story::{SHAPES, Story, is};
use super::written::{escaped, lead};
use crate::load::xml::{Element, attribute, child, elements};

impl Story<'_> {
    /// A picture, a text box, or something that cannot be shown.
    pub(super) fn drawn(&mut self, node: Element<'_>) {
        let alt = ["title", "desc"]
            .iter()
            .filter_map(|name| child(node, name)?.text())
            .map(str::trim)
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(". ");
        let boxed = match child(node, "text-box") {
            Some(inner) => Some(inner),
            None => elements(node).any(|inner| is(inner, "p")).then_some(node),
        };
        if let Some(inner) = boxed {
            let blank = self.blank;
            let mut content = std::mem::take(&mut self.out);
            let places = std::mem::take(&mut self.places);
            self.blocks(inner);
            std::mem::swap(&mut content, &mut self.out);
            (self.places, self.blank) = (places, blank);
            self.run(
                &format!("<w:pict><w:txbxContent>{content}</w:txbxContent></w:pict>"),
                "",
            );
            return;
        }
        if child(node, "object").is_some() || child(node, "object-ole").is_some() {
            self.run("<w:object/>", "");
            return;
        }
        let pictures = elements(node).filter(|inner| is(*inner, "image"));
        let mut addresses: Vec<&str> = pictures
            .filter_map(|image| attribute(image, "href"))
            .collect();
        addresses.sort_by_key(|address| !address.to_lowercase().ends_with(".svg"));
        if let Some(address) = addresses.first() {
            let outside =
                address.contains("://") || address.starts_with('/') || address.starts_with("..");
            let id = format!("p{}", self.id());
            let target = address.trim_start_matches("./");
            if outside {
                self.made.leads.push(lead(&id, "image", target, true));
            } else {
                self.made.pictures.push(target.to_owned());
                self.made
                    .leads
                    .push(lead(&id, "image", &format!("/{target}"), false));
            }
            // The lengths have units of their own, as those of shapes have.
            let length = |name: &str| escaped(attribute(node, name).unwrap_or_default());
            let drawing = format!(
                r#"<w:drawing style="width:{};height:{}"><w:docPr descr="{}"/><a:blip r:embed="{id}"/></w:drawing>"#,
                length("width"),
                length("height"),
                escaped(&alt)
            );
            self.run(&drawing, "");
            self.blank = false;
        }
        for inner in elements(node).filter(|inner| SHAPES.contains(&inner.tag_name().name())) {
            self.drawn(inner);
        }
    }
}
