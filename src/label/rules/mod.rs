//! The rules, one file and one page each; the page is its documentation, the output of `explain`, and its test.
//!
//! The files without a page hold what rules share: the frame of two claims, amounts, opposites, places and evidence.

use super::Rule;

mod case;

mod words;

mod naming;

mod offices;

mod days;

mod frame;

mod twins;

mod deeds;

mod clauses;

mod exchanged;

mod permuted;

mod denied;

mod parties;

pub(super) mod focus;

mod evidence;

mod amounts;

mod figures;

mod settings;

mod opposites;

mod orders;

mod reconciled;

mod contrast;

mod stances;

pub(super) mod scope;

mod places;

pub mod numeric_mismatch;

pub mod date_mismatch;

pub mod place_mismatch;

pub mod participant_mismatch;

pub mod identifier_mismatch;

pub mod negation;

pub mod antonym;

pub mod status;

pub mod quantifier;

pub mod certainty_gap;

pub mod speaker_mismatch;

pub mod contradiction;

pub mod superseded;

#[cfg(test)]
mod testing;

pub use case::Case;

/// Every rule, in the order in which reasons are listed.
pub static RULES: &[&dyn Rule] = &[
    &numeric_mismatch::NumericMismatch,
    &date_mismatch::DateMismatch,
    &place_mismatch::PlaceMismatch,
    &participant_mismatch::ParticipantMismatch,
    &identifier_mismatch::IdentifierMismatch,
    &negation::Negation,
    &antonym::Antonym,
    &status::Status,
    &quantifier::Quantifier,
    &certainty_gap::CertaintyGap,
    &speaker_mismatch::SpeakerMismatch,
    &contradiction::Contradiction,
    &superseded::Superseded,
];
