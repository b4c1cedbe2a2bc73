//! Who is quoted as saying what. In: a sentence as read. Out: the reporting words with their speakers and on which side
//! of them stands what is reported.
//!
//! Speakers are taken as written; names are resolved elsewhere. Words that only might report ("announced the plan") count
//! where a clause or a quotation hangs on them.

use super::syntax::{Reading, Syntax};
use super::words::{auxiliary, is_adverb, is_determiner, is_joiner, is_preposition, is_time_word};
use crate::lexicon;
use crate::text::tokens::TokenKind;
use std::sync::LazyLock;

/// The longest speaker in tokens: office, name and body; beyond it the noun phrase was misread.
const LONGEST_SPEAKER: usize = 24;
/// How far after its verb a labelling quotation may begin: "described the talks with the union as “frank”".
const LABEL_REACH: usize = 14;

/// Reporting words found in a sentence, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Report {
    /// The reporting words.
    pub(super) cue: (usize, usize),
    /// Who speaks, if the words name anybody.
    pub(super) speaker: Option<(usize, usize)>,
    /// On which side of the cue stands what is reported.
    pub(super) side: Side,
}

/// On which side of its cue stands what is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// "Police said it rained."
    After,
    /// "It rained, police said." Also where the cue is inserted.
    Before,
    /// "It reportedly rained."
    Around,
}

/// Where a clause begins, and the subject it takes over.
pub(super) type Carried = (usize, (usize, usize));

/// The words of each phrase that names its speaker after it.
static PHRASES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let table = lexicon::reporting_verbs().rows();
    table.filter(|(_, values)| values.first() == Some(&"phrase")).map(|(entry, _)| entry.split(' ').collect()).collect()
});

/// Finds the reporting words of a sentence, in order. `subject_of` gives the clause a token stands in
/// where that has taken over its subject.
pub(super) fn reports(syntax: &Syntax<'_>, subject_of: impl Fn(usize) -> Option<Carried>) -> Vec<Report> {
    let table = lexicon::reporting_verbs();
    let mut found: Vec<Report> = Vec::new();
    for at in 0..syntax.tokens.len() {
        if syntax.quoted[at] || syntax.tokens[at].kind != TokenKind::Word {
            continue;
        }
        if let Some(length) = phrase_length(syntax, at) {
            found.extend(phrase(syntax, at, at + length));
            continue;
        }
        let word = syntax.word(at);
        let report = match table.value(word) {
            Some("verb") => verb(
                syntax,
                at,
                table.values(word).and_then(|values| values.get(1)).copied().unwrap_or(""),
                &subject_of,
            ),
            Some("gerund") => gerund(syntax, at, &subject_of),
            Some("adverb") => Some(Report { cue: (at, at + 1), speaker: None, side: Side::Around }),
            _ => None,
        };
        found.extend(report.or_else(|| passive(syntax, at)));
    }
    found
}

/// The number of tokens of the reporting phrase at `at`.
fn phrase_length(syntax: &Syntax<'_>, at: usize) -> Option<usize> {
    // Every one has several words.
    if !lexicon::reporting_verbs().starts_phrase(syntax.word(at)) {
        return None;
    }
    PHRASES
        .iter()
        .filter(|phrase| phrase.iter().enumerate().all(|(offset, part)| syntax.word(at + offset) == *part))
        .map(Vec::len)
        .max()
}

/// "according to NP".
fn phrase(syntax: &Syntax<'_>, from: usize, after: usize) -> Option<Report> {
    let to = phrase_end(syntax, after);
    let speaker = speaker_in(syntax, after, to)?;
    let opens = (0..from).all(|at| {
        is_joiner(syntax.word(at)) || is_adverb(syntax.word(at)) || syntax.tokens[at].kind == TokenKind::Mark
    });
    Some(Report { cue: (from, after), speaker: Some(speaker), side: if opens { Side::After } else { Side::Before } })
}

