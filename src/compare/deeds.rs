//! Whether two claims tell the same deed: one predicate and the same participants. Names alone do not tell it: the people a
//! story is about stand in most of its claims.

use super::levels::{Comparator, Grade, LevelMeta};
use super::prepared::{Prepared, stem_id};
use super::{Sides, weights};
use crate::lexicon::backdrop_words;
use crate::lexicon::related::{self, RelatedId};
use crate::model::{Alignment, Frame, FrameKind, Layer, MentionKind, NormalClaim, Role, RoleKind, Span, TermPair};
use crate::text::stems::stem;

/// A participant that plays another part there than here, or the same that grammar names otherwise, counts this much.
const OTHER_PART: f64 = 0.5;

/// One predicate with three shares, itself and two participants, is the whole of a deed.
const WHOLE: f64 = 3.0;

/// A predicate with its participants, ready to be compared.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Hash of the stem of the predicate.
    key: u64,
    related: Option<RelatedId>,
    parts: Vec<Part>,
}

/// One participant.
#[derive(Debug, Clone, Copy)]
struct Part {
    kind: RoleKind,
    /// Hash of the stem of its main word.
    key: u64,
    /// Index of the main word in `form.terms`.
    term: Option<u32>,
}

/// The deeds of a claim. Who somebody is, told beside a name, is one only where nothing else is told, and so is that somebody said it: who speaks
/// is compared by itself.
pub(super) fn deeds(claim: &NormalClaim) -> Vec<Deed> {
    let cue = claim.claim.attribution.as_ref().map(|attribution| attribution.cue);
    let reports = |frame: &Frame| cue.is_some_and(|cue| cue.overlaps(frame.predicate));
    let tells = |frame: &&Frame| frame.kind != FrameKind::Apposition && !reports(frame);
    let any = claim.frames().iter().any(|frame| tells(&frame));
    claim.frames().iter().filter(|frame| !any || tells(frame)).map(|frame| deed(claim, frame)).collect()
}

fn deed(claim: &NormalClaim, frame: &Frame) -> Deed {
    let word = stem(&frame.lemma);
    let term = |head| (0_u32..).zip(&claim.form.terms).find(|(_, term)| term.span.overlaps(head)).map(|(at, _)| at);
    let parts = frame.roles.iter();
    Deed {
        key: stem_id(&word),
        related: related::entry(&word),
        parts: parts
            .map(|role| Part { kind: role.kind, key: stem_id(&stem(&role.lemma)), term: term(role.head) })
            .collect(),
    }
}

/// True where the sentence of a claim has the words of a preposition behind which another deed tells when this one is done: without
/// them [`backdrop`] finds nothing, and the sentence need not be read for it.
pub(super) fn may_have_backdrop(claim: &NormalClaim) -> bool {
    let sentence = claim.claim.context.to_lowercase();
    let written = |entry: &str| entry.split(' ').all(|word| sentence.contains(word));
    // The preposition of a shared predicate is known by its dictionary form.
    claim.claim.predicate.is_some() || backdrop_words().rows().any(|(entry, _)| written(entry))
}

/// The stretches of a claim that tell when its deeds are done by naming another deed: "following his call with the envoy".
pub(super) fn backdrop(claim: &NormalClaim) -> Vec<Span> {
    let behind =
        |role: &&Role| role.preposition.as_deref().is_some_and(|preposition| backdrop_words().has(preposition));
    let frames = claim.frames().iter().filter(|frame| frame.layer != Layer::Relative);
    frames.flat_map(|frame| frame.roles.iter().filter(behind).map(|role| role.span)).collect()
}

/// From this nearness in meaning upward two claims may tell one thing though only the backdrop of the one is told in both.
pub(super) const NEAR_BACKDROP: f64 = 0.5;

/// True where the two tell different deeds, and all words that both tell besides names only say when the one was done: "following
/// his call with the envoy, the minister resigned" tells nothing of how the call went. A figure in both is held against the
/// other by itself. Where meaning was not measured, without an encoder or beyond the texts that `--meaning auto` encodes, this
/// stands too: words that only say when are no reason to bring two claims together until something else is known.
fn share_backdrop_only(sides: &Sides<'_>) -> bool {
    let (left, right) = (sides.left, sides.right);
    if sides.reading.nearness.is_some_and(|near| near >= NEAR_BACKDROP) {
        return false;
    }
    let counted = |claim: &Prepared<'_>| !claim.claim.form.quantities.is_empty();
    if counted(left) && counted(right) {
        return false;
    }
    let named = |pair: &&TermPair| is_in_name(left, pair.left) || is_in_name(right, pair.right);
    let words = || sides.alignment.pairs.iter().filter(|pair| !named(pair));
    // Grammar is asked last: most sentences are read for nothing else.
    if words().next().is_none()
        || left.backdrop().is_empty() && right.backdrop().is_empty()
        || left.deeds().is_empty()
        || right.deeds().is_empty()
    {
        return false;
    }
    if left.deeds().iter().any(|one| right.deeds().iter().any(|two| same_predicate(one, two) > 0.0)) {
        return false;
    }
    let within = |claim: &Prepared<'_>, term: u32| {
        let span = claim.claim.form.terms[term as usize].span;
        claim.backdrop().iter().any(|backdrop| backdrop.contains(span))
    };
    words().all(|pair| within(left, pair.left)) || words().all(|pair| within(right, pair.right))
}

