//! Which of the last passages are beginnings of other articles? In: the passages of a document. Out: the indexes of
//! those that are.
//!
//! Pages put boxes under an article that quote the first lines of others and break off in mid-sentence, often behind a
//! slug in capitals ("HARBOR PLAN: ..."). A teaser therefore stands at the end and breaks off; one sign alone never
//! suffices, since the last paragraph of an article may lack its stop, and an article may use slugs of its own.

use super::surface::{breaks_off, ends_with_ellipsis, ends_with_stop, word_count};
use crate::model::{Passage, PassageKind};

/// A slug has at most this many words.
const LONGEST_SLUG: usize = 7;
/// Shorter than this it is a heading or a line of a list, not the beginning of an article.
const SHORTEST_TEASER: usize = 12;

/// What a trailing passage shows of a teaser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A slug, and it breaks off.
    Both,
    /// A slug on a passage that ends with a stop.
    Slug,
    /// Breaks off.
    Truncated,
}

/// Index of the first passage of the teasers at the end, or the number of passages if there is none. Passages that are
/// already set aside may stand between them.
pub(super) fn first_teaser(text: &str, passages: &[Passage]) -> usize {
    let mut first = passages.len();
    let (mut both, mut truncated) = (0, 0);
    // The run is read from the end; it is only as good as the signs in it, so the best start is remembered.
    for (index, passage) in passages.iter().enumerate().rev() {
        if passage.set_aside.is_some() {
            continue;
        }
        if !matches!(passage.kind, PassageKind::Paragraph | PassageKind::ListItem) {
            break;
        }
        let Some(sign) = sign(passage.span.of(text)) else { break };
        match sign {
            Sign::Both => both += 1,
            Sign::Truncated => truncated += 1,
            Sign::Slug => {}
        }
        let enough = match sign {
            Sign::Both => true,
            Sign::Slug => both > 0,
            Sign::Truncated => both > 0 || truncated >= 2,
        };
        if enough {
            first = index;
        }
    }
    if leaves_an_article(text, &passages[..first], both > 0) { first } else { passages.len() }
}

/// True where what stands before the teasers is an article, whose own paragraphs end with a stop. Without a slug the
/// bar is higher: a text whose paragraphs mostly lack their stops breaks off everywhere.
fn leaves_an_article(text: &str, before: &[Passage], with_slug: bool) -> bool {
    const LEAST_ENDED_TENTHS: usize = 8;
    let long: Vec<_> = before
        .iter()
        .filter(|passage| passage.set_aside.is_none() && passage.kind == PassageKind::Paragraph)
        .map(|passage| passage.span.of(text))
        .filter(|paragraph| word_count(paragraph) >= SHORTEST_TEASER)
        .collect();
    let ended = long.iter().filter(|paragraph| ends_with_stop(paragraph)).count();
    let least = if with_slug { 1 } else { 3 };
    ended >= least && (with_slug || ended * 10 >= long.len() * LEAST_ENDED_TENTHS)
}

fn sign(paragraph: &str) -> Option<Sign> {
    if word_count(paragraph) < SHORTEST_TEASER {
        return None;
    }
    let truncated = breaks_off(paragraph) || ends_with_ellipsis(paragraph);
    match (has_slug(paragraph), truncated) {
        (true, true) => Some(Sign::Both),
        (true, false) => Some(Sign::Slug),
        (false, true) => Some(Sign::Truncated),
        (false, false) => None,
    }
}

/// "HARBOR PLAN: ...": words in capitals, then a colon.
fn has_slug(paragraph: &str) -> bool {
    const LEAST_LETTERS: usize = 4;
    let Some((slug, _)) = paragraph.split_once([':', '：']) else { return false };
    let letters = slug.chars().filter(|character| character.is_alphabetic()).count();
    letters >= LEAST_LETTERS
        && slug.split_whitespace().count() <= LONGEST_SLUG
        && !slug.chars().any(|character| character.is_lowercase() && !matches!(character, 's' | '’'))
}