/// Where the noun phrase that begins at `from` ends.
fn phrase_end(syntax: &Syntax<'_>, from: usize) -> usize {
    (from..syntax.tokens.len())
        .find(|&at| {
            let token = &syntax.tokens[at];
            let word = token.folded.as_str();
            let stops = token.kind == TokenKind::Mark && !matches!(token.text, "-" | "&" | "/" | "." | "(" | ")")
                || token.is_mark('.') && at + 1 == syntax.tokens.len()
                || syntax.is_finite(at)
                || is_joiner(word) && word != "and"
                || word == "and" && full_stop_after_and(syntax, at)
                || matches!(word, "on" | "in" | "during" | "after" | "before" | "since" | "late" | "early" | "to")
                || is_time_word(word) && at > from
                || is_adverb(word)
                || at > from
                    && lexicon::verbs().forms(word).participle
                    && !token.is_capitalized()
                    && is_preposition(syntax.word(at + 1))
                || lexicon::verbs().forms(word).gerund && !token.is_capitalized() && is_determiner(syntax.word(at + 1));
            stops || syntax.quoted[at]
        })
        .unwrap_or(syntax.tokens.len())
}

/// True where "and" begins another clause, not another speaker.
fn full_stop_after_and(syntax: &Syntax<'_>, and: usize) -> bool {
    (and + 1..syntax.tokens.len())
        .take_while(|&at| syntax.tokens[at].kind != TokenKind::Mark)
        .any(|at| syntax.is_finite(at))
}

/// `from..to` without adverbs and times around it, if it can be a speaker.
fn speaker_in(syntax: &Syntax<'_>, mut from: usize, to: usize) -> Option<(usize, usize)> {
    while from < to
        && (is_adverb(syntax.word(from))
            || syntax.tokens[from].kind == TokenKind::Mark
            || matches!(syntax.word(from), "and" | "but" | "as" | "while" | "that" | "so"))
    {
        from += 1;
    }
    let mut to = syntax.without_time(from, to.max(from));
    while to > from
        && (auxiliary(syntax.word(to - 1)).is_some()
            || is_adverb(syntax.word(to - 1))
            || syntax.tokens[to - 1].is_mark(','))
    {
        to -= 1;
    }
    let named = from < to
        && to - from <= LONGEST_SPEAKER
        && (from..to).any(|at| matches!(syntax.tokens[at].kind, TokenKind::Word | TokenKind::Ideograph))
        && !is_preposition(syntax.word(from))
        && !matches!(syntax.word(from), "there" | "which" | "what" | "this" | "that")
        && !(from..to)
            .any(|at| syntax.is_finite(at) || matches!(syntax.word(at), "what" | "whom" | "when" | "if" | "than"));
    named.then_some((from, to))
}

