//! Whether two claims are about the same numbered thing. What is told of Flight 370 is never told of Flight 371, however alike the
//! words.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};
use crate::lexicon::identifiers::{are_about_others, differing};

/// Another number of what the claims are about parts them. Another number elsewhere ("moved to Terminal 3") is for the rules to judge.
pub(super) struct Identifiers;

impl Comparator for Identifiers {
    fn id(&self) -> &'static str {
        "identifiers"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::IDENTIFIERS
    }

    fn only_vetoes(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let (left, right) = (sides.left.identifiers(), sides.right.identifiers());
        let shared = || left.iter().find_map(|one| Some((one, right.iter().find(|it| it.noun == one.noun)?)));
        match differing(left, right) {
            Some((one, other)) => {
                Grade { veto: are_about_others(left, right), ..Grade::between(0.0, one.span, other.span) }
            }
            None => shared().map_or(Grade::MISSING, |(one, other)| Grade::between(1.0, one.span, other.span)),
        }
    }
}
