//! Who did it, to whom: another name in the one place of a deed that has one doer, or two names whose parts are swapped. Two
//! names that did the same thing are no conflict where both may have done it.
#![doc = include_str!("participant_mismatch.md")]

use super::clauses::{Clauses, is_newcomer};
use super::contrast::preposition;
use super::evidence::{against, evidence, explained, raised};
use super::figures::figures_apart;
use super::frame::{Frame, Hand};
use super::naming::{by_given_name, could_fill_one_place, is_teller, name_at, same_name};
use super::offices::other_holder;
use super::orders::ordered;
use super::permuted::permuted;
use super::places;
use super::stances::sides_differ;
use super::words::{is_content, words_in};
use crate::label::{Bearing, Case, Outcome, Rule, RuleMeta};
use crate::lexicon::{even_words, is_mutual, roles, verbs};
use crate::model::{Mention, MentionKind, Severity, Span, Term, TermRole, Value};

/// Shares of the words outside of the two names that must be the same.
const BEST_SHARE: f64 = 0.75;
const LEAST_SHARE: f64 = 0.5;

/// Shares for swapped parts, where the words are the same by nature.
const SWAPPED_SHARE: f64 = 0.6;

/// Words between a name and the verb, or the verb and the other name.
const REACH: usize = 4;

/// Names looked at per claim.
const NAMES: usize = 12;

/// Words that two claims which run alike but for a name have to share.
const TWIN_ANCHORS: usize = 6;

/// The rule.
#[derive(Debug)]
pub struct ParticipantMismatch;

static META: RuleMeta = RuleMeta {
    id: "participant-mismatch",
    summary: "another name in the place of the doer, or two names with swapped parts",
    bearing: Bearing::Conflict,
    level: Severity::Error,
    since: "0.1.0",
    page: include_str!("participant_mismatch.md"),
};

impl Rule for ParticipantMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, pair: &Case<'_>) -> Outcome {
        let frame = pair.frame();
        if !frame.same_footing() || pair.left.form.polarity != pair.right.form.polarity {
            return Outcome::Silent;
        }
        // What two orders tell to do need not be done by one.
        if ordered(pair.left).is_some() && ordered(pair.right).is_some() {
            return Outcome::Silent;
        }
        let clauses = Clauses::of(frame);
        let exchanged = (!frame.other_times()).then(|| clauses.exchanged()).flatten();
        let turned = || (!frame.other_times()).then(|| permuted(frame)).flatten();
        let by_words = || swapped(frame).or_else(|| swapped_things(frame)).or_else(turned);
        if let Some((left, right)) = exchanged.or_else(by_words) {
            let one = evidence(pair.left, left, Value::Text(pair.left.claim.words(left).to_owned()));
            let other = evidence(pair.right, right, Value::Text(pair.right.claim.words(right).to_owned()));
            let message = format!("swapped parts: {}", against(&one, &other));
            return raised(&META, one, other, message);
        }
        let twins = replaced_in_twins(frame).map(|(left, right)| (left, right, frame.other_times().then_some("time")));
        let of_office = || other_holder(&clauses).map(|(left, right)| (left, right, None));
        let found = twins.or_else(|| replaced_in_deed(frame, &clauses)).or_else(|| replaced(frame)).or_else(of_office);
        let other_parties = || clauses.other_parties().map(|(one, other)| (one, other, Some("another party")));
        let Some((left, right, by)) = found.or_else(other_parties) else { return Outcome::Silent };
        let one = evidence(pair.left, left.span, Value::Mention(left.clone()));
        let other = evidence(pair.right, right.span, Value::Mention(right.clone()));
        let message = against(&one, &other);
        match by {
            None => raised(&META, one, other, message),
            Some(by) => explained(&META, by, one, other, message),
        }
    }
}