/// A finite reporting verb.
fn verb(syntax: &Syntax<'_>, at: usize, class: &str, subject_of: &impl Fn(usize) -> Option<Carried>) -> Option<Report> {
    if !reads_as_report(syntax, at) {
        return None;
    }
    let end = syntax.tokens.len();
    let open_before = boundary_before(syntax, at);
    let said_before =
        syntax.first_finite(0, open_before.min(at)).is_some() || (0..at).any(|before| syntax.quoted[before]);
    let next_ends = at + 1 >= end
        || syntax.tokens[at + 1].kind == TokenKind::Mark
            && !syntax.opens_quotation(at + 1)
            && !syntax.tokens[at + 1].is_mark(':');
    // "…, said the mayor": the verb follows the comma or the closing mark, and the speaker follows the verb.
    if open_before == at && said_before && at > 0 {
        let to = phrase_end(syntax, at + 1);
        let closes = to >= end
            || syntax.tokens[to].kind == TokenKind::Mark
            || is_preposition(syntax.word(to))
            || is_time_word(syntax.word(to))
            || matches!(syntax.word(to), "who" | "late" | "as" | "when");
        // Behind "told" stands who hears it: "…,” Ida Lund, the engineer, told reporters".
        if class == "tell" {
            let speaker = behind_quotation(syntax, at)?;
            return Some(Report { cue: (at, at + 1), speaker: Some(speaker), side: Side::Before });
        }
        if closes
            && class != "label"
            && let Some(speaker) = speaker_in(syntax, at + 1, to)
        {
            return Some(Report { cue: (at, at + 1), speaker: Some(speaker), side: Side::Before });
        }
        // "…, its chairman, Ada Lind, said.": office and name stand before the verb between commas.
        if next_ends && class != "label" {
            return apposed(syntax, at).map(|speaker| Report {
                cue: (at, at + 1),
                speaker: Some(speaker),
                side: Side::Before,
            });
        }
    }
    let inserted = said_before && open_before < at && open_before > 0 && no_joiner(syntax, open_before, at);
    let speaker = match subject_of(at) {
        Some((from, subject)) if !(open_before.max(from)..at).any(|before| noun_between(syntax, before)) => {
            Some(subject)
        }
        _ if inserted => speaker_in(syntax, last_joiner(syntax, open_before, at), at),
        _ => None,
    }
    .or_else(|| speaker_before(syntax, at))?;
    let content_follows = match class {
        "speech" => {
            syntax.opens_after(at).is_some()
                || clause_after(syntax, at + 1)
                || that_soon(syntax, at + 1)
                || syntax.first_finite(at + 1, end).is_some() && !next_ends
        }
        "tell" => {
            syntax.opens_after(at).is_some_and(|quote| quote <= at + LABEL_REACH)
                || syntax.first_finite(at + 1, end).is_some() && !next_ends
        }
        "label" => syntax.opens_after(at).is_some_and(|quote| quote <= at + LABEL_REACH),
        _ => {
            that_soon(syntax, at + 1)
                || clause_after(syntax, at + 1)
                || syntax.opens_after(at).is_some_and(|quote| quote <= at + 3)
        }
    };
    let follows_content = said_before
        && inserted
        && class != "label"
        && (next_ends
            || is_preposition(syntax.word(at + 1))
            || is_time_word(syntax.word(at + 1))
            || class == "tell"
            || is_adverb(syntax.word(at + 1)));
    let side = if follows_content && !content_follows {
        Side::Before
    } else if content_follows {
        // "“It rained,” police said, “and it snowed.”": the quotation goes on around the cue.
        if follows_content && next_ends { Side::Around } else { Side::After }
    } else {
        return None;
    };
    Some(Report { cue: (at, at + 1), speaker: Some(speaker), side })
}

/// The speaker who is named right behind a quotation, where an insertion between commas stands before the verb at `at`.
fn behind_quotation(syntax: &Syntax<'_>, at: usize) -> Option<(usize, usize)> {
    let quoted = (0..at).rev().find(|&before| syntax.quoted[before])?;
    let from = (quoted + 1..at).find(|&token| syntax.tokens[token].kind == TokenKind::Word)?;
    let to = (from..at).find(|&token| syntax.tokens[token].is_mark(','))?;
    speaker_in(syntax, from, to)
}

/// The speaker before the verb at `at` that is named twice, by office and by name, with a comma after each.
fn apposed(syntax: &Syntax<'_>, at: usize) -> Option<(usize, usize)> {
    let comma = |at: usize| at > 0 && syntax.tokens[at - 1].is_mark(',');
    if !comma(at) {
        return None;
    }
    let second = boundary_before(syntax, at - 1);
    if second + 1 >= at || !comma(second) {
        return None;
    }
    let first = boundary_before(syntax, second - 1);
    let stands_apart = first + 1 < second && first > 0 && !syntax.quoted[first - 1];
    let is_phrase = (first..at).all(|within| syntax.verbs[within] != Reading::Finite)
        && at - first <= LONGEST_SPEAKER
        && (noun_between(syntax, first) || syntax.word(first) == "the")
        && syntax.tokens[second].is_capitalized();
    (stands_apart && is_phrase).then_some((first, at - 1))
}

