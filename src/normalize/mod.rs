//! Claims → normal forms.
//!
//! What comes in: a document and its claims. What goes out: each claim with its words, names, quantities, times, polarity
//! and modality, every one on its span in the document's text. The order of the readers is their data flow: quantities
//! take the times, words take all three. Nothing is discarded: bounds, hedges and unresolved dates stay.

pub mod certainty;

pub mod entities;

mod ellipsis;

mod frames;

mod nominal;

mod roles;

pub mod modality;

mod locale;

mod main_clause;

pub mod polarity;

pub mod quantities;

pub mod terms;

pub mod times;

use crate::grammar::{SharedTree, Trees, parse};
use crate::model::{
    Certainty, Claim, Document, Frame, FrameReader, KnownName, Mention, Modality, Negation, NormalClaim, NormalForm,
    Polarity, Quantity, TimeValue,
};
use crate::text::tokens::tokenize;
use std::sync::Arc;

/// What this stage is told.
#[derive(Debug, Clone, Default)]
pub struct NormalizeSettings {
    names: entities::UserNames,
}

impl NormalizeSettings {
    /// With the names the user knows.
    pub fn of(names: &[KnownName]) -> Self {
        Self { names: entities::UserNames::of(names) }
    }
}

/// Bytes of white space between two sentences that follow one another.
const SENTENCE_GAP: u32 = 3;

/// Reduces the claims of one document to what can be compared. `trees` are those of its sentences.
pub fn normalize(
    document: &Document,
    claims: Vec<Claim>,
    trees: &mut Trees<'_>,
    settings: &NormalizeSettings,
) -> Vec<NormalClaim> {
    let names = entities::name_table(document, &settings.names);
    let mut reckoning = locale::reckoning(document);
    let mut before: Option<&Claim> = None;
    let forms: Vec<NormalForm> = claims
        .iter()
        .map(|claim| {
            // "The next day" is told from a time in the same sentence or the one before.
            let near =
                before.is_some_and(|before| claim.sentence.start <= before.sentence.end.saturating_add(SENTENCE_GAP));
            if !near {
                reckoning.earlier = None;
            }
            let mut form = form(claim, &names, reckoning);
            form.quantities = quantities::in_home_currency(&document.text, form.quantities, document.url.as_deref());
            let same = before.is_some_and(|before| before.sentence == claim.sentence);
            let told = times::Earlier::last_of(&form.times);
            reckoning.earlier = told.or(reckoning.earlier.filter(|_| same));
            before = Some(claim);
            form
        })
        .collect();
    claims.into_iter().zip(forms).map(|(claim, form)| with_frames(claim, form, trees)).collect()
}

/// The claim with its frames, if its sentence is parsed already; with who will read them, if not.
fn with_frames(claim: Claim, form: NormalForm, trees: &mut Trees<'_>) -> NormalClaim {
    if trees.is_parsed(claim.sentence) {
        let frames = frames::frames(trees.tree(claim.sentence, &claim.context), &claim, &form.times);
        return NormalClaim::new(claim, form, frames);
    }
    let tree = trees.shared(claim.sentence, &claim.context);
    NormalClaim::with_reader(claim, form, Arc::new(Unread { tree }))
}

/// A sentence that nobody has parsed yet.
#[derive(Debug)]
struct Unread {
    tree: Arc<SharedTree>,
}

impl FrameReader for Unread {
    fn frames(&self, claim: &Claim, form: &NormalForm) -> Vec<Frame> {
        // A tree that no other claim asks for is not kept.
        let alone;
        let tree = if Arc::strong_count(&self.tree) == 1 {
            alone = parse(&claim.context);
            &alone
        } else {
            self.tree.of(&claim.context)
        };
        frames::frames(tree, claim, &form.times)
    }
}