/// The names in one part of a deed whose other parts are the same.
fn replaced_in_deed<'a>(
    frame: &Frame<'a>,
    clauses: &Clauses<'_, 'a>,
) -> Option<(&'a Mention, &'a Mention, Option<&'static str>)> {
    let (left, right) = clauses.replaced()?;
    let (one, other) = (name_at(frame.claim(Hand::Left), left)?, name_at(frame.claim(Hand::Right), right)?);
    Some((one, other, frame.other_times().then_some("time")))
}

/// The names in the one place in which two claims that run alike differ. What many may do is then told of one occasion: a
/// list of those who did it is not told in two sentences of so many equal words.
fn replaced_in_twins<'a>(frame: &Frame<'a>) -> Option<(&'a Mention, &'a Mention)> {
    if let Some((one, other)) = changed_name(frame) {
        return Some((one, other));
    }
    let (left, right) = frame.twins().filter(|twins| twins.anchors >= TWIN_ANCHORS)?.slot.clone()?;
    let name = |hand: Hand, slot: &std::ops::Range<usize>| {
        let inside = |name: &&Mention| slot.clone().any(|at| name.span.overlaps(frame.terms(hand)[at].span));
        let mut names = frame.strange_names(hand, &[]).into_iter();
        let found = names.find(inside)?;
        (names.next().is_none() && !joined(frame, hand, found)).then_some(found)
    };
    let (one, other) = (name(Hand::Left, &left)?, name(Hand::Right, &right)?);
    let lead = |hand: Hand, slot: &std::ops::Range<usize>, name: &Mention| {
        let at = words_in(frame.terms(hand), name.span).start;
        let found = preposition(frame, hand, at).or_else(|| preposition(frame, hand, slot.start));
        found.map(|at| frame.terms(hand)[at].word.as_str())
    };
    // "in the Garrow Hills" and "by Ada Lind" are no one place, whatever the words ahead. Who is named on one side may be told by what is
    // named on the other: "Ostermann", "the head of the Brixton family".
    let one_place = lead(Hand::Left, &left, one) == lead(Hand::Right, &right, other)
        && qualifies(frame, Hand::Left, &left, one) == qualifies(frame, Hand::Right, &right, other);
    (one_place
        && could_replace(one, other)
        && !by_given_name(one, other)
        && owns(frame, Hand::Left, one) == owns(frame, Hand::Right, other))
    .then_some((one, other))
}

/// True where the name only tells which thing is meant, and the phrase is about that thing: "the former Garrow goalkeeper", "the head of
/// the Brix family".
fn qualifies(frame: &Frame<'_>, hand: Hand, slot: &std::ops::Range<usize>, name: &Mention) -> bool {
    let terms = frame.terms(hand);
    let words = words_in(terms, name.span);
    let heads = |at: usize| is_content(&terms[at]) && terms[at].role == TermRole::Content;
    let behind = (words.end..slot.end).any(heads);
    let ahead = (slot.start..words.start).any(heads);
    let led = preposition(frame, hand, words.start).is_some_and(|at| slot.contains(&at));
    behind || ahead && led
}

/// The names in the one phrase that was changed in a statement printed by both outlets: one of a list too, and one that the claim
/// gives a second time in another form.
fn changed_name<'a>(frame: &Frame<'a>) -> Option<(&'a Mention, &'a Mention)> {
    let (left, right) = frame.changed_phrase()?;
    let name = |hand: Hand, slot: &std::ops::Range<usize>| {
        let found = slot.clone().find_map(|at| name_at(frame.claim(hand), at))?;
        (frame.fills(hand, slot, found.span) && !is_teller(frame.claim(hand), found)).then_some(found)
    };
    let (one, other) = (name(Hand::Left, &left)?, name(Hand::Right, &right)?);
    could_replace(one, other).then_some((one, other))
}

