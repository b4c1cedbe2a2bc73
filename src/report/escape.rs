//! Article text → text that is safe where it is printed. It changes no letters, only what a terminal or a Markdown
//! renderer would take for a command.

/// Text for a terminal, on one line: white space becomes a space, a control character the picture of itself, and marks
/// that reorder or hide text are dropped. Articles come from anywhere; none may move the cursor of its reader.
pub fn terminal(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut after_space = false;
    for character in text.chars() {
        let space = character.is_whitespace();
        if space {
            if !after_space {
                safe.push(' ');
            }
        } else if character.is_control() {
            safe.push(picture(character));
        } else if !is_hidden(character) {
            safe.push(character);
        }
        after_space = space || (after_space && is_hidden(character));
    }
    safe
}

/// Text for running Markdown: every character that could mark something up is escaped, and line breaks are undone. It
/// may stand anywhere but at the beginning of a line, where "12." and "-" begin a list.
pub fn markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for character in terminal(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$') {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
}

/// Text inside backticks: a backtick would end the code, so it becomes a straight quote.
pub fn code(text: &str) -> String {
    terminal(text).replace('`', "'")
}

/// A web address as the target of a Markdown link, or nothing if it is not plainly one.
pub fn link_target(address: &str) -> Option<String> {
    let known = address.starts_with("https://") || address.starts_with("http://");
    let plain = !address.contains(|c: char| c.is_control() || c.is_whitespace() || "<>\"`\\".contains(c));
    (known && plain).then(|| address.replace('(', "%28").replace(')', "%29"))
}

/// The visible picture of a control character.
fn picture(control: char) -> char {
    match u32::from(control) {
        0x7F => '\u{2421}',
        code @ 0..=0x1F => char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}'),
        _ => '\u{FFFD}',
    }
}

/// Marks that are not seen and change how the text around them is seen, or that [`grid`](super::grid) uses itself.
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_codes_are_shown_and_not_obeyed() {
        assert_eq!(terminal("a\u{1b}[31mred\u{7}\u{7f}\u{9b}2J"), "a␛[31mred␇␡\u{FFFD}2J");
        assert_eq!(terminal("line\r\n  two\tthree"), "line two three");
        assert_eq!(terminal("user\u{202e}nimda\u{2061}"), "usernimda");
    }

    #[test]
    fn markup_in_article_text_stays_text() {
        assert_eq!(
            markdown("*no* [link](x) <b> a_b `c` | # &amp;"),
            r"\*no\* \[link\](x) \<b\> a\_b \`c\` \| \# \&amp;"
        );
        assert_eq!(code("a`b"), "a'b");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(link_target("https://a.example/x_(y)").as_deref(), Some("https://a.example/x_%28y%29"));
        assert_eq!(link_target("javascript:alert(1)"), None);
        assert_eq!(link_target("https://a.example/ b"), None);
    }
}
