//! The table of rules. Each rule is a file in the folder of its room; nothing is a rule that is not
//! in this table.

use super::rule::Rule;
use crate::finding::Code;

pub(crate) mod agenda {
    pub(crate) mod duplicate_item;
    pub(crate) mod item_kind_mismatch;
    pub(crate) mod item_number_out_of_order;
    pub(crate) mod item_without_report;
    pub(crate) mod next_meeting_unconfirmed;
    pub(crate) mod template_text;
    pub(crate) mod title_differs;
    pub(crate) mod to_follow_late;
    pub(crate) mod to_follow_without_date;
}
pub(crate) mod dates {
    pub(crate) mod impossible_date;
    pub(crate) mod meeting_in_past;
    pub(crate) mod minute_number_year;
    pub(crate) mod minute_reference_blank;
    pub(crate) mod minutes_approved_too_early;
    pub(crate) mod minutes_not_earlier;
    pub(crate) mod minutes_of_other_meeting;
    pub(crate) mod next_meeting_not_later;
    pub(crate) mod published_long_before;
    pub(crate) mod weekday_wrong;
    pub(crate) mod weekday_wrong_in_text;
}
pub(crate) mod clock {
    pub(crate) mod calendar_unknown;
    pub(crate) mod key_decision_notice;
    pub(crate) mod meeting_on_day_off;
    pub(crate) mod private_meeting_notice;
    pub(crate) mod publication_date_missing;
    pub(crate) mod published_late;
    pub(crate) mod summons_unsigned;
    pub(crate) mod time_or_place_missing;
    pub(crate) mod urgent_without_reason;
}
pub(crate) mod published {
    pub(crate) mod keep_numbers_of_nothing;
    pub(crate) mod published_item_gone;
    pub(crate) mod published_number_twice;
    pub(crate) mod published_numbers_missing;
    pub(crate) mod published_source_changed;
    pub(crate) mod replaced_page_cited;
}
pub(crate) mod minutes {
    pub(crate) mod decision_incomplete;
    pub(crate) mod item_not_minuted;
    pub(crate) mod resolution_differs;
    pub(crate) mod resolution_unasked;
}
pub(crate) mod reports {
    pub(crate) mod acronym_not_explained;
    pub(crate) mod background_papers_differ;
    pub(crate) mod background_papers_not_stated;
    pub(crate) mod bare_link_text;
    pub(crate) mod contact_unreachable;
    pub(crate) mod header_field_empty;
    pub(crate) mod header_field_missing;
    pub(crate) mod heading_skipped;
    pub(crate) mod heading_without_mark;
    pub(crate) mod number_repeated;
    pub(crate) mod number_skipped;
    pub(crate) mod number_style_mixed;
    pub(crate) mod paragraph_in_wrong_section;
    pub(crate) mod paragraph_numbered_twice;
    pub(crate) mod paragraph_unnumbered;
    pub(crate) mod recommendations_differ;
    pub(crate) mod recommendations_missing;
    pub(crate) mod section_empty;
    pub(crate) mod section_missing;
    pub(crate) mod section_out_of_order;
    pub(crate) mod section_twice;
    pub(crate) mod section_unnumbered;
    pub(crate) mod signatory_missing;
}
pub(crate) mod appendices {
    pub(crate) mod appendix_label_twice;
    pub(crate) mod appendix_listed_differently;
    pub(crate) mod appendix_not_attached;
    pub(crate) mod appendix_not_cited;
    pub(crate) mod appendix_word_and_figure;
    pub(crate) mod page_reference_dangling;
    pub(crate) mod paragraph_reference_dangling;
}
pub(crate) mod people {
    pub(crate) mod copy_item_unknown;
    pub(crate) mod copy_without_address;
    pub(crate) mod large_print_without_alternative;
    pub(crate) mod member_twice;
    pub(crate) mod member_unaccounted;
    pub(crate) mod name_not_a_member;
    pub(crate) mod no_chair;
    pub(crate) mod person_two_ways;
    pub(crate) mod place_vacant;
    pub(crate) mod present_and_apologies;
    pub(crate) mod recipient_nearly_a_member;
}
pub(crate) mod access {
    pub(crate) mod comment_left;
    pub(crate) mod exempt_by_every_paragraph;
    pub(crate) mod exempt_title_quoted;
    pub(crate) mod exempt_without_paragraph;
    pub(crate) mod exempt_without_reason;
    pub(crate) mod exemption_unknown;
    pub(crate) mod marked_not_public;
    pub(crate) mod person_in_metadata;
    pub(crate) mod personal_data;
    pub(crate) mod planning_consent_exempt;
    pub(crate) mod redaction_failed;
    pub(crate) mod signature_shown;
    pub(crate) mod withdrawn_marking;
}
pub(crate) mod attachments {
    pub(crate) mod attachment_content_missing;
    pub(crate) mod attachment_encrypted;
    pub(crate) mod attachment_page_missing;
    pub(crate) mod attachment_placeholder;
    pub(crate) mod attachment_portfolio;
    pub(crate) mod attachment_scanned;
    pub(crate) mod attachment_signed;
    pub(crate) mod attachment_unreadable;
    pub(crate) mod attachment_untagged;
    pub(crate) mod attachment_with_files;
    pub(crate) mod attachment_with_form;
    pub(crate) mod attachment_with_javascript;
    pub(crate) mod attachment_without_language;
    pub(crate) mod attachment_without_title;
    pub(crate) mod figures_without_alternative;
    pub(crate) mod fonts_not_embedded;
    pub(crate) mod image_coarse;
    pub(crate) mod image_fine;
    pub(crate) mod own_page_numbers;
    pub(crate) mod page_size_odd;
    pub(crate) mod page_upside_down;
}
pub(crate) mod prose {
    pub(crate) mod count_and_list_differ;
    pub(crate) mod difference_wrong;
    pub(crate) mod doubled_word;
    pub(crate) mod garbled_characters;
    pub(crate) mod name_two_ways;
    pub(crate) mod percentage_wrong;
    pub(crate) mod space_missing;
    pub(crate) mod sum_cut_off;
    pub(crate) mod sum_in_two_versions;
    pub(crate) mod sum_without_unit;
    pub(crate) mod table_total_wrong;
    pub(crate) mod unpaired_bracket;
    pub(crate) mod unpaired_quote;
}
pub(crate) mod accessibility {
    pub(crate) mod alternative_is_file_name;
    pub(crate) mod bold_as_heading;
    pub(crate) mod capitals_paragraph;
    pub(crate) mod colour_only;
    pub(crate) mod image_without_alternative;
    pub(crate) mod table_without_header;
}
pub(crate) mod comments {
    pub(crate) mod allow_unused;
    pub(crate) mod allowed_without_reason;
}