/// True for two names of persons or bodies that have no word in common. Places are the concern of another rule.
fn could_replace(one: &Mention, other: &Mention) -> bool {
    let is_place = |name: &Mention| matches!(name.kind, MentionKind::Place | MentionKind::Nationality);
    let shares_word = one.key.split(' ').any(|word| other.key.split(' ').any(|it| it == word));
    could_fill_one_place(one.kind, other.kind)
        && !is_place(one)
        && !is_place(other)
        && !shares_word
        && !same_name(&one.key, &other.key)
}

/// The one name of each claim that the other claim lacks, in the same place of the same frame.
fn replaced<'a>(frame: &Frame<'a>) -> Option<(&'a Mention, &'a Mention, Option<&'static str>)> {
    let left = frame.strange_names(Hand::Left, &[]);
    let right = frame.strange_names(Hand::Right, &[]);
    // "Page" and "Betty Mae Page": who shares a part of the name is not told apart by it.
    let akin =
        |one: &str, other: &str| one.split(' ').any(|word| word.len() > 1 && other.split(' ').any(|it| it == word));
    let mut pairs = left.iter().flat_map(|one| right.iter().map(move |other| (*one, *other))).filter(|(one, other)| {
        could_fill_one_place(one.kind, other.kind)
            && !same_name(&one.key, &other.key)
            && !by_given_name(one, other)
            && !places::one_may_hold_the_other(&one.key, &other.key)
    });
    let (one, other) = pairs.next()?;
    // Two pairs of strange names are two differences: another event.
    if pairs.next().is_some() {
        return None;
    }
    let (left_slot, right_slot) = ([one.span], [other.span]);
    let shared = frame.shared(&left_slot, &right_slot);
    let governors = frame.governors(one.span, other.span, &left_slot, &right_slot);
    let manner_left = led_by(frame, Hand::Left, one);
    let manner_right = led_by(frame, Hand::Right, other);
    if shared.best < BEST_SHARE
        || shared.least < LEAST_SHARE
        || shared.partners == 0
        || governors.shared == 0
        || governors.clash
        || manner_left != manner_right
        || matches!(manner_left, Some(word) if word != "by")
        || frame.predicates_clash(&left_slot, &right_slot)
        || akin(&one.key, &other.key)
        || owns(frame, Hand::Left, one) != owns(frame, Hand::Right, other)
        || frame.opposed_elsewhere(&left_slot, &right_slot)
        || sides_differ(frame)
        || joined(frame, Hand::Left, one)
        || joined(frame, Hand::Right, other)
        || figures_apart(frame)
    {
        return None;
    }
    let by = if frame.other_times() {
        Some("time")
    } else if has_one_doer(frame, one.span, other.span) {
        None
    } else {
        // Both may have done it: Norway signed, and so did Sweden.
        Some("scope")
    };
    Some((one, other, by))
}

/// The preposition ahead of a name, if one leads it.
fn led_by<'a>(frame: &Frame<'a>, hand: Hand, name: &Mention) -> Option<&'a str> {
    let at = words_in(frame.terms(hand), name.span).start;
    let word = frame.terms(hand)[preposition(frame, hand, at)?].word.as_str();
    matches!(
        word,
        "by" | "in"
            | "at"
            | "on"
            | "of"
            | "for"
            | "from"
            | "to"
            | "with"
            | "near"
            | "against"
            | "over"
            | "about"
            | "into"
            | "between"
            | "under"
            | "through"
            | "via"
            | "than"
            | "as"
            | "after"
            | "before"
    )
    .then_some(word)
}

/// True where the name stands in the genitive: what follows is owned by it, and did the deed in its place.
fn owns(frame: &Frame<'_>, hand: Hand, name: &Mention) -> bool {
    let claim = &frame.claim(hand).claim;
    let end = (name.span.end as usize).saturating_sub(claim.sentence.start as usize);
    let owning = |text: &str| ["'s", "\u{2019}s", "'", "\u{2019}"].iter().any(|mark| text.starts_with(mark));
    let inside = claim.words(name.span);
    claim.context.get(end..).is_some_and(owning) || inside.ends_with("'s") || inside.ends_with("\u{2019}s")
}