/// True where the verb at `at` is finite, or a participle after "has", and not denied.
fn reads_as_report(syntax: &Syntax<'_>, at: usize) -> bool {
    if syntax.word(at + 1) == "by" {
        return false;
    }
    match syntax.verbs[at] {
        Reading::Finite => true,
        Reading::Nonfinite => {
            let mut before = at;
            while before > 0 {
                before -= 1;
                let word = syntax.word(before);
                if word == "not" || word == "never" || word.ends_with("n't") {
                    return false;
                }
                if !is_adverb(word) {
                    return auxiliary(word).is_some_and(|(class, finite)| class == "have" && finite);
                }
            }
            false
        }
        // After "and" the form is not read as finite, though it reports: "arrived and said that".
        _ => {
            at > 0
                && (matches!(syntax.word(at - 1), "and" | "but") || is_adverb(syntax.word(at - 1)))
                && lexicon::verbs().forms(syntax.word(at)).past
        }
    }
}

/// True where "that" follows, times and adverbs aside: "reported Friday that".
fn that_soon(syntax: &Syntax<'_>, mut at: usize) -> bool {
    while is_time_word(syntax.word(at)) || is_adverb(syntax.word(at)) || matches!(syntax.word(at), "on" | "in") {
        at += 1;
    }
    syntax.word(at) == "that"
}

/// True where a clause with its own subject and finite verb begins at `from`.
fn clause_after(syntax: &Syntax<'_>, from: usize) -> bool {
    let stop = (from..syntax.tokens.len())
        .find(|&at| {
            let token = &syntax.tokens[at];
            token.is_mark(';')
                || token.is_mark(',')
                || matches!(token.folded.as_str(), "who" | "which" | "and" | "but" | "as" | "when" | "after")
        })
        .unwrap_or(syntax.tokens.len());
    syntax.first_finite(from, stop).is_some_and(|verb| verb > from || syntax.word(verb).contains('\''))
        && !is_preposition(syntax.word(from))
}

/// Where the stretch before `at` begins: after the last comma, colon, dash or closing quotation mark outside of quotes.
fn boundary_before(syntax: &Syntax<'_>, at: usize) -> usize {
    let mut start = at;
    while start > 0 {
        let token = &syntax.tokens[start - 1];
        let breaks = token.is_mark(',')
            || token.is_mark(';')
            || token.is_mark(':')
            || token.is_mark('"')
            || token.is_mark('\'')
            || matches!(token.text, "—" | "–");
        if syntax.quoted[start - 1] || breaks && !syntax.bracketed[start - 1] {
            break;
        }
        start -= 1;
    }
    start
}

/// True for a token that can be part of a speaker.
fn noun_between(syntax: &Syntax<'_>, at: usize) -> bool {
    let token = &syntax.tokens[at];
    token.kind == TokenKind::Word
        && !is_adverb(&token.folded)
        && auxiliary(&token.folded).is_none()
        && !is_joiner(&token.folded)
}

/// True where `from..to` is one noun phrase: no finite verb and no joining word but "and" and leading ones.
fn no_joiner(syntax: &Syntax<'_>, from: usize, to: usize) -> bool {
    let from = last_joiner(syntax, from, to);
    !(from..to).any(|at| syntax.verbs[at] == Reading::Finite)
}

/// The position after the last joining word in `from..to` that a finite verb precedes, or after leading ones.
fn last_joiner(syntax: &Syntax<'_>, from: usize, to: usize) -> usize {
    let mut start = from;
    for at in from..to {
        let word = syntax.word(at);
        if is_joiner(word) && (word != "and" && word != "or" || syntax.first_finite(from, at).is_some() || at == from) {
            start = at + 1;
        }
    }
    start
}

