//! The distribution list of a meeting, with a copy for each member whom the lists leave out.

use super::{
    Audience, Binding, Body, Copy, CopyForm, Meeting, Member, PrintSize, Recipient, names,
};

impl Recipient {
    /// Whether two lines go to the same recipient, however the name was typed.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Member(one), Self::Member(other)) => one == other,
            (Self::Other(one), Self::Other(other)) => names::folded(one) == names::folded(other),
            _ => false,
        }
    }

    /// The name to print on a list or a label.
    pub fn name(&self, body: &Body) -> String {
        match self {
            Recipient::Member(index) => body
                .members
                .get(*index)
                .and_then(Member::full_name)
                .unwrap_or_default(),
            Recipient::Other(name) => name.clone(),
        }
    }
}

impl Meeting {
    /// The distribution list: what the standing list and the pack ask for, and a standard PDF of the
    /// members' edition for each member who is on neither.
    pub fn distribution(&self) -> Vec<Copy> {
        let mut list = Vec::new();
        for (index, member) in self.body.members.iter().enumerate() {
            let before = list.len();
            list.extend(
                self.copies
                    .iter()
                    .filter(|copy| copy.to == Recipient::Member(index))
                    .cloned(),
            );
            if list.len() == before && !member.vacant() {
                list.push(Copy {
                    to: Recipient::Member(index),
                    edition: Audience::Members,
                    print: PrintSize::Standard,
                    form: CopyForm::Pdf,
                    binding: Binding::default(),
                    copies: 1,
                    address: member.address.clone(),
                    span: None,
                });
            }
        }
        list.extend(
            self.copies
                .iter()
                .filter(|copy| matches!(copy.to, Recipient::Other(_)))
                .cloned(),
        );
        list
    }
}
