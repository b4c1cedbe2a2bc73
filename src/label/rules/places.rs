//! The little geography the rules need. In: the keys of two place names. Out: whether both are of one sort, and whether
//! the one may lie in the other. An unknown place may lie in any.

use crate::lexicon::gazetteer;

/// What sort of place a key names, as far as known: "country", "city", "region".
pub(super) fn sort_of(key: &str) -> Option<&'static str> {
    gazetteer().value(key)
}

/// True where one of the two places holds the other, or may.
pub(super) fn one_may_hold_the_other(left: &str, right: &str) -> bool {
    let (Some(one), Some(other)) = (gazetteer().values(left), gazetteer().values(right)) else { return false };
    let inside = |place: &[&str], key: &str| place.get(1).is_some_and(|within| within.split('|').any(|it| it == key));
    inside(one, right) || inside(other, left)
}

/// True where both places are known, are of one sort, and neither lies in the other.
pub(super) fn exclude_each_other(left: &str, right: &str) -> bool {
    left != right && sort_of(left).is_some() && sort_of(left) == sort_of(right) && !one_may_hold_the_other(left, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_countries_exclude_each_other_and_a_capital_lies_in_its_country() {
        assert!(exclude_each_other("norway", "sweden"));
        assert!(exclude_each_other("paris", "berlin"));
        assert!(!exclude_each_other("paris", "france"));
        assert!(one_may_hold_the_other("france", "paris"));
        assert!(!exclude_each_other("norway", "nowhere at all"));
    }
}
