//! Claims for the unit tests of rules, written as marked-up sentences. It stands in for the stages before, so that a rule is
//! tested on what it is promised and not on what another stage finds.
//!
//! Marks: `{p:Ada Lind}` person, `{o:..}` organization, `{l:..}` place, `{n:..}` nationality, each with `=key` where the
//! key is another; `{q:at least 12|>=12|people}` count with its `of`, `{q:5 km|5||km}` measure, `{t:on May 3|2026-05-03}`
//! time (without a day: unresolved); `{-:not}` denies the rest of its clause; `{m:will|planned}` modality.

use crate::label::{Case, Outcome, Pair, Rule};
use crate::lexicon::function_words;
use crate::model::{
    Alignment, Anchor, Bound, Claim, ClaimId, ClaimKind, DocumentId, Grain, Inference, Mention, MentionKind, Modality,
    Negation, NormalClaim, NormalForm, Place, Polarity, Quantity, QuantityKind, SourceId, Span, Term, TermPair,
    TermRole, TimeValue,
};
use crate::text::{fold::fold, stems::stem, tokens::TokenKind, tokens::tokenize};
use jiff::civil::Date;

/// What `rule` finds in two marked-up claims.
pub(super) fn check(rule: &dyn Rule, left: &str, right: &str) -> Outcome {
    check_dated(rule, (left, None), (right, None))
}

/// The same for claims with publication dates.
pub(super) fn check_dated(rule: &dyn Rule, left: (&str, Option<&str>), right: (&str, Option<&str>)) -> Outcome {
    let day = |date: Option<&str>| date.map(|date| date.parse::<Date>().unwrap());
    let (one, other) = (claim(left.0), claim(right.0));
    let (one_day, other_day) = (day(left.1), day(right.1));
    let (forth, back) = (aligned(&one, &other), aligned(&other, &one));
    let pair = Pair {
        left: &one,
        right: &other,
        alignment: &forth,
        inference: None,
        left_published: one_day,
        right_published: other_day,
        pages: None,
    };
    let swapped = Pair {
        left: &other,
        right: &one,
        alignment: &back,
        inference: None,
        left_published: other_day,
        right_published: one_day,
        pages: None,
    };
    let outcome = rule.check(&Case::of(&pair));
    assert_eq!(
        short(&outcome),
        short(&mirrored(rule.check(&Case::of(&swapped)))),
        "a rule is symmetric: {} | {}",
        left.0,
        right.0
    );
    outcome
}

/// What `ask` finds in two marked-up claims of unknown dates.
pub(super) fn case<T>(left: &str, right: &str, ask: impl FnOnce(&Case<'_>) -> T) -> T {
    let (one, other) = (claim(left), claim(right));
    let alignment = aligned(&one, &other);
    let pair = Pair {
        left: &one,
        right: &other,
        alignment: &alignment,
        inference: None,
        left_published: None,
        right_published: None,
        pages: None,
    };
    ask(&Case::of(&pair))
}

/// What `rule` finds in two marked-up claims of articles of which a reader of both infers this.
pub(super) fn check_read(rule: &dyn Rule, left: &str, right: &str, inference: Inference) -> Outcome {
    let [mut one, mut other] = [claim(left), claim(right)];
    (one.claim.kind, other.claim.kind) = (ClaimKind::Body, ClaimKind::Headline);
    let alignment = aligned(&one, &other);
    let pair = Pair {
        left: &one,
        right: &other,
        alignment: &alignment,
        inference: Some(inference),
        left_published: None,
        right_published: None,
        pages: None,
    };
    rule.check(&Case::of(&pair))
}

/// "raised", "explained: time" or "silent".
pub(super) fn short(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Silent => "silent".to_owned(),
        Outcome::Raised(reason) => format!("raised: {} | {}", reason.left.text, reason.right.text),
        Outcome::ExplainedAway(it) => format!("{}: {} | {}", it.by, it.left.text, it.right.text),
    }
}

fn mirrored(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Silent => Outcome::Silent,
        Outcome::Raised(mut reason) => {
            std::mem::swap(&mut reason.left, &mut reason.right);
            Outcome::Raised(reason)
        }
        Outcome::ExplainedAway(mut it) => {
            std::mem::swap(&mut it.left, &mut it.right);
            Outcome::ExplainedAway(it)
        }
    }
}

/// One span of the text and what it was marked as.
enum Mark {
    Name(Mention),
    Quantity(Quantity),
    Time(TimeValue),
    Negation(Span),
    Modality(Span, Modality),
}

