//! Stem → the sets of words that exclude each other which it belongs to. In: `antonyms.tsv` and `exclusive.tsv`, one
//! format, and the opposites of the dictionary. Out: whether two stems exclude each other, or say the same. It knows words, not claims.

use crate::lexicon::{self, Table, antonyms, exclusive};
use crate::text::stems::stem;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What sort of difference two opposed words make; the stricter sorts need a closer frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Rose or fell. It changes from one day to the next.
    Direction,
    /// Approved or rejected, guilty or acquitted.
    Decision,
    /// Began or ended, present or absent.
    State,
    /// Alive or dead, open or closed: the status rule's.
    Status,
    /// Before or after: function words, which lie outside of the alignment.
    Order,
    /// Large or small, northern or southern. It often tells two things apart instead of contradicting one.
    Attribute,
    /// Opposites of the dictionary that no table of ours sorts: they count only where nothing else differs.
    Dictionary,
}

impl Sort {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "direction" => Self::Direction,
            "decision" => Self::Decision,
            "state" => Self::State,
            "status" => Self::Status,
            "order" => Self::Order,
            "attribute" => Self::Attribute,
            _ => return None,
        })
    }
}

/// One place of a stem in the tables: the set, and the member of the set it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seat {
    set: u32,
    member: u32,
    sort: Sort,
}

static SEATS: LazyLock<FxHashMap<String, Vec<Seat>>> = LazyLock::new(|| {
    let mut seats: FxHashMap<String, Vec<Seat>> = FxHashMap::default();
    let mut set = 0;
    for table in [antonyms(), exclusive()] {
        add(table, &mut set, &mut seats);
    }
    add_dictionary(&mut set, &mut seats);
    seats
});

fn add(table: &Table, set: &mut u32, seats: &mut FxHashMap<String, Vec<Seat>>) {
    for (_, values) in table.rows() {
        let Some((sort, members)) = values.split_first() else { continue };
        let Some(sort) = Sort::named(sort) else { continue };
        for (member, words) in (0..).zip(members) {
            for word in words.split(' ') {
                let seat = Seat { set: *set, member, sort };
                let of_stem = seats.entry(stem(word).into()).or_default();
                if !of_stem.contains(&seat) {
                    of_stem.push(seat);
                }
            }
        }
        *set += 1;
    }
}

/// Adds the opposites of the dictionary, each pair a set of its own.
fn add_dictionary(set: &mut u32, seats: &mut FxHashMap<String, Vec<Seat>>) {
    for (stem, values) in lexicon::opposites().rows() {
        for opposite in values.iter().flat_map(|values| values.split(' ')) {
            for (member, word) in [(0, stem), (1, opposite)] {
                let seat = Seat { set: *set, member, sort: Sort::Dictionary };
                seats.entry(word.to_owned()).or_default().push(seat);
            }
            *set += 1;
        }
    }
}

fn seats(stem: &str) -> &'static [Seat] {
    SEATS.get(stem).map_or(&[], Vec::as_slice)
}

/// The sort of opposition between two stems, if they exclude each other. Words that share a member of any set do not.
pub(super) fn opposed(left: &str, right: &str) -> Option<Sort> {
    if left == right || alike(left, right) {
        return None;
    }
    // Our own tables come first: a pair that stands in the dictionary too keeps its sort.
    seats(left)
        .iter()
        .find(|one| seats(right).iter().any(|other| one.set == other.set && one.member != other.member))
        .map(|seat| seat.sort)
}

/// True where two stems stand for the same member of a set: "rose" and "climbed".
pub(super) fn alike(left: &str, right: &str) -> bool {
    seats(left).iter().any(|one| one.sort != Sort::Dictionary && seats(right).contains(one))
}

/// The sets a stem belongs to, as keys to look partners up by.
pub(super) fn sets(stem: &str) -> impl Iterator<Item = u32> {
    seats(stem).iter().map(|seat| seat.set)
}

/// The members a stem stands for, as keys that two words of one meaning share. Attributes are left out: "big" and
/// "large" need not speak of one thing.
pub(super) fn meanings(stem: &str) -> impl Iterator<Item = (u32, u32)> {
    seats(stem)
        .iter()
        .filter(|seat| !matches!(seat.sort, Sort::Attribute | Sort::Dictionary))
        .map(|seat| (seat.set, seat.member))
}

/// The sides of the opposed deeds by the forms that take them: the row, the side, the sort.
static DEEDS: LazyLock<FxHashMap<&'static str, Vec<Seat>>> = LazyLock::new(|| {
    let mut seats: FxHashMap<&'static str, Vec<Seat>> = FxHashMap::default();
    for (set, (_, values)) in (0..).zip(lexicon::opposed_deeds().rows()) {
        let Some((sort, sides)) = values.split_first() else { continue };
        let Some(sort) = Sort::named(sort) else { continue };
        for (member, forms) in (0..).zip(sides) {
            for form in forms.split(';') {
                seats.entry(form).or_default().push(Seat { set, member, sort });
            }
        }
    }
    seats
});

/// The sort of difference that two deeds make of which no party does both, told by the forms of each, the longest first: of those the
/// first that the table holds counts ("vote down" is no vote).
pub(super) fn opposed_deeds(one: &[String], other: &[String]) -> Option<Sort> {
    let seats = |forms: &[String]| forms.iter().find_map(|form| DEEDS.get(form.as_str()));
    let (one, other) = (seats(one)?, seats(other)?);
    one.iter().find_map(|one| {
        other.iter().any(|other| one.set == other.set && one.member != other.member).then_some(one.sort)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_opposed_words_are_opposed_both_ways() {
        for (one, other, sort) in [
            ("rose", "fell", Sort::Direction),
            ("increased", "declines", Sort::Direction),
            ("approved", "rejects", Sort::Decision),
            ("alive", "dead", Sort::Status),
            ("northern", "southern", Sort::Attribute),
        ] {
            assert_eq!(opposed(&stem(one), &stem(other)), Some(sort), "{one}, {other}");
            assert_eq!(opposed(&stem(other), &stem(one)), Some(sort), "{other}, {one}");
        }
    }

    #[test]
    fn words_of_one_meaning_and_unrelated_words_are_not_opposed() {
        assert_eq!(opposed(&stem("rose"), &stem("climbed")), None);
        assert!(alike(&stem("rose"), &stem("climbed")));
        assert_eq!(opposed(&stem("rose"), &stem("rejected")), None);
        assert_eq!(opposed("rise", "rise"), None);
    }

    #[test]
    fn the_tables_hold_some_hundred_pairs_and_no_word_opposes_itself() {
        let mut pairs = 0;
        for (name, values) in antonyms().rows() {
            let members: Vec<Vec<&str>> = values[1..].iter().map(|words| words.split(' ').collect()).collect();
            assert!(Sort::named(values[0]).is_some(), "{name} is of an unknown sort");
            assert_eq!(members.len(), 2, "{name} has two sides");
            pairs += members[0].len() * members[1].len();
            for one in &members[0] {
                for other in &members[1] {
                    assert!(opposed(&stem(one), &stem(other)).is_some(), "{name}: {one} and {other} share a meaning");
                }
            }
        }
        assert!(pairs > 250, "{pairs}");
    }
}
