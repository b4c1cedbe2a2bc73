//! Who speaks, over the sentences of a document. In: the reports of each sentence in order. Out: the attribution of each
//! claim: from its own clause, from the sentence, or from the sentence beside a quotation.
//!
//! Pronouns are resolved to who spoke in the same sentence or the one before, or to the one person these name; all else keeps
//! its pronoun.

use super::antecedents::{Antecedents, gender_of_pronoun, gender_of_words};
use super::attribution::{Report, Side};
use super::quotes::Quotation;
use super::words::{is_joiner, is_pronoun, is_time_word};
use super::{Read, within};
use crate::lexicon;
use crate::model::{Attribution, Claim, Mode, Span, Speaker};
use crate::text::fold::fold;
use crate::text::tokens::TokenKind;

/// From this share of a claim's bytes inside quotation marks on, it stands in the speaker's words, in percent.
const DIRECT_PERCENT: usize = 50;

/// Links of a chain of speakers that are followed.
const LONGEST_CHAIN: usize = 4;

/// How far behind a reporting verb the speaker it reports on may begin, in tokens.
const NESTING_REACH: usize = 7;

/// The longest name of an outlet, in tokens.
const LONGEST_OUTLET: usize = 6;

/// How many claims away the speaker of a long quotation is looked for.
const NEIGHBORS: usize = 40;

/// What is known of the speakers of a document so far.
pub(super) struct Speakers<'a> {
    text: &'a str,
    /// The last speaker that was named, not only meant by a pronoun, and the number of the sentence that spoke of it last.
    named: Option<(Speaker, usize)>,
    /// Whom the sentence and the one before name.
    antecedents: Antecedents,
}

impl<'a> Speakers<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, named: None, antecedents: Antecedents::default() }
    }

    /// The attribution of clause `at` of a sentence, whose words are `span` and whose quotations are `quotes`.
    pub(super) fn attribution(
        &mut self,
        read: &Read<'_>,
        at: usize,
        span: Span,
        quotes: &[Span],
    ) -> Option<Attribution> {
        let sentence = self.antecedents.enter(read);
        let (report, passed_on) = first_speaker(read, at, best(read, at)?);
        let cue = read.span(report.cue);
        let mut via: Vec<Speaker> =
            passed_on.into_iter().map(|tokens| self.resolved(read.span(tokens), sentence)).collect();
        let speaker = report.speaker.map(|tokens| self.resolved(read.span(tokens), sentence));
        // "Moe said he had said": the same one passes nothing on.
        via.retain(|one| speaker.as_ref().is_none_or(|speaker| speaker.text != one.text));
        Some(Attribution {
            speaker,
            via,
            cue,
            cue_text: cue.of(self.text).to_owned(),
            mode: mode(self.text, span, cue, quotes),
        })
    }

    /// The speaker at `span` of sentence number `sentence`, or the one its pronoun stands for: who spoke in this sentence or the one
    /// before, else the one person they name.
    fn resolved(&mut self, span: Span, sentence: usize) -> Speaker {
        let words = span.of(self.text);
        let folded = fold(words);
        let written = Speaker { span, text: words.to_owned() };
        if !is_pronoun(&folded) {
            self.named = Some((written.clone(), sentence));
            return written;
        }
        if let Some((named, last)) = &mut self.named
            && sentence <= *last + 1
            && fits(&folded, &named.text)
            && agrees(&folded, &named.text)
        {
            *last = sentence;
            return named.clone();
        }
        match self.antecedents.person(&folded, span) {
            Some((span, name)) => {
                let person = Speaker { span, text: name.to_owned() };
                self.named = Some((person.clone(), sentence));
                person
            }
            None => written,
        }
    }

    /// Gives the claims that stand in quotation marks without a reporting word the speaker of the sentence the quotation
    /// goes on from or runs into.
    pub(super) fn fill_open_quotations(&self, quotations: &[Quotation], claims: &mut [Claim]) {
        let mut first = 0;
        for at in 0..claims.len() {
            while quotations.get(first).is_some_and(|quotation| quotation.outer.end <= claims[at].span.start) {
                first += 1;
            }
            if claims[at].attribution.is_some() || !all_inside(self.text, &quotations[first..], claims[at].span) {
                continue;
            }
            let found = same_quotation(&quotations[first..], claims, at).or_else(|| beside(self.text, claims, at));
            if let Some(attribution) = found {
                claims[at].attribution = Some(Attribution { mode: Mode::Direct, ..attribution });
            }
        }
    }
}

