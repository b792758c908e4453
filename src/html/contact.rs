//! People to get in touch with.

use super::inlines::unbroken;
use super::markup;
use super::view::Contact;
use crate::model;

/// A contact with addresses to call and write to.
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