/// True where "and" joins the name to another: one of several participants.
fn joined(frame: &Frame<'_>, hand: Hand, name: &Mention) -> bool {
    let terms = frame.terms(hand);
    let words = words_in(terms, name.span);
    let joins = |term: Option<&Term>| term.is_some_and(|term| matches!(term.word.as_str(), "and" | "or" | "including"));
    joins(words.start.checked_sub(1).and_then(|at| terms.get(at))) || joins(terms.get(words.end))
}

/// True where the shared word next to both names is one with a single doer or holder.
fn has_one_doer(frame: &Frame<'_>, left: Span, right: Span) -> bool {
    let terms = frame.terms(Hand::Left);
    let near = |hand: Hand, span: Span, at: usize| {
        let words = words_in(frame.terms(hand), span);
        let distance = if at < words.start { words.start - at } else { at.saturating_sub(words.end) };
        distance <= REACH
    };
    (0..terms.len()).any(|at| {
        roles().value(&terms[at].word) == Some("sole")
            && !is_newcomer(terms, at)
            && near(Hand::Left, left, at)
            && frame.partner(Hand::Left, at).is_some_and(|partner| near(Hand::Right, right, partner))
    })
}

/// A deed between two names: who does it to whom.
struct Deed<'a> {
    doer: &'a Mention,
    target: &'a Mention,
    verb: usize,
    /// The preposition ahead of the target, "by" apart.
    through: Option<&'a str>,
}

/// The words of two deeds in which the same two names have each other's parts.
fn swapped(frame: &Frame<'_>) -> Option<(Span, Span)> {
    let shared = frame.shared(&[], &[]);
    if shared.least < SWAPPED_SHARE || frame.names_clash(&[], &[]) || frame.other_times() {
        return None;
    }
    let right = deeds(frame, Hand::Right);
    deeds(frame, Hand::Left).iter().find_map(|one| {
        let partner = frame.partner(Hand::Left, one.verb)?;
        let other = right.iter().find(|other| other.verb == partner && other.through == one.through)?;
        let crossed = same_name(&one.doer.key, &other.target.key)
            && same_name(&one.target.key, &other.doer.key)
            && !same_name(&one.doer.key, &one.target.key);
        let verbs = [&frame.terms(Hand::Left)[one.verb], &frame.terms(Hand::Right)[partner]];
        let alike = verbs[0].negated == verbs[1].negated;
        // "is as large as", "shook hands with", "has a twin".
        let even = one.through.is_some_and(|word| even_words().has(word)) || even_words().has(&verbs[0].word);
        (crossed && !even).then_some(())?;
        alike.then(|| (one.doer.span.cover(one.target.span), other.doer.span.cover(other.target.span)))
    })
}

/// The words of two deeds in which two things without a name have each other's parts: "guards struck strikers".
fn swapped_things(frame: &Frame<'_>) -> Option<(Span, Span)> {
    let shared = frame.shared(&[], &[]);
    if shared.least < SWAPPED_SHARE || frame.names_clash(&[], &[]) || frame.other_times() {
        return None;
    }
    let right: Vec<[usize; 3]> = deeds_of_things(frame.terms(Hand::Right)).collect();
    deeds_of_things(frame.terms(Hand::Left)).find_map(|[doer, verb, target]| {
        let partner = |at: usize| frame.partner(Hand::Left, at);
        let crossed = [partner(target)?, partner(verb)?, partner(doer)?];
        let span = |hand: Hand, deed: [usize; 3]| {
            let terms = frame.terms(hand);
            let from = deed.iter().min().map_or(deed[0], |at| *at);
            let to = deed.iter().max().map_or(deed[2], |at| *at);
            terms[from].span.cover(terms[to].span)
        };
        let verbs = [&frame.terms(Hand::Left)[verb], &frame.terms(Hand::Right)[crossed[1]]];
        (right.contains(&crossed) && verbs[0].negated == verbs[1].negated)
            .then(|| (span(Hand::Left, [doer, verb, target]), span(Hand::Right, crossed)))
    })
}