/// The speaker before the verb at `at`, insertions between commas left out.
fn speaker_before(syntax: &Syntax<'_>, at: usize) -> Option<(usize, usize)> {
    let open = boundary_before(syntax, at);
    let joined = last_joiner(syntax, open, at);
    if joined > open && matches!(syntax.word(joined - 1), "who" | "which") {
        // "Takeda, who said": the name before the relative clause speaks.
        let end = if joined >= 2 && syntax.tokens[joined - 2].is_mark(',') { joined - 2 } else { joined - 1 };
        let mut start = end;
        while start > 0 {
            let token = &syntax.tokens[start - 1];
            let word = token.folded.as_str();
            if token.kind == TokenKind::Mark && !token.is_mark('-')
                || is_preposition(word) && word != "of"
                || is_joiner(word)
                || syntax.verbs[start - 1] != Reading::None
            {
                break;
            }
            start -= 1;
        }
        return speaker_in(syntax, start, end);
    }
    if (joined > open || syntax.first_finite(0, open).is_some())
        && let Some(speaker) = speaker_in(syntax, joined, at)
    {
        return Some(speaker);
    }
    // The stretch begins after the last finite verb and the word that joins it to this clause.
    let from = syntax
        .tokens
        .iter()
        .enumerate()
        .take(at)
        .rev()
        .find(|(before, token)| {
            syntax.quoted[*before]
                || token.is_mark(';')
                || token.is_mark(':')
                || is_joiner(&token.folded) && syntax.first_finite(0, *before).is_some()
        })
        .map_or(0, |(before, _)| before + 1);
    // "According to the Courier, police said": the phrase before the comma is no part of who speaks.
    let from = if open > from && opens_with_phrase(syntax, from) { open } else { from };
    let (start, end) = syntax.subject(from, at)?;
    speaker_in(syntax, start, end)
}

/// True where a phrase that names its own speaker opens the stretch at `from`.
fn opens_with_phrase(syntax: &Syntax<'_>, from: usize) -> bool {
    (from..syntax.tokens.len().min(from + 3)).any(|at| phrase_length(syntax, at).is_some())
}

/// ", adding that": the subject of the clause goes on speaking.
fn gerund(syntax: &Syntax<'_>, at: usize, subject_of: &impl Fn(usize) -> Option<Carried>) -> Option<Report> {
    let opens = at == 0
        || syntax.tokens[at - 1].is_mark(',')
        || syntax.tokens[at - 1].is_mark('"')
        || at > 2
            && syntax.word(at - 3) == "in"
            && matches!(syntax.word(at - 1), "statement" | "letter" | "message" | "report" | "tweet" | "post");
    let tells = lexicon::reporting_verbs().values(syntax.word(at)).and_then(|values| values.get(1)) == Some(&"tell");
    let reported = syntax.word(at + 1) == "that"
        || syntax.opens_after(at).is_some()
        || !tells && syntax.first_finite(at + 1, syntax.tokens.len()).is_some();
    if !opens || !reported {
        return None;
    }
    let speaker = subject_of(at).map(|(_, subject)| subject).or_else(|| {
        let start = syntax.main_start(0, at);
        let verb = syntax.first_unquoted_finite(start, at)?;
        syntax.subject(start, verb)
    });
    let (from, to) = speaker?;
    Some(Report { cue: (at, at + 1), speaker: speaker_in(syntax, from, to), side: Side::After })
}

/// "is said to", "it was reported that".
fn passive(syntax: &Syntax<'_>, at: usize) -> Option<Report> {
    if !lexicon::reporting_participles().has(syntax.word(at)) || !matches!(syntax.word(at + 1), "to" | "that") {
        return None;
    }
    let mut before = at.checked_sub(1)?;
    while is_adverb(syntax.word(before)) {
        before = before.checked_sub(1)?;
    }
    let be = auxiliary(syntax.word(before)).is_some_and(|(class, _)| class == "be");
    be.then_some(Report { cue: (at, at + 1), speaker: None, side: Side::Around })
}
