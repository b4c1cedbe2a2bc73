//! The frames of a claim, for `show claims`: as a line of words, and as a record.

use super::name_of;
use crossclaim::model::{Claim, Frame, Modality, NormalClaim, RoleKind, Span};
use serde_json::{Value, json};

/// A line for each frame of a claim; where it has none, a line that says so.
pub(in crate::commands) fn lines(normal: &NormalClaim) -> Vec<String> {
    match normal.frames() {
        [] => vec!["no clause, so its words alone are compared".to_owned()],
        frames => frames.iter().map(|frame| line(&normal.claim, frame)).collect(),
    }
}

/// One line: "warn(agent: three experts; patient: the ministers; time: on Monday) denied".
fn line(claim: &Claim, frame: &Frame) -> String {
    let mut roles: Vec<String> = Vec::with_capacity(frame.roles.len());
    for role in &frame.roles {
        let kind = match role.kind {
            RoleKind::Other => role.preposition.clone().unwrap_or_else(|| "other".to_owned()),
            kind => name_of(&kind),
        };
        roles.push(format!("{kind}: {}", words(claim, role.span)));
    }
    let particle = frame.particle.as_ref().map(|particle| format!(" {particle}")).unwrap_or_default();
    let mut line = format!("{}{particle}({})", frame.lemma, roles.join("; "));
    let mut tell = |words: String| {
        line.push(' ');
        line.push_str(&words);
    };
    if frame.negation.is_some() {
        tell("denied".to_owned());
    }
    if frame.modality != Modality::Asserted {
        tell(name_of(&frame.modality));
    }
    if let Some(speaker) = frame.speaker {
        tell(format!("says {}", words(claim, speaker)));
    }
    line
}

/// The words under `span`, line breaks as spaces.
fn words(claim: &Claim, span: Span) -> String {
    claim.words(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The frames of a claim as JSON. Offsets are bytes into the document's text.
pub(super) fn records(normal: &NormalClaim) -> Value {
    let claim = &normal.claim;
    let place = |span: Span| json!({ "start": span.start, "end": span.end, "text": claim.words(span) });
    let frame = |frame: &Frame| {
        let roles: Vec<Value> = frame
            .roles
            .iter()
            .map(|role| {
                json!({
                    "kind": role.kind,
                    "lemma": role.lemma,
                    "start": role.span.start,
                    "end": role.span.end,
                    "text": claim.words(role.span),
                    "preposition": role.preposition,
                    "count": role.count.map(|count| claim.words(count)),
                    "carried": role.carried,
                })
            })
            .collect();
        json!({
            "predicate": place(frame.predicate),
            "lemma": frame.lemma,
            "particle": frame.particle,
            "kind": frame.kind,
            "layer": frame.layer,
            "parent": frame.parent,
            "passive": frame.passive,
            "roles": roles,
            "negation": frame.negation.map(place),
            "modality": frame.modality,
            "speaker": frame.speaker.map(place),
        })
    };
    normal.frames().iter().map(frame).collect()
}
