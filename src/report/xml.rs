//! Text → text that may stand in XML 1.0: characters it forbids are left out. Quotation is the writer's.

/// `text` without the characters that XML 1.0 has no place for, even as references.
pub(super) fn legal(text: &str) -> String {
    let is_legal = |character: &char| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(is_legal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_left_out() {
        assert_eq!(legal("a\u{1b}[31m\u{0}b\u{fffe}\n\u{1f600}"), "a[31mb\n\u{1f600}");
    }
}