/// The report that speaks for clause `at` of a sentence.
fn best(read: &Read<'_>, at: usize) -> Option<Report> {
    let clause = &read.clauses[at];
    let inside = |report: &&Report| clause.from <= report.cue.0 && report.cue.0 < clause.to;
    let named = read.reports.iter().filter(inside).find(|report| report.speaker.is_some());
    if let Some(report) = named.or_else(|| read.reports.iter().find(inside)) {
        return Some(*report);
    }
    // "It rained, and it snowed, police said": the cue at the end holds for the clauses before it.
    let later = read.reports.iter().find(|report| report.cue.0 >= clause.to);
    if let Some(report) = later.filter(|report| report.side == Side::Before && report.speaker.is_some()) {
        return Some(*report);
    }
    if clause.goes_on && at > 0 { best(read, at - 1) } else { None }
}

/// The report of who spoke first where `report` tells what another one said, and who passed it on, outermost first.
fn first_speaker(read: &Read<'_>, at: usize, report: Report) -> (Report, Vec<(usize, usize)>) {
    let end = read.clauses[at].to;
    let mut first = report;
    let mut via = Vec::new();
    for next in read.reports.iter().filter(|next| next.cue.0 > report.cue.0 && next.cue.0 < end) {
        let (Some(outer), Some(inner)) = (first.speaker, next.speaker) else { break };
        // "Moe said he hoped": the pronoun is Moe, who passes nothing on.
        if inner.1 == inner.0 + 1 && is_pronoun(read.syntax.word(inner.0)) && first.side == Side::After {
            break;
        }
        let reported_on = first.side == Side::After
            && next.side == Side::After
            && inner.0 >= outer.1.max(first.cue.1)
            && opens_at(read, outer.1.max(first.cue.1), inner.0);
        // "..., police said, according to the Courier": the last named stands nearest to the outlet.
        let told_after = first.side == Side::Before
            && next.side == Side::Before
            && is_silent(read, outer.1.max(first.cue.1), next.cue.0.min(inner.0));
        if reported_on && via.len() < LONGEST_CHAIN {
            via.push(outer);
            first = *next;
        } else if told_after && via.len() < LONGEST_CHAIN {
            via.insert(0, inner);
        } else {
            break;
        }
    }
    if let Some(outlet) = told_outlet(read, first, end) {
        via.push(outlet);
    }
    (first, via)
}

/// True where between a reporting verb and the speaker it reports on stand only "that", times and whom it was told.
fn opens_at(read: &Read<'_>, from: usize, to: usize) -> bool {
    let opens = |at: usize| {
        let word = read.syntax.word(at);
        read.syntax.tokens[at].is_mark(',') || !is_joiner(word) || word == "that"
    };
    to - from <= NESTING_REACH
        && read.syntax.first_finite(from, to).is_none()
        && (from..to).all(opens)
        && (from == to
            || to - from == 1
            || (from..to).any(|at| read.syntax.word(at) == "that" || is_time_word(read.syntax.word(at)))
            || is_silent(read, from, to))
}

/// True where no word stands in `from..to`.
fn is_silent(read: &Read<'_>, from: usize, to: usize) -> bool {
    (from..to.max(from)).all(|at| read.syntax.tokens[at].kind == TokenKind::Mark)
}

/// "officials told the Courier that": the outlet that was told passed it on.
fn told_outlet(read: &Read<'_>, report: Report, end: usize) -> Option<(usize, usize)> {
    let syntax = &read.syntax;
    if !matches!(syntax.word(report.cue.0), "told" | "tells" | "tell") {
        return None;
    }
    let from = report.cue.1 + usize::from(syntax.word(report.cue.1) == "the");
    let to = (from..end.min(from + LONGEST_OUTLET))
        .find(|&at| !syntax.tokens[at].is_capitalized() && !matches!(syntax.word(at), "of" | "-"))
        .unwrap_or(end.min(from + LONGEST_OUTLET));
    let is_outlet = (from..to).any(|at| lexicon::outlet_words().has(syntax.word(at)));
    is_outlet.then_some((report.cue.1, to))
}

