//! Claims → normal forms.
//!
//! What comes in: a document and its claims. What goes out: each claim with its words, names, quantities, times, polarity
//! and modality, every one on its span in the document's text. The order of the readers is their data flow: quantities
//! take the times, words take all three. Nothing is discarded: bounds, hedges and unresolved dates stay.

pub mod entities;

mod frames;

mod roles;

pub mod modality;

mod main_clause;

pub mod polarity;

pub mod quantities;

pub mod terms;

pub mod times;

use crate::grammar;
use crate::model::{Claim, Document, Mention, Negation, NormalClaim, NormalForm, Quantity, Span, TimeValue, Tree};
use crate::text::tokens::tokenize;

/// Reduces the claims of one document to what can be compared.
pub fn normalize(document: &Document, claims: Vec<Claim>) -> Vec<NormalClaim> {
    let names = entities::name_table(document);
    // The claims of one sentence follow each other and share its tree.
    let mut parsed: Option<(Span, Tree)> = None;
    claims
        .into_iter()
        .map(|claim| {
            if parsed.as_ref().is_none_or(|(sentence, _)| *sentence != claim.sentence) {
                parsed = Some((claim.sentence, grammar::parse(&claim.context)));
            }
            let mut form = form(document, &claim, &names);
            if let Some((_, tree)) = &parsed {
                form.frames = frames::frames(tree, &claim, &form.times);
            }
            NormalClaim { claim, form }
        })
        .collect()
}

/// The normal form of one claim: of its own words, and of the subject carried over from an earlier clause.
fn form(document: &Document, claim: &Claim, names: &entities::NameTable) -> NormalForm {
    let text = claim.text();
    let tokens = tokenize(text);
    let times = times::times(text, &tokens, document.published);
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
        frames: Vec::new(),
    };
    if let Some(subject) = claim.subject.filter(|subject| !claim.span.contains(*subject)) {
        let text = claim.words(subject);
        let tokens = tokenize(text);
        let entities = entities::mentions(text, &tokens, names);
        let marks = terms::Marks { times: &[], quantities: &[], entities: &entities, negations: &[] };
        let offset = subject.start as usize;
        form.terms = terms::terms(&tokens, &marks, offset, &[]);
        form.entities.splice(0..0, entities.into_iter().map(|mention| shift_mention(mention, offset)));
    }
    form.terms.append(&mut words);
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
