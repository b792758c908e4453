//! The council's details on a page, and people to contact.

use super::inlines::unbroken;
use super::markup;
use super::view::{Contact, Letterhead};
use crate::model;

/// A council's details for a page.
#[must_use]
pub fn letterhead(council: &model::Council) -> Letterhead {
    let short = council.short_name.as_deref().unwrap_or(&council.name);
    let website = council.website.as_deref();
    Letterhead {
        name: markup::clean(&council.name),
        short_name: markup::clean(short),
        website: website.map(markup::clean),
        website_url: website.and_then(markup::website),
        address: council
            .address
            .iter()
            .map(|line| markup::clean(line))
            .collect(),
        officer: council.proper_officer.as_ref().map(contact),
    }
}

/// A contact with links to call and to write.
#[must_use]
pub fn contact(contact: &model::Contact) -> Contact {
    let digits = |phone: &str| -> String {
        phone
            .chars()
            .filter(|character| character.is_ascii_digit() || *character == '+')
            .collect()
    };
    let phone = contact.phone.as_deref().map(str::trim);
    let phone_link = phone
        .map(digits)
        .filter(|digits| digits.len() >= 5)
        .map(|digits| format!("tel:{digits}"));
    let email = contact.email.as_deref().map(str::trim);
    let email_link = email
        .filter(|email| email.contains('@') && !email.contains(char::is_whitespace))
        .and_then(|email| markup::web_address(&format!("mailto:{email}")));
    let words = |words: &Option<String>| {
        words
            .as_deref()
            .map(|words| markup::clean(words.trim()))
            .filter(|words| !words.is_empty())
    };
    Contact {
        name: markup::clean(contact.name.trim()),
        post: words(&contact.post),
        unit: words(&contact.unit),
        phone: phone.map(|phone| markup::clean(&unbroken(phone))),
        phone_link,
        email: email.map(markup::clean),
        email_link,
    }
}