pub(super) fn claim(marked: &str) -> NormalClaim {
    let (text, marks) = unmark(marked);
    let mut form = NormalForm::default();
    for mark in marks {
        match mark {
            Mark::Name(name) => form.entities.push(name),
            Mark::Quantity(quantity) => form.quantities.push(quantity),
            Mark::Time(time) => form.times.push(time),
            Mark::Negation(cue) => {
                let rest = &text[cue.end as usize..];
                let end = cue.end as usize + rest.find([',', ';', '.']).unwrap_or(rest.len());
                form.negations.push(Negation { cue, scope: Span::new(cue.end as usize, end) });
                form.polarity = Polarity::Negated;
            }
            Mark::Modality(cue, modality) => (form.modality, form.modality_cue) = (modality, Some(cue)),
        }
    }
    for token in tokenize(&text) {
        if matches!(token.kind, TokenKind::Mark | TokenKind::Possessive) {
            continue;
        }
        let span = Span::new(token.start, token.end);
        let role = if form.entities.iter().any(|name| name.span.overlaps(span)) {
            TermRole::Name
        } else if form.quantities.iter().any(|quantity| quantity.span.overlaps(span)) {
            TermRole::Quantity
        } else if form.times.iter().any(|time| time.span.overlaps(span)) {
            TermRole::Time
        } else if function_words().has(&token.folded) {
            TermRole::Function
        } else {
            TermRole::Content
        };
        let negated = form.negations.iter().any(|negation| negation.scope.overlaps(span));
        form.terms.push(Term { span, stem: stem(&token.folded), word: token.folded, role, negated });
    }
    let span = Span::new(0, text.len());
    let claim = Claim {
        id: ClaimId::of([marked]),
        given_id: None,
        document: DocumentId::of([marked]),
        source: SourceId::of([marked]),
        span,
        sentence: span,
        context: text.into(),
        place: Place { line: 1, column: 1 },
        place_end: None,
        kind: ClaimKind::Given,
        subject: None,
        predicate: None,
        circumstances: Vec::new(),
        attribution: None,
        quotes: Vec::new(),
    };
    NormalClaim::new(claim, form, Vec::new())
}

fn unmark(marked: &str) -> (String, Vec<Mark>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}').expect("a mark is closed");
        text.push_str(&rest[..open]);
        let (sort, body) = rest[open + 1..close].split_once(':').expect("a mark has a sort");
        let mut parts = body.split('|');
        let written = parts.next().unwrap();
        let words = written.split('=').next().unwrap();
        let span = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        let rest_of: Vec<&str> = parts.collect();
        marks.push(match sort {
            "q" => Mark::Quantity(quantity(span, &rest_of)),
            "t" => Mark::Time(time(span, words, rest_of.first().copied())),
            "-" => Mark::Negation(span),
            "m" => Mark::Modality(span, modality(rest_of[0])),
            _ => Mark::Name(Mention {
                span,
                kind: kind(sort),
                key: fold(written.split_once('=').map_or(words, |(_, key)| key)),
            }),
        });
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, marks)
}

fn kind(sort: &str) -> MentionKind {
    match sort {
        "p" => MentionKind::Person,
        "o" => MentionKind::Organization,
        "l" => MentionKind::Place,
        "n" => MentionKind::Nationality,
        _ => MentionKind::Other,
    }
}

fn modality(name: &str) -> Modality {
    match name {
        "planned" => Modality::Planned,
        "possible" => Modality::Possible,
        "probable" => Modality::Probable,
        other => panic!("no such modality: {other}"),
    }
}

fn quantity(span: Span, parts: &[&str]) -> Quantity {
    let written = parts[0];
    let number = written.trim_start_matches(['>', '<', '=', '~']);
    let value: f64 = number.parse().unwrap();
    let (bound, low, high) = match &written[..written.len() - number.len()] {
        ">=" => (Bound::AtLeast, Some(value), None),
        ">" => (Bound::MoreThan, Some(value), None),
        "<=" => (Bound::AtMost, None, Some(value)),
        "~" => (Bound::About, Some(value), Some(value)),
        _ => (Bound::Exact, Some(value), Some(value)),
    };
    let digits = number.trim_end_matches('0');
    let precision = 0.5 * 10_f64.powi(i32::try_from(number.len() - digits.len()).unwrap());
    let of = parts.get(1).map_or(Vec::new(), |of| of.split_whitespace().map(|word| stem(word).into()).collect());
    let unit = parts.get(2).map(|unit| (*unit).to_owned());
    let kind = match unit.as_deref() {
        None => QuantityKind::Count,
        Some("%") => QuantityKind::Percent,
        Some("USD" | "EUR") => QuantityKind::Money,
        Some(_) => QuantityKind::Measure,
    };
    Quantity { span, kind, low, high, bound, unit, of, precision }
}

fn time(span: Span, words: &str, day: Option<&str>) -> TimeValue {
    let from: Option<Date> = day.map(|day| day.parse().unwrap());
    let until = from.map(|from| from.tomorrow().unwrap());
    let anchor = if from.is_some() { Anchor::Absolute } else { Anchor::Unresolved };
    let written = fold(words).trim_start_matches("on ").to_owned();
    TimeValue { span, from, until, grain: Grain::Day, anchor, written }
}

/// Content words and names of one stem, in order.
fn aligned(left: &NormalClaim, right: &NormalClaim) -> Alignment {
    let meets = |term: &Term| matches!(term.role, TermRole::Content | TermRole::Name);
    let mut taken = vec![false; right.form.terms.len()];
    let mut alignment = Alignment::default();
    for (at, term) in left.form.terms.iter().enumerate().filter(|(_, term)| meets(term)) {
        let partner =
            right.form.terms.iter().enumerate().position(|(other, held)| {
                !taken[other] && meets(held) && held.role == term.role && held.stem == term.stem
            });
        match partner {
            Some(partner) => {
                taken[partner] = true;
                alignment.pairs.push(TermPair { left: at as u32, right: partner as u32, strength: 1.0 });
            }
            None => alignment.left_only.push(at as u32),
        }
    }
    for (at, term) in right.form.terms.iter().enumerate() {
        if meets(term) && !taken[at] {
            alignment.right_only.push(at as u32);
        }
    }
    alignment
}