/// Whether the words of a claim but for its cue stand in quotation marks.
fn mode(text: &str, span: Span, cue: Span, quotes: &[Span]) -> Mode {
    // A claim that opens with a quoted sentence is in the speaker's words, however long the rest tells when and where.
    let opens = quotes.first().is_some_and(|quote| {
        let words = quote.of(text);
        let begins = text[span.start as usize..quote.start as usize].trim().chars().count() <= 1;
        let closed = words.ends_with([',', '.', '!', '?']);
        let count = words.split_whitespace().count();
        // "“We ran,” she said": a mark inside of the closing one makes two words a sentence.
        begins && words.chars().next().is_some_and(char::is_uppercase) && (count >= 3 || count == 2 && closed)
    });
    if opens {
        return Mode::Direct;
    }
    let quoted: usize = quotes.iter().map(|quote| quote.len()).sum();
    let content = span.len().saturating_sub(if span.contains(cue) { cue.len() } else { 0 });
    if content > 0 && quoted * 100 >= content * DIRECT_PERCENT { Mode::Direct } else { Mode::Indirect }
}

/// False where the words of a speaker tell of a man and the pronoun is "she", or the other way round.
fn agrees(pronoun: &str, name: &str) -> bool {
    gender_of_pronoun(pronoun).zip(gender_of_words(name)).is_none_or(|(one, other)| one == other)
}

/// Whether a named speaker can be meant by a pronoun: persons by "he" and "she", bodies by "it", several by "they".
fn fits(pronoun: &str, name: &str) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let mut words = name.split_whitespace();
    let (Some(first), head) = (words.next(), name.split_whitespace().next_back().unwrap_or("")) else { return false };
    let determined = matches!(fold(first).as_str(), "the" | "a" | "an" | "one" | "another");
    let acronym = head.len() >= 2 && head.chars().all(|letter| !letter.is_lowercase());
    let plural = head.ends_with('s') && !capital(head) || matches!(head, "police" | "people" | "Police");
    match pronoun {
        "it" => (determined || acronym) && !plural,
        "they" => plural,
        // "the mayor" is a person, "the White House" and "the AARP" are none.
        _ if determined => !plural && !words.any(capital),
        _ => !plural && !acronym && capital(first),
    }
}

/// True where no letter or digit of `span` stands outside of quotation marks.
fn all_inside(text: &str, quotations: &[Quotation], span: Span) -> bool {
    let mut at = span.start as usize;
    let silent = |words: &str| !words.chars().any(char::is_alphanumeric);
    let mut quoted = false;
    for quote in within(quotations, span) {
        if !silent(&text[at..quote.start as usize]) {
            return false;
        }
        at = quote.end as usize;
        quoted = true;
    }
    quoted && silent(&text[at..span.end as usize])
}

/// The speaker of another sentence of the same quotation.
fn same_quotation(quotations: &[Quotation], claims: &[Claim], at: usize) -> Option<Attribution> {
    let quotation = quotations.iter().take_while(|quotation| quotation.outer.start < claims[at].span.end).last()?;
    let named = |claim: &Claim| claim.attribution.clone().filter(|attribution| attribution.speaker.is_some());
    let touches = |claim: &&Claim| claim.sentence.overlaps(quotation.outer);
    claims[at + 1..]
        .iter()
        .take_while(touches)
        .find_map(named)
        .or_else(|| claims[..at].iter().rev().take(NEIGHBORS).take_while(touches).find_map(named))
}

/// The speaker of the claim just before, where that one is quoted too and nothing but a paragraph's end lies between;
/// else of the claim just after, where it says only who speaks.
fn beside(text: &str, claims: &[Claim], at: usize) -> Option<Attribution> {
    let gap_is_white = |left: &Claim, right: &Claim| {
        text.get(left.sentence.end as usize..right.sentence.start as usize).is_some_and(|gap| gap.trim().is_empty())
    };
    let before = at.checked_sub(1).map(|before| &claims[before])?;
    let attribution = before.attribution.as_ref()?;
    let speaks = attribution.mode == Mode::Direct;
    (attribution.speaker.is_some() && speaks && gap_is_white(before, &claims[at])).then(|| attribution.clone())
}