/// The normal form of one claim: of its own words, and of the subject, predicate and circumstances it takes over from the rest
/// of its sentence.
fn form(claim: &Claim, names: &entities::NameTable, reckoning: times::Reckoning) -> NormalForm {
    let text = claim.text();
    let tokens = tokenize(text);
    let times = times::times(text, &tokens, reckoning);
    let quantities = quantities::quantities(text, &tokens, &times);
    let entities = entities::mentions(text, &tokens, names);
    let (polarity, negations) = polarity::polarity(text, &tokens);
    let (modality, modality_cue) = modality::modality(text, &tokens);
    let marks = terms::Marks { times: &times, quantities: &quantities, entities: &entities, negations: &negations };
    let attribution = terms::attribution_spans(claim);
    let offset = claim.span.start as usize;
    let mut words = terms::terms(&tokens, &marks, offset, &attribution);
    let mut form = NormalForm {
        terms: Vec::new(),
        entities: entities.into_iter().map(|mention| shift_mention(mention, offset)).collect(),
        quantities: quantities.into_iter().map(|quantity| shift_quantity(quantity, offset)).collect(),
        times: times.into_iter().map(|time| shift_time(time, offset)).collect(),
        polarity,
        negations: negations.into_iter().map(|negation| shift_negation(negation, offset)).collect(),
        modality,
        modality_cue: modality_cue.map(|cue| cue.shifted(offset)),
        certainty: Certainty::default(),
    };
    let mut mentions = Vec::new();
    let mut told = vec![tokens];
    for shared in claim.taken_over() {
        let text = claim.words(shared);
        let tokens = tokenize(text);
        let entities = entities::mentions(text, &tokens, names);
        let offset = shared.start as usize;
        let is_subject = claim.subject == Some(shared);
        // What is done on Monday to the one is done on Monday to the other, and no surer.
        let times = if is_subject { Vec::new() } else { times::times(text, &tokens, reckoning) };
        let (polarity, negations) = polarity::polarity(text, &tokens);
        let marks = terms::Marks { times: &times, quantities: &[], entities: &entities, negations: &negations };
        form.terms.append(&mut terms::terms(&tokens, &marks, offset, &[]));
        form.times.extend(times.into_iter().map(|time| shift_time(time, offset)));
        mentions.extend(entities.into_iter().map(|mention| shift_mention(mention, offset)));
        // "No minister resigned and left": a denial that is taken over reaches the words of the claim too.
        if polarity == Polarity::Negated && !claim.circumstances.contains(&shared) {
            form.polarity = form.polarity.turned();
            form.negations.extend(
                negations.into_iter().map(|negation| Negation { cue: negation.cue.shifted(offset), scope: claim.span }),
            );
        }
        if !is_subject {
            if form.modality == Modality::Asserted {
                let (modality, cue) = modality::modality(text, &tokens);
                (form.modality, form.modality_cue) = (modality, cue.map(|cue| cue.shifted(offset)));
            }
            told.push(tokens);
        }
    }
    form.certainty = certainty::certainty(claim, &told, form.modality);
    form.entities.splice(0..0, mentions);
    form.terms.append(&mut words);
    form.terms.sort_by_key(|term| term.span);
    form.times.sort_by_key(|time| time.span);
    form.negations.sort_by_key(|negation| negation.cue);
    // A corpus keeps millions of these lists, most of one value or none.
    form.terms.shrink_to_fit();
    form.entities.shrink_to_fit();
    form.quantities.shrink_to_fit();
    form.times.shrink_to_fit();
    form.negations.shrink_to_fit();
    form
}

fn shift_mention(mention: Mention, offset: usize) -> Mention {
    Mention { span: mention.span.shifted(offset), ..mention }
}

fn shift_quantity(quantity: Quantity, offset: usize) -> Quantity {
    Quantity { span: quantity.span.shifted(offset), ..quantity }
}

fn shift_time(time: TimeValue, offset: usize) -> TimeValue {
    TimeValue { span: time.span.shifted(offset), ..time }
}

