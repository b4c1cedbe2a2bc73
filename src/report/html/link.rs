//! Addresses of articles → links a page may hold: to web addresses only, and to the very words where they are known.

/// A quotation of more words than this is linked by its ends.
const WHOLE_QUOTATION_WORDS: usize = 9;

/// Words at each end of a long quotation that a link names.
const END_WORDS: usize = 4;

/// Only web addresses become links: no article may have the reader's browser run something.
pub(super) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// A link to the very words of a page, as a text fragment (URL Fragment Text Directives, WICG): the whole quotation
/// where it is short, else its first and last words.
pub(super) fn text_link(url: &str, words: &str) -> Option<String> {
    if !is_web(url) {
        return None;
    }
    let all: Vec<&str> = words.split_whitespace().collect();
    let directive = if all.len() <= WHOLE_QUOTATION_WORDS {
        encoded(&all.join(" "))
    } else {
        format!("{},{}", encoded(&all[..END_WORDS].join(" ")), encoded(&all[all.len() - END_WORDS..].join(" ")))
    };
    let join = if url.contains('#') { ":~:text=" } else { "#:~:text=" };
    Some(format!("{url}{join}{directive}"))
}

/// Percent-encodes all but letters, digits and three marks; `-`, `,` and `&` part the pieces of a text directive.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut link, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'~' => link.push(char::from(byte)),
            _ => link.push_str(&format!("%{byte:02X}")),
        }
        link
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_words_or_their_ends() {
        let page = "https://post.example/a";
        assert_eq!(
            text_link(page, "Nine died, police said").as_deref(),
            Some("https://post.example/a#:~:text=Nine%20died%2C%20police%20said")
        );
        let long = "one two three four five six seven eight nine ten-ten";
        assert_eq!(
            text_link("https://post.example/a#top", long).as_deref(),
            Some("https://post.example/a#top:~:text=one%20two%20three%20four,seven%20eight%20nine%20ten%2Dten")
        );
        assert_eq!(text_link("javascript:alert(1)", long), None);
    }
}
