//! Whether two claims speak of the same people, bodies and places. Names are compared as values: "North Korea" is no
//! likeness of "South Korea".

use super::align::strongest_first;
use super::levels::{Comparator, Grade, LevelMeta};
use super::prepared::Prepared;
use super::{Sides, weights};
use crate::model::Mention;
use crate::text::names::{NameMatch, compare_names};

/// Share of the names that both sides have, over the side with fewer names.
pub(super) struct Names;

impl Comparator for Names {
    fn id(&self) -> &'static str {
        "names"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::NAMES
    }

    fn takes_long(&self) -> bool {
        true
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let (left, right) = (names(sides.left), names(sides.right));
        let fewer = left.len().min(right.len());
        if fewer == 0 {
            return Grade::MISSING;
        }
        let mut alike: Vec<(f64, usize, usize)> = Vec::new();
        for (at, one) in left.iter().enumerate() {
            for (there, two) in right.iter().enumerate() {
                let strength = match compare_names(&one.key, &two.key) {
                    NameMatch::Same => 1.0,
                    NameMatch::Compatible => 0.9,
                    NameMatch::Near => 0.8,
                    NameMatch::Different => continue,
                };
                alike.push((strength, at, there));
            }
        }
        strongest_first(&mut alike);
        let (mut taken_left, mut taken_right) = (vec![false; left.len()], vec![false; right.len()]);
        let mut shared = 0.0;
        let mut example = None;
        for (strength, at, there) in alike {
            if !taken_left[at] && !taken_right[there] {
                taken_left[at] = true;
                taken_right[there] = true;
                shared += strength;
                example.get_or_insert((left[at].span, right[there].span));
            }
        }
        let (from, to) = example.unwrap_or((left[0].span, right[0].span));
        Grade::between(shared / fewer as f64, from, to)
    }
}

/// The names of one side.
fn names<'a>(side: &Prepared<'a>) -> Vec<&'a Mention> {
    side.names().iter().map(|&at| &side.claim.form.entities[at as usize]).collect()
}
