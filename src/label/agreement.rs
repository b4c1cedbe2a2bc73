//! In what way two versions of one statement are compatible.

use super::Pair;
use crate::lexicon::amounts::{self, Standing};
use crate::model::{AgreementKind, ExplainedAway, NormalClaim, Speaker};
use crate::text::fold::{fold, fold_accents};

/// Whether two documents print one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// Copies of one text.
    OneOrigin,
    /// Texts of their own, as far as can be seen.
    Independent,
}

/// Beyond this difference in coverage the one claim adds something that the other does not tell.
const DETAIL_GAP: f64 = 0.25;

/// In what way two agreeing claims are compatible.
pub(super) fn kind(pair: &Pair<'_>, sameness: Sameness, explained_away: &[ExplainedAway]) -> AgreementKind {
    let figures = reconciled_figures(pair);
    let told_by = |by: &str| figures.contains(&by) || explained_away.iter().any(|explanation| explanation.by == by);
    let alignment = pair.alignment;
    if sameness == Sameness::OneOrigin && plain(pair.left) == plain(pair.right) {
        AgreementKind::SameOrigin
    } else if plain(pair.left) == plain(pair.right) {
        AgreementKind::Identical
    } else if told_by("unit") {
        AgreementKind::Unit
    } else if told_by("bounds") {
        AgreementKind::Bounds
    } else if told_by("rounding") {
        AgreementKind::Rounding
    } else if (alignment.left_coverage - alignment.right_coverage).abs() > DETAIL_GAP {
        AgreementKind::Detail
    } else {
        AgreementKind::Paraphrase
    }
}

/// What reconciles the figures that both claims give for one thing.
fn reconciled_figures(pair: &Pair<'_>) -> Vec<&'static str> {
    let mut found = Vec::new();
    for left in &pair.left.form.quantities {
        for right in &pair.right.form.quantities {
            let counts_one_thing = left.of.iter().any(|of| right.of.contains(of));
            if let (true, Some(Standing::Reconciled(by))) = (counts_one_thing, amounts::standing(left, right)) {
                found.push(by);
            }
        }
    }
    found
}

/// The kind of a group: what the strongest of its pairs say, a compatible figure before mere wording.
pub(super) fn of_group(agreeing: &[&crate::model::Standing]) -> Option<AgreementKind> {
    let kinds = || agreeing.iter().filter_map(|standing| standing.kind);
    if kinds().all(|kind| kind == AgreementKind::SameOrigin) {
        return kinds().next();
    }
    let figures = [AgreementKind::Rounding, AgreementKind::Bounds, AgreementKind::Unit];
    figures
        .into_iter()
        .find(|figure| kinds().any(|kind| kind == *figure))
        .or_else(|| kinds().filter(|kind| *kind != AgreementKind::SameOrigin).max())
}

/// The words without case, typography and punctuation.
fn plain(claim: &NormalClaim) -> String {
    let folded = fold(claim.claim.text());
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The canonical name of a speaker, or the folded words where it is no name ("officials").
pub(super) fn speaker_key(claim: &NormalClaim, speaker: &Speaker) -> String {
    claim.speaker_name().map_or_else(|| fold_accents(&speaker.text), |mention| mention.key.clone())
}