/// How much of a deed both tell: the predicate, by how far the two words stand for each other, and the participants.
pub(super) struct Deeds;

impl Comparator for Deeds {
    fn id(&self) -> &'static str {
        "deeds"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::DEEDS
    }

    fn share(&self, sides: &Sides<'_>) -> f64 {
        beside_meaning_only(sides)
    }

    fn only_vetoes(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        if share_backdrop_only(sides) {
            return Grade { veto: true, ..Grade::of(0.0) };
        }
        if sides.reading.nearness.is_none() {
            return Grade::MISSING;
        }
        let (left, right) = (sides.left.deeds(), sides.right.deeds());
        if left.is_empty() || right.is_empty() {
            return Grade::MISSING;
        }
        let mut most = 0.0_f64;
        for one in left {
            for two in right {
                let predicate = same_predicate(one, two);
                if predicate > 0.0 {
                    most = most.max(predicate * (1.0 + shared_parts(one, two, sides.alignment)));
                }
            }
        }
        Grade::of((most / WHOLE).min(1.0))
    }
}

fn same_predicate(one: &Deed, two: &Deed) -> f64 {
    if one.key == two.key {
        return 1.0;
    }
    let (Some(one), Some(two)) = (one.related, two.related) else { return 0.0 };
    related::between(one, two).unwrap_or(0.0)
}

fn shared_parts(one: &Deed, two: &Deed, alignment: &Alignment) -> f64 {
    let aligned = |here: Option<u32>, there: Option<u32>| {
        let (Some(here), Some(there)) = (here, there) else { return false };
        alignment.pairs.iter().any(|pair| pair.left == here && pair.right == there)
    };
    let mut sum = 0.0;
    for here in &one.parts {
        for there in &two.parts {
            if here.key == there.key || aligned(here.term, there.term) {
                sum += if here.kind == there.kind { 1.0 } else { OTHER_PART };
            }
        }
    }
    sum
}

/// How many words besides names both tell.
pub(super) struct Content;

/// So many shared words are as good as any more.
const PLENTY: f64 = 6.0;

impl Comparator for Content {
    fn id(&self) -> &'static str {
        "content"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::CONTENT
    }

    fn share(&self, sides: &Sides<'_>) -> f64 {
        beside_meaning_only(sides)
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        if sides.reading.nearness.is_none() || sides.left.units().is_empty() || sides.right.units().is_empty() {
            return Grade::MISSING;
        }
        let named = |pair: &TermPair| is_in_name(sides.left, pair.left) || is_in_name(sides.right, pair.right);
        let words = || sides.alignment.pairs.iter().filter(|pair| !named(pair));
        // Who somebody is stands in much that is told of them: "the union leader" brings two deeds of hers no nearer.
        let introduces =
            |pair: &&TermPair| is_described(sides.left, pair.left) && is_described(sides.right, pair.right);
        let all = words().filter(|pair| !introduces(pair)).count();
        // "That is a lot for a dairy": of what is said, only the sentence before tells.
        let pointing = usize::from(points_back(sides.left) || points_back(sides.right));
        Grade::of((all.saturating_sub(pointing) as f64 / PLENTY).min(1.0))
    }
}

/// The stretches of a claim that tell who a person is: the title before a name, the office behind it.
pub(super) fn described(claim: &NormalClaim) -> Vec<Span> {
    let people =
        claim.form.entities.iter().filter(|mention| matches!(mention.kind, MentionKind::Person | MentionKind::Other));
    let names = |role: &Role, person: Span| {
        let between = Span { start: role.head.end, end: person.start };
        let titled = between.start <= between.end && claim.claim.words(between).trim().is_empty();
        role.span.overlaps(person) && (role.head.overlaps(person) || titled)
    };
    people
        .flat_map(|person| {
            claim.frames().iter().flat_map(move |frame| {
                let apposed = frame.kind == FrameKind::Apposition
                    && frame.roles.iter().any(|role| role.span.overlaps(person.span));
                frame.roles.iter().filter(move |role| apposed || names(role, person.span)).map(|role| role.span)
            })
        })
        .collect()
}

fn is_described(claim: &Prepared<'_>, term: u32) -> bool {
    let span = claim.claim.form.terms[term as usize].span;
    claim.described().iter().any(|described| described.contains(span))
}

/// True for a claim about "that" or "it", which names nothing and gives no figure.
fn points_back(claim: &Prepared<'_>) -> bool {
    let form = &claim.claim.form;
    let mut words = claim.claim.claim.text().split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let is = |written: &str, any: &[&str]| any.iter().any(|word| written.eq_ignore_ascii_case(word));
    let pointing = is(first, &["it", "they"])
        || is(first, &["that", "this", "these", "those"])
            && is(second, &["is", "was", "are", "were", "has", "have", "had", "may", "will", "would", "could", "can"]);
    pointing && form.entities.is_empty() && form.quantities.is_empty() && claim.claim.claim.subject.is_none()
}

fn is_in_name(claim: &Prepared<'_>, term: u32) -> bool {
    let form = &claim.claim.form;
    let span = form.terms[term as usize].span;
    form.entities.iter().any(|mention| mention.span.contains(span))
}

/// What the grades weigh was fitted beside meaning; without it the other comparators are weighed as if these were not there. A
/// veto is no weight and stands in either case.
fn beside_meaning_only(sides: &Sides<'_>) -> f64 {
    if sides.reading.nearness.is_some() { 1.0 } else { 0.0 }
}
