//! On whose word a claim stands, and how firmly. In: a claim with its speaker, its tokens and its modality. Out: one rung of the
//! ladder from what the outlet states on its own to what somebody denies.
//!
//! The strongest reservation counts: what police say may happen is a guess, not an official fact. Whether the speaker is
//! right is no concern of it.

use crate::lexicon;
use crate::model::{Certainty, Claim, Modality};
use crate::text::tokens::{Token, tokenize};

/// The rung of a claim; `told` are its own tokens, and those of each stretch of its sentence that it takes over.
pub fn certainty(claim: &Claim, told: &[Vec<Token<'_>>], modality: Modality) -> Certainty {
    let told = told.iter().filter_map(|tokens| strongest(tokens, |rung| rung != Certainty::Official)).max();
    if told == Some(Certainty::Denied) {
        return Certainty::Denied;
    }
    match modality {
        Modality::Hypothetical => return Certainty::Hypothetical,
        Modality::Planned => return Certainty::Planned,
        _ => {}
    }
    if let Some(rung) = told {
        return rung;
    }
    if modality != Modality::Asserted {
        return Certainty::Estimated;
    }
    match claim.attribution.as_ref().map(|attribution| attribution.speaker.as_ref()) {
        None => Certainty::Asserted,
        Some(None) => Certainty::Alleged,
        Some(Some(speaker)) => {
            strongest(&tokenize(&speaker.text), |rung| rung == Certainty::Official).unwrap_or(Certainty::Attributed)
        }
    }
}

/// The last rung of the ladder that a word of `tokens` tells, among those `wanted`.
fn strongest(tokens: &[Token<'_>], wanted: impl Fn(Certainty) -> bool) -> Option<Certainty> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.folded.as_str());
    (0..tokens.len())
        .filter_map(|at| rung(lexicon::certainty_words().longest(|offset| word(at + offset))?.1))
        .filter(|rung| wanted(*rung))
        .max()
}

fn rung(value: &str) -> Option<Certainty> {
    match value {
        "official" => Some(Certainty::Official),
        "alleged" => Some(Certainty::Alleged),
        "estimated" => Some(Certainty::Estimated),
        "denied" => Some(Certainty::Denied),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attribution, ClaimId, ClaimKind, DocumentId, Mode, Place, SourceId, Span, Speaker};

    fn rung_of(text: &str, speaker: Option<&str>) -> Certainty {
        let span = Span::new(0, text.len());
        let attribution = speaker.map(|name| Attribution {
            speaker: (!name.is_empty()).then(|| Speaker { span: Span::new(0, 1), text: name.to_owned() }),
            via: Vec::new(),
            cue: Span::new(0, 1),
            cue_text: "said".to_owned(),
            mode: Mode::Indirect,
        });
        let claim = Claim {
            id: ClaimId::of([text]),
            given_id: None,
            document: DocumentId::of([text]),
            source: SourceId::of(["Gazette"]),
            span,
            sentence: span,
            context: text.into(),
            place: Place { line: 1, column: 1 },
            place_end: None,
            kind: ClaimKind::Body,
            subject: None,
            predicate: None,
            circumstances: Vec::new(),
            attribution,
            quotes: Vec::new(),
        };
        let tokens = tokenize(text);
        let modality = super::super::modality::modality(text, &tokens).0;
        certainty(&claim, &[tokens], modality)
    }

    #[test]
    fn each_rung_has_its_words() {
        for (text, speaker, rung) in [
            ("The dam broke on Monday.", None, Certainty::Asserted),
            ("The dam broke on Monday.", Some("Holm police"), Certainty::Official),
            ("The dam broke on Monday.", Some("a neighbor, Ida Lund"), Certainty::Attributed),
            ("The dam broke on Monday.", Some(""), Certainty::Alleged),
            ("The mayor allegedly sold the mill.", None, Certainty::Alleged),
            ("The flood is estimated to have killed nine.", Some("police"), Certainty::Estimated),
            ("The dam may break.", Some("the ministry"), Certainty::Estimated),
            ("The dam will be rebuilt.", Some("the ministry"), Certainty::Planned),
            ("The town would flood if the dam broke.", None, Certainty::Hypothetical),
            ("The mayor denied that he had sold the mill.", None, Certainty::Denied),
        ] {
            assert_eq!(rung_of(text, speaker), rung, "{text} {speaker:?}");
        }
    }
}