fn shift_negation(negation: Negation, offset: usize) -> Negation {
    Negation { cue: negation.cue.shifted(offset), scope: negation.scope.shifted(offset) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ClaimId, ClaimKind, DocumentForm, DocumentId, LineMap, NamedBy, Origin, Place, Source, SourceId, Span,
    };

    /// The last time of the last of `sentences`, each one claim of a document published on 26 November 2025.
    fn last_time(sentences: &[&str]) -> String {
        let document = document(&sentences.join(" "));
        let mut start = 0;
        let claims = sentences
            .iter()
            .map(|words| {
                start += words.len() + 1;
                claim(&document, words, start - words.len() - 1)
            })
            .collect();
        let last = normalize(&document, claims, &mut Trees::default(), &NormalizeSettings::default())
            .pop()
            .and_then(|claim| claim.form.times.last().cloned());
        last.and_then(|time| time.from).map_or("unresolved".to_owned(), |day| day.to_string())
    }

    fn document(text: &str) -> Document {
        Document {
            id: DocumentId::of([text]),
            given_id: None,
            source: Source::new("The Harbor Sentinel", NamedBy::Flag),
            origin: Origin { path: "a.txt".to_owned(), record: None, format: "text".to_owned() },
            title: None,
            url: None,
            published: "2025-11-26".parse().ok(),
            language: "en".to_owned(),
            form: DocumentForm::Article,
            text: text.to_owned(),
            passages: Vec::new(),
            lines: LineMap::Verbatim,
            details: Default::default(),
        }
    }

    /// The claim of these words, which begin at `start` of the sentence of its own that they are taken for; of a document that is
    /// one sentence they are a part of it.
    fn claim(document: &Document, words: &str, start: usize) -> Claim {
        let span = Span::new(start, start + words.len());
        let whole = Span::new(0, document.text.len());
        let sentence = if start == 0 && document.text.matches('.').count() == 1 { whole } else { span };
        Claim {
            id: ClaimId::of([words]),
            given_id: None,
            document: document.id,
            source: SourceId::of(["The Harbor Sentinel"]),
            span,
            sentence,
            context: sentence.of(&document.text).into(),
            place: Place { line: 1, column: 1 },
            place_end: None,
            kind: ClaimKind::Body,
            subject: None,
            predicate: None,
            circumstances: Vec::new(),
            attribution: None,
            quotes: Vec::new(),
        }
    }

    #[test]
    fn frames_are_the_same_whenever_they_are_read() {
        let text = "The minister called the mayor, police said, and two guards were injured by strikers.";
        let document = document(text);
        let claims = vec![claim(&document, text, 0), claim(&document, "The minister called the mayor,", 0)];
        let read = |trees: &mut Trees<'_>| normalize(&document, claims.clone(), trees, &NormalizeSettings::default());
        let mut parsed = Trees::default();
        parsed.tree(claims[0].sentence, text);
        let at_once = read(&mut parsed);
        assert!(at_once[0].frames().len() > 2, "{:?}", at_once[0].frames());
        let shared = read(&mut Trees::default());
        let alone = read(&mut Trees::default()).pop();
        assert_eq!(shared, at_once);
        assert_eq!(alone.as_ref(), at_once.last());
        let stored = serde_json::to_string(&read(&mut Trees::default())).expect("claims can be written");
        assert_eq!(serde_json::from_str::<Vec<NormalClaim>>(&stored).expect("and read"), at_once);
    }

    #[test]
    fn the_next_day_is_told_from_the_sentence_before() {
        assert_eq!(last_time(&["The vote was on Nov. 4.", "The mayor left the following day."]), "2025-11-05");
        let far = ["The vote was on Nov. 4.", "It was close.", "The mayor left the following day."];
        assert_eq!(last_time(&far), "unresolved");
        assert_eq!(last_time(&["The mayor left the following day."]), "unresolved");
    }
}