/// Doer, verb and target, by their words: the nearest noun ahead of a verb and the head of the first noun phrase after it. In
/// the passive the doer stands after "by".
fn deeds_of_things(terms: &[Term]) -> impl Iterator<Item = [usize; 3]> {
    (0..terms.len()).filter_map(|verb| {
        let word = terms[verb].word.as_str();
        let forms = verbs().forms(word);
        let acts = forms.past || forms.gerund || forms.third;
        if !acts || !is_content(&terms[verb]) || is_mutual(word) {
            return None;
        }
        let passes = |term: &Term| {
            matches!(
                term.word.as_str(),
                "is" | "are" | "was" | "were" | "be" | "been" | "being" | "has" | "have" | "had" | "the" | "a" | "an"
            )
        };
        let ahead = (0..verb).rev().take(REACH).find(|&at| !passes(&terms[at]))?;
        let behind = (verb + 1..terms.len()).take(REACH).find(|&at| !passes(&terms[at]) && terms[at].word != "by")?;
        let by = terms[verb + 1..behind].iter().any(|term| term.word == "by");
        let is_passive =
            terms[ahead + 1..verb].iter().any(|term| matches!(term.word.as_str(), "was" | "were" | "been"))
                || terms[ahead + 1..verb].iter().any(|term| matches!(term.word.as_str(), "is" | "are" | "being"))
                    && forms.past
                    && !forms.gerund;
        let first = (behind..terms.len()).take(REACH).find(|&at| {
            terms[at].role != TermRole::Quantity && terms[at].word != "several" && terms[at].word != "some"
        })?;
        let last = (first..terms.len()).take(REACH).take_while(|&at| is_content(&terms[at])).last()?;
        if !is_content(&terms[ahead]) || by != is_passive {
            return None;
        }
        Some(if is_passive { [last, verb, ahead] } else { [ahead, verb, last] })
    })
}

/// The deeds of a claim: name, verb, name, with little between them.
fn deeds<'a>(frame: &Frame<'a>, hand: Hand) -> Vec<Deed<'a>> {
    let claim = frame.claim(hand);
    let terms = frame.terms(hand);
    let is_actor = |name: &&Mention| name.kind != MentionKind::Nationality;
    let names: Vec<&Mention> = claim.form.entities.iter().filter(is_actor).take(NAMES).collect();
    names.windows(2).filter_map(|two| deed(terms, two[0], two[1])).collect()
}