/// Every rule, by room and code.
pub static RULES: &[&Rule] = &[
    &agenda::duplicate_item::RULE,
    &agenda::item_kind_mismatch::RULE,
    &agenda::item_number_out_of_order::RULE,
    &agenda::item_without_report::RULE,
    &agenda::next_meeting_unconfirmed::RULE,
    &agenda::template_text::RULE,
    &agenda::title_differs::RULE,
    &agenda::to_follow_late::RULE,
    &agenda::to_follow_without_date::RULE,
    &dates::impossible_date::RULE,
    &dates::meeting_in_past::RULE,
    &dates::minute_number_year::RULE,
    &dates::minute_reference_blank::RULE,
    &dates::minutes_approved_too_early::RULE,
    &dates::minutes_not_earlier::RULE,
    &dates::minutes_of_other_meeting::RULE,
    &dates::next_meeting_not_later::RULE,
    &dates::published_long_before::RULE,
    &dates::weekday_wrong::RULE,
    &dates::weekday_wrong_in_text::RULE,
    &clock::calendar_unknown::RULE,
    &clock::key_decision_notice::RULE,
    &clock::meeting_on_day_off::RULE,
    &clock::private_meeting_notice::RULE,
    &clock::publication_date_missing::RULE,
    &clock::published_late::RULE,
    &clock::summons_unsigned::RULE,
    &clock::time_or_place_missing::RULE,
    &clock::urgent_without_reason::RULE,
    &published::keep_numbers_of_nothing::RULE,
    &published::published_item_gone::RULE,
    &published::published_number_twice::RULE,
    &published::published_numbers_missing::RULE,
    &published::published_source_changed::RULE,
    &published::replaced_page_cited::RULE,
    &minutes::decision_incomplete::RULE,
    &minutes::item_not_minuted::RULE,
    &minutes::resolution_differs::RULE,
    &minutes::resolution_unasked::RULE,
    &reports::acronym_not_explained::RULE,
    &reports::background_papers_differ::RULE,
    &reports::background_papers_not_stated::RULE,
    &reports::bare_link_text::RULE,
    &reports::contact_unreachable::RULE,
    &reports::header_field_empty::RULE,
    &reports::header_field_missing::RULE,
    &reports::heading_skipped::RULE,
    &reports::heading_without_mark::RULE,
    &reports::number_repeated::RULE,
    &reports::number_skipped::RULE,
    &reports::number_style_mixed::RULE,
    &reports::paragraph_in_wrong_section::RULE,
    &reports::paragraph_numbered_twice::RULE,
    &reports::paragraph_unnumbered::RULE,
    &reports::recommendations_differ::RULE,
    &reports::recommendations_missing::RULE,
    &reports::section_empty::RULE,
    &reports::section_missing::RULE,
    &reports::section_out_of_order::RULE,
    &reports::section_twice::RULE,
    &reports::section_unnumbered::RULE,
    &reports::signatory_missing::RULE,
    &appendices::appendix_label_twice::RULE,
    &appendices::appendix_listed_differently::RULE,
    &appendices::appendix_not_attached::RULE,
    &appendices::appendix_not_cited::RULE,
    &appendices::appendix_word_and_figure::RULE,
    &appendices::page_reference_dangling::RULE,
    &appendices::paragraph_reference_dangling::RULE,
    &people::copy_item_unknown::RULE,
    &people::copy_without_address::RULE,
    &people::large_print_without_alternative::RULE,
    &people::member_twice::RULE,
    &people::member_unaccounted::RULE,
    &people::name_not_a_member::RULE,
    &people::no_chair::RULE,
    &people::person_two_ways::RULE,
    &people::place_vacant::RULE,
    &people::present_and_apologies::RULE,
    &people::recipient_nearly_a_member::RULE,
    &access::comment_left::RULE,
    &access::exempt_by_every_paragraph::RULE,
    &access::exempt_title_quoted::RULE,
    &access::exempt_without_paragraph::RULE,
    &access::exempt_without_reason::RULE,
    &access::exemption_unknown::RULE,
    &access::marked_not_public::RULE,
    &access::person_in_metadata::RULE,
    &access::personal_data::RULE,
    &access::planning_consent_exempt::RULE,
    &access::redaction_failed::RULE,
    &access::signature_shown::RULE,
    &access::withdrawn_marking::RULE,
    &attachments::attachment_content_missing::RULE,
    &attachments::attachment_encrypted::RULE,
    &attachments::attachment_page_missing::RULE,
    &attachments::attachment_placeholder::RULE,
    &attachments::attachment_portfolio::RULE,
    &attachments::attachment_scanned::RULE,
    &attachments::attachment_unreadable::RULE,
    &attachments::attachment_signed::RULE,
    &attachments::attachment_untagged::RULE,
    &attachments::attachment_with_files::RULE,
    &attachments::attachment_with_form::RULE,
    &attachments::attachment_with_javascript::RULE,
    &attachments::attachment_without_language::RULE,
    &attachments::attachment_without_title::RULE,
    &attachments::figures_without_alternative::RULE,
    &attachments::fonts_not_embedded::RULE,
    &attachments::image_coarse::RULE,
    &attachments::image_fine::RULE,
    &attachments::own_page_numbers::RULE,
    &attachments::page_size_odd::RULE,
    &attachments::page_upside_down::RULE,
    &prose::count_and_list_differ::RULE,
    &prose::difference_wrong::RULE,
    &prose::doubled_word::RULE,
    &prose::garbled_characters::RULE,
    &prose::name_two_ways::RULE,
    &prose::percentage_wrong::RULE,
    &prose::space_missing::RULE,
    &prose::sum_cut_off::RULE,
    &prose::sum_in_two_versions::RULE,
    &prose::sum_without_unit::RULE,
    &prose::table_total_wrong::RULE,
    &prose::unpaired_bracket::RULE,
    &prose::unpaired_quote::RULE,
    &accessibility::alternative_is_file_name::RULE,
    &accessibility::bold_as_heading::RULE,
    &accessibility::capitals_paragraph::RULE,
    &accessibility::colour_only::RULE,
    &accessibility::image_without_alternative::RULE,
    &accessibility::table_without_header::RULE,
    &comments::allow_unused::RULE,
    &comments::allowed_without_reason::RULE,
];

/// The code for words that should be gone from a public PDF but are not.
pub(crate) const REDACTION_FAILED: Code = access::redaction_failed::RULE.code;
/// The code for public papers that are marked as not for the public.
pub(crate) const MARKED_NOT_PUBLIC: Code = access::marked_not_public::RULE.code;

/// The rule of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.0 == code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut seen = BTreeSet::new();
        for rule in RULES {
            let code = rule.code.0;
            assert!(seen.insert(code), "{code} stands twice");
            assert!(
                code.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                "{code}"
            );
        }
    }

    #[test]
    fn every_rule_explains_itself() {
        for rule in RULES {
            let code = rule.code;
            assert!(!rule.summary.ends_with('.'), "{code}: {}", rule.summary);
            for text in [rule.explanation, rule.basis, rule.example, rule.remedy] {
                assert!(text.len() > 8, "{code}: {text:?}");
            }
        }
    }
}
