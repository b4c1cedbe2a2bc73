//! The marks of sentences and lists: which characters end, open and close, and how list items are numbered.

/// Ends a sentence, or may.
pub(super) fn is_terminator(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।')
        || is_full_width_stop(character)
}

/// Ends a sentence of a script written without spaces.
pub(super) fn is_full_width_stop(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '．' | '｡')
}

/// Closes a quotation or brackets; straight quotes, which look alike on both sides, are not among them.
pub(super) fn is_closer(character: char) -> bool {
    matches!(character, '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）' | '】' | '》')
}

/// Opens a quotation or brackets.
pub(super) fn is_opener(character: char) -> bool {
    matches!(
        character,
        '“' | '‘'
            | '«'
            | '‹'
            | '„'
            | '‚'
            | '('
            | '['
            | '{'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '¿'
            | '¡'
            | '\''
    )
}

/// The double quote of typewriters.
pub(super) fn is_straight_quote(character: char) -> bool {
    matches!(character, '"' | '＂')
}

/// A dash, or a hyphen used as one.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '―' | '‒')
}

/// A mark that only ever begins an item of a list.
pub(super) fn is_bullet(character: char) -> bool {
    matches!(character, '•' | '⁃' | '▪' | '▫' | '◦' | '‣' | '●' | '○' | '■' | '□' | '►' | '▶' | '✓' | '✔' | '➢')
}

/// What numbers a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Numbering {
    Bullet,
    Number(u32),
    Letter(char),
}

/// The marker at the beginning of a list item: "1.", "2)", "(a)", "• 3.", "•".
#[derive(Debug, Clone)]
pub(super) struct ListMarker {
    /// Index after the marker.
    pub(super) end: usize,
    bullet: Option<char>,
    numbering: Numbering,
    suffix: String,
}

impl ListMarker {
    /// True where this is the marker of the item after the one that `earlier` began.
    pub(super) fn follows(&self, earlier: &Self) -> bool {
        self.bullet == earlier.bullet
            && self.suffix == earlier.suffix
            && match (&earlier.numbering, &self.numbering) {
                (Numbering::Bullet, Numbering::Bullet) => true,
                (Numbering::Number(one), Numbering::Number(two)) => one.checked_add(1) == Some(*two),
                (Numbering::Letter(one), Numbering::Letter(two)) => u32::from(*one) + 1 == u32::from(*two),
                _ => false,
            }
    }
}

/// Reads the marker of a list item that begins at `start`. A number counts up to three digits; white space and the
/// beginning of a word must follow.
pub(super) fn list_marker(chars: &[(usize, char)], start: usize) -> Option<ListMarker> {
    let char_at = |index: usize| chars.get(index).map(|&(_, character)| character);
    let mut at = start;
    let bullet = char_at(at).filter(|&mark| is_bullet(mark));
    if bullet.is_some() {
        at += 1;
        while char_at(at).is_some_and(|space| space != '\n' && space.is_whitespace()) {
            at += 1;
        }
    }
    let after_bullet = at;
    let bracket = char_at(at) == Some('(');
    at += usize::from(bracket);
    let first_of_number = at;
    let numbering = match char_at(at) {
        Some(digit) if digit.is_ascii_digit() => {
            let mut value = 0;
            while let Some(digit) = char_at(at).and_then(|character| character.to_digit(10))
                && at < first_of_number + 3
            {
                value = value * 10 + digit;
                at += 1;
            }
            Some(Numbering::Number(value))
        }
        Some(letter) if letter.is_ascii_alphabetic() => {
            at += 1;
            Some(Numbering::Letter(letter))
        }
        _ => None,
    };
    let suffix_start = at;
    while matches!(char_at(at), Some('.' | ')')) && at < suffix_start + 2 {
        at += 1;
    }
    let closed = !bracket || char_at(suffix_start) == Some(')');
    let followed = closed && char_at(at).is_some_and(char::is_whitespace) && {
        let mut next = at;
        while char_at(next).is_some_and(char::is_whitespace) {
            next += 1;
        }
        char_at(next).is_some_and(|character| character.is_alphanumeric() || !character.is_ascii_punctuation())
    };
    match numbering {
        Some(numbering) if at > suffix_start && followed => {
            let suffix = chars[suffix_start..at].iter().map(|&(_, character)| character).collect();
            Some(ListMarker { end: at, bullet, numbering, suffix })
        }
        _ if bullet.is_some() => {
            Some(ListMarker { end: after_bullet, bullet, numbering: Numbering::Bullet, suffix: String::new() })
        }
        _ => None,
    }
}