fn deed<'a>(terms: &'a [Term], first: &'a Mention, second: &'a Mention) -> Option<Deed<'a>> {
    let (from, to) = (words_in(terms, first.span).end, words_in(terms, second.span).start);
    let between = terms.get(from..to)?;
    if between.is_empty() || between.len() > 2 * REACH || first.span == second.span {
        return None;
    }
    let mut contents = between.iter().enumerate().filter(|(_, term)| is_content(term));
    let (offset, verb) = contents.next()?;
    // More content between verb and name: the second name hangs on another word.
    if contents.next().is_some() || is_mutual(&verb.word) {
        return None;
    }
    let word_at = |at: usize| between.get(at).map(|term| term.word.as_str());
    // "It was Varnex that sued Borel": the name before "that" is the doer.
    let from_first = words_in(terms, first.span).start;
    let cleft = from_first > 1
        && terms[from_first - 2].word == "it"
        && matches!(terms[from_first - 1].word.as_str(), "was" | "is");
    let joined = between.iter().enumerate().any(|(at, term)| match term.word.as_str() {
        "who" | "which" | "that" => !(cleft && at == 0),
        word => matches!(word, "and" | "or" | "of"),
    });
    if joined {
        return None;
    }
    let ahead =
        (0..offset).filter_map(word_at).any(|word| matches!(word, "was" | "were" | "is" | "are" | "been" | "being"));
    let last = between
        .iter()
        .rev()
        .take_while(|term| term.role == TermRole::Function && term.span.start > verb.span.start)
        .map(|term| term.word.as_str())
        .find(|word| !matches!(*word, "the" | "a" | "an"));
    let verb = from + offset;
    match last {
        Some("by") if ahead => Some(Deed { doer: second, target: first, verb, through: None }),
        // Without "by", a passive has no doer here ("was sued in ..."), and a state has none at all.
        _ if ahead => None,
        through => Some(Deed { doer: first, target: second, verb, through }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, short};
    use super::*;

    #[test]
    fn another_doer_of_a_deed_with_one_doer_and_swapped_parts_are_raised() {
        for (left, right, outcome) in [
            (
                "{p:Ada Lind} won the race for mayor of {l:Garrow}.",
                "{p:Nils Holm} won the race for mayor of {l:Garrow}.",
                "raised: Ada Lind | Nils Holm",
            ),
            (
                "{o:Varnex} sued {o:Borel} over a patent.",
                "{o:Borel} sued {o:Varnex} over a patent.",
                "raised: Varnex sued Borel | Borel sued Varnex",
            ),
        ] {
            assert_eq!(short(&check(&ParticipantMismatch, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn swapped_parts_of_things_without_a_name_and_in_clefts_are_raised() {
        for (left, right, outcome) in [
            (
                "Guards struck several strikers at the port of {l:Garrow}.",
                "Strikers struck several guards at the port of {l:Garrow}.",
                "raised: Guards struck several strikers | Strikers struck several guards",
            ),
            (
                "It was {o:Varnex} that approached {o:Borel}.",
                "It was {o:Borel} that approached {o:Varnex}.",
                "raised: Varnex that approached Borel | Borel that approached Varnex",
            ),
            (
                "Guards struck several strikers at the port of {l:Garrow}.",
                "Several strikers were struck by guards at the port of {l:Garrow}.",
                "silent",
            ),
        ] {
            assert_eq!(short(&check(&ParticipantMismatch, left, right)), outcome, "{left} | {right}");
        }
    }

    #[test]
    fn what_holds_for_both_sides_is_no_conflict() {
        for (left, right) in [
            ("{l:Garrow} is as large as {l:Halden}.", "{l:Halden} is as large as {l:Garrow}."),
            (
                "{p:Ada Lind} shook hands with {p:Nils Holm} before the debate.",
                "{p:Nils Holm} shook hands with {p:Ada Lind} before the debate.",
            ),
            (
                "A tunnel links {l:Garrow} and {l:Halden} with the coast.",
                "A tunnel links {l:Halden} and {l:Garrow} with the coast.",
            ),
        ] {
            assert_eq!(short(&check(&ParticipantMismatch, left, right)), "silent", "{left} | {right}");
        }
    }

    #[test]
    fn deeds_many_may_do_passives_and_short_names_are_no_conflict() {
        for (left, right, outcome) in [
            (
                "{l:Norway} signed the accord on whaling.",
                "{l:Sweden} signed the accord on whaling.",
                "scope: Norway | Sweden",
            ),
            ("{o:Varnex} sued {o:Borel} over a patent.", "{o:Borel} was sued by {o:Varnex} over a patent.", "silent"),
            (
                "{p:Ada Lind} met {p:Nils Holm} in {l:Garrow}.",
                "{p:Nils Holm} met {p:Ada Lind} in {l:Garrow}.",
                "silent",
            ),
            (
                "{p:Ada Lind} won the race for mayor of {l:Garrow}.",
                "{p:Lind} won the race for mayor of {l:Garrow}.",
                "silent",
            ),
        ] {
            assert_eq!(short(&check(&ParticipantMismatch, left, right)), outcome, "{left} | {right}");
        }
    }
}
