//! What a part of a sentence takes over from the rest: time, certainty and denial that are told once for several claims.

use crossclaim::config::Settings;
use crossclaim::model::{Certainty, Modality, NormalClaim, Polarity};
use crossclaim::pipeline::{Stage, look};
use std::path::Path;

/// The claims of a text, read as an article.
fn claims(text: &str) -> Vec<NormalClaim> {
    let hash = crossclaim::model::content_hash([text]);
    let name = format!("parts-{}-{hash:x}.txt", std::process::id());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, format!("{text}\n")).expect("a file");
    let found = look(std::slice::from_ref(&path), &Settings::default(), Stage::Values);
    std::fs::remove_file(&path).expect("the file is there");
    found.expect("a text that can be read").claims
}

/// The claims of a sentence that is cut in two.
fn two(text: &str) -> [NormalClaim; 2] {
    let claims = claims(text);
    let words: Vec<&str> = claims.iter().map(|claim| claim.claim.text()).collect();
    assert_eq!(words.len(), 2, "{words:?}");
    claims.try_into().expect("two claims")
}

#[test]
fn the_time_of_all_objects_is_the_time_of_each() {
    for text in [
        "On 4 May 2024, the council approved the sale of the mill and the purchase of the barracks.",
        "The minister promised higher pensions for widows and lower taxes on fuel, on 4 May 2024.",
        "On 4 May 2024, the mayor closed the old bridge and opened the new tunnel.",
    ] {
        for claim in two(text) {
            let days: Vec<String> = claim.form.times.iter().filter_map(|time| Some(time.from?.to_string())).collect();
            assert_eq!(days, ["2024-05-04"], "{}", claim.claim.text());
        }
    }
}

#[test]
fn a_reservation_about_all_objects_is_one_about_each() {
    for claim in two("Perhaps the council approved the sale of the mill and the purchase of the barracks.") {
        assert_eq!(claim.form.modality, Modality::Possible, "{}", claim.claim.text());
    }
    for claim in two("Allegedly, the mayor promised to sell the mill in Holm and to close the school in Berg.") {
        assert_eq!(claim.form.certainty, Certainty::Alleged, "{}", claim.claim.text());
    }
}

#[test]
fn a_denial_in_the_subject_goes_with_the_subject() {
    for claim in two("No minister approved the levy on fuel and left the hall by the back door.") {
        assert_eq!(claim.form.polarity, Polarity::Negated, "{}", claim.claim.text());
        assert!(claim.frames().iter().all(|frame| frame.negation.is_some()), "{}", claim.claim.text());
    }
    for claim in two("The minister approved the levy on fuel and left the hall by the back door.") {
        assert_eq!(claim.form.polarity, Polarity::Affirmed, "{}", claim.claim.text());
    }
}
