//! Two times → whether they lie apart. In: times of two claims, with the dates of publication. Out: the days between them. It
//! resolves nothing: what the calendar does not fix is compared as written, and only among weekdays.

use crate::label::Pair;
use crate::model::{Grain, Term, TermRole, TimeValue};

/// True where a time tells which other event is meant, not when this one was: "the winner of Friday's match".
pub(super) fn names_another(terms: &[Term], time: std::ops::Range<usize>) -> bool {
    let before = time.start.checked_sub(1).map_or("", |at| terms[at].word.as_str());
    let behind = terms.get(time.end).is_some_and(|term| term.role != TermRole::Function);
    behind && matches!(before, "of" | "after" | "before" | "from" | "following" | "since" | "about" | "against")
}

/// Days between two times that lie apart, 0 where they touch or where only their names differ; nothing where they meet
/// or cannot be compared.
pub(super) fn days_apart(pair: &Pair<'_>, left: &TimeValue, right: &TimeValue) -> Option<i32> {
    // Which Friday is meant is a guess; two texts that both write "Friday" of one thing mean the same.
    if is_weekday(&left.written) && left.written == right.written {
        return None;
    }
    if left.is_resolved() && right.is_resolved() {
        let gap = |until: Option<jiff::civil::Date>, from: Option<jiff::civil::Date>| {
            let (until, from) = (until?, from?);
            (until <= from).then(|| until.until(from).map_or(i32::MAX, |span| span.get_days()))
        };
        let (left, right) = (left.reach(), right.reach());
        return gap(left.1, right.0).or_else(|| gap(right.1, left.0));
    }
    let as_written = !left.is_resolved()
        && !right.is_resolved()
        && pair.left_published == pair.right_published
        && left.grain == Grain::Day
        && right.grain == Grain::Day
        && is_weekday(&left.written)
        && is_weekday(&right.written)
        && left.written != right.written;
    as_written.then_some(0)
}

fn is_weekday(written: &str) -> bool {
    matches!(written, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}
