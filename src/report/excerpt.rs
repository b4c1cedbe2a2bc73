//! A claim and the evidence for its label → its words in pieces, the telling ones marked. It escapes nothing: the
//! reporters know their own format.

use crate::model::{Evidence, Finding, Label, ReportedClaim};

/// Longer claims are cut between marks. Sentences of news prose rarely reach half of this.
const EXCERPT_CHARS: usize = 360;

/// What is kept of unmarked words beside a mark when a claim is cut.
const CONTEXT_CHARS: usize = 110;

/// A run of words of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they show the difference.
    pub mark: Mark,
}

/// Whether words show why a label was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// They do.
    Telling,
    /// They stand around.
    Plain,
}

/// The words of `claim`, those that `finding` rests on marked.
pub fn pieces(claim: &ReportedClaim, finding: &Finding) -> Vec<Piece> {
    cut(&claim.text, &marks(claim, &telling_evidence(finding)))
}

/// The evidence that `finding` rests on: that of its reasons. An agreement has no reason that sets words apart; there it is
/// also what was reconciled ("about 300" and "312").
pub(super) fn telling_evidence(finding: &Finding) -> Vec<&Evidence> {
    let reasons = finding.reasons.iter().flat_map(|reason| [&reason.left, &reason.right]);
    let reconciled = finding.explained_away.iter().flat_map(|away| [&away.left, &away.right]);
    match finding.label {
        Label::Agree => reasons.chain(reconciled).collect(),
        Label::Conflict | Label::SingleSource => reasons.collect(),
    }
}

/// The beginning of a text, cut at a word where it is longer than `most` characters.
pub fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let head = &text[..end];
            let word_end = head.rfind(' ').filter(|&at| at * 2 > end).unwrap_or(end);
            format!("{}…", head[..word_end].trim_end())
        }
    }
}

/// Byte ranges of `claim.text` that the evidence names, ascending and apart.
pub(super) fn marks(claim: &ReportedClaim, evidence: &[&Evidence]) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = evidence.iter().filter_map(|words| mark(claim, words)).collect();
    ranges.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match apart.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => apart.push((start, end)),
        }
    }
    apart
}

/// Where one evidence stands in the claim's own text, if it does.
fn mark(claim: &ReportedClaim, evidence: &Evidence) -> Option<(usize, usize)> {
    if evidence.claim != claim.id || evidence.text.is_empty() || evidence.text == claim.text {
        return None;
    }
    let start = (evidence.span.start as usize).checked_sub(claim.start as usize);
    let end = (evidence.span.end as usize).checked_sub(claim.start as usize);
    if let (Some(start), Some(end)) = (start, end)
        && claim.text.get(start..end) == Some(evidence.text.as_str())
    {
        return Some((start, end));
    }
    // Two claims may share an identity their inputs gave; then the words tell whether they are this claim's.
    let start = claim.text.find(&evidence.text)?;
    Some((start, start + evidence.text.len()))
}

/// Cuts `text` into pieces along `marks`, and shortens what is unmarked if the whole is long.
fn cut(text: &str, marks: &[(usize, usize)]) -> Vec<Piece> {
    let long = text.len() > EXCERPT_CHARS && text.chars().count() > EXCERPT_CHARS;
    let mut pieces = Vec::with_capacity(marks.len() * 2 + 1);
    let mut at = 0;
    let mut push = |text: &str, mark: Mark, keep: Keep| {
        if !text.is_empty() {
            let text = if long && mark == Mark::Plain { keep.of(text) } else { text.to_owned() };
            pieces.push(Piece { text, mark });
        }
    };
    for &(start, end) in marks {
        push(&text[at..start], Mark::Plain, if at == 0 { Keep::End } else { Keep::Both });
        push(&text[start..end], Mark::Telling, Keep::Both);
        at = end;
    }
    push(
        &text[at..],
        Mark::Plain,
        if marks.is_empty() { Keep::Start(EXCERPT_CHARS) } else { Keep::Start(CONTEXT_CHARS) },
    );
    pieces
}

/// Which end of unmarked words is kept.
enum Keep {
    Start(usize),
    End,
    Both,
}

impl Keep {
    fn of(self, text: &str) -> String {
        let count = text.chars().count();
        match self {
            Self::Start(most) => shorten(text, most),
            Self::End if count > CONTEXT_CHARS => format!("…{}", tail(text, count)),
            Self::Both if count > 2 * CONTEXT_CHARS => {
                format!("{} {}", shorten(text, CONTEXT_CHARS), tail(text, count))
            }
            Self::End | Self::Both => text.to_owned(),
        }
    }
}

/// The last words of a text of `count` characters.
fn tail(text: &str, count: usize) -> &str {
    let start = text.char_indices().nth(count - CONTEXT_CHARS).map_or(0, |(at, _)| at);
    let word = text[start..].find(' ').map_or(start, |space| start + space + 1);
    &text[word..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Place, Span, Value};

    fn joined(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| match piece.mark {
            Mark::Telling => format!("[{}]", piece.text),
            Mark::Plain => piece.text.clone(),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn pieces_put_together_give_the_text_again() {
        let text = "Zwölf people died.";
        assert_eq!(joined(&cut(text, &[(0, 6)])), "[Zwölf] people died.");
        assert_eq!(joined(&cut(text, &[(7, 13), (14, 18)])), "Zwölf [people] [died]".to_owned() + ".");
        assert_eq!(joined(&cut(text, &[])), text);
        assert_eq!(cut("", &[]), []);
    }

    #[test]
    fn evidence_is_found_by_its_place_and_where_that_lies_elsewhere_by_its_words() {
        let claim = ReportedClaim {
            id: "7".to_owned(),
            document: "d".to_owned(),
            source: "Harbor Post".to_owned(),
            path: "post.txt".to_owned(),
            start: 100,
            end: 120,
            place: Place { line: 1, column: 1 },
            place_end: None,
            text: "12 of the 12 escaped".to_owned(),
            sentence: None,
            subject: None,
            headline: false,
            guest: false,
            attribution: None,
            selector: Vec::new(),
        };
        let evidence = |claim: &str, start: usize| Evidence {
            claim: claim.to_owned(),
            span: Span::new(start, start + 2),
            text: "12".to_owned(),
            value: Value::Text("12".to_owned()),
        };
        assert_eq!(mark(&claim, &evidence("7", 110)), Some((10, 12)));
        assert_eq!(mark(&claim, &evidence("7", 4)), Some((0, 2)));
        assert_eq!(mark(&claim, &evidence("8", 110)), None);
    }

    #[test]
    fn a_long_claim_keeps_its_marks_and_the_words_around_them() {
        let filler = "word ".repeat(100);
        let text = format!("{filler}TWELVE {filler}FIFTEEN {filler}");
        let (first, second) = (text.find("TWELVE").unwrap(), text.find("FIFTEEN").unwrap());
        let shown = joined(&cut(&text, &[(first, first + 6), (second, second + 7)]));
        assert!(shown.contains("word [TWELVE] word") && shown.contains("word [FIFTEEN] word"), "{shown}");
        assert!(shown.chars().count() < 500 && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
    }

    #[test]
    fn a_text_is_cut_at_a_word() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("one two", 9), "one two");
        assert_eq!(shorten("ééééééé", 3), "ééé…");
    }
}
