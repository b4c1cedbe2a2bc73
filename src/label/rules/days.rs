//! Two times → whether they lie apart, and two claims → whether they speak of different times. In: times of two claims, with
//! the dates of publication. Out: the days between them. It resolves nothing: what the calendar does not fix is compared as
//! written: weekday against weekday, month against month, day against day of one month.

use super::frame::{Frame, Hand};
use super::words::words_in;
use crate::label::Pair;
use crate::lexicon::{calendar_words, reporting_verbs};
use crate::model::{Term, TermRole, TimeValue};
use jiff::civil::Date;

/// Times looked at per claim.
const TIMES: usize = 64;

/// Days before its publication from which on a time is history to an article, not its news.
const LOOKING_BACK: i32 = 60;

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
    let unresolved = !left.is_resolved() && !right.is_resolved() && pair.left_published == pair.right_published;
    (unresolved && apart_as_written(left, right)).then_some(0)
}

/// One word of a time as written: which part of the calendar it names, and which of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Weekday(&'a str),
    Month(&'a str),
    Number(&'a str),
    Other(&'a str),
}

impl<'a> Part<'a> {
    fn of(word: &'a str) -> Self {
        match calendar_words().values(word) {
            Some(["month" | "month-short", number, ..]) => Self::Month(number),
            Some(["weekday", number, ..]) => Self::Weekday(number),
            _ => {
                let digits = word.bytes().take_while(u8::is_ascii_digit).count();
                match &word[digits..] {
                    "" | "st" | "nd" | "rd" | "th" if digits > 0 => {
                        Self::Number(word[..digits].trim_start_matches('0'))
                    }
                    _ => Self::Other(word),
                }
            }
        }
    }
}

/// The parts of a time as written, in an order that is the same for "May 3" and "3 May". Those of "May 3 to 11" keep theirs.
fn parts(time: &TimeValue) -> Vec<Part<'_>> {
    let words = time.written.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut parts: Vec<Part<'_>> = words.map(Part::of).collect();
    if parts.iter().filter(|part| matches!(part, Part::Number(_))).count() < 2 {
        parts.sort_unstable();
    }
    parts
}

/// True where two times that the calendar does not fix name two weekdays, two months or two days of one month, and tell the same
/// apart from that: "last Friday" and "last Tuesday". "Nov. 11", "November 11" and "11th November" are one day.
fn apart_as_written(left: &TimeValue, right: &TimeValue) -> bool {
    let (one, other) = (parts(left), parts(right));
    let names_day = |parts: &[Part<'_>]| parts.iter().any(|part| matches!(part, Part::Weekday(_) | Part::Month(_)));
    let of_one_kind = |one: &Part<'_>, other: &Part<'_>| {
        !matches!(one, Part::Other(_)) && std::mem::discriminant(one) == std::mem::discriminant(other)
    };
    let mut differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    one.len() == other.len()
        && left.grain == right.grain
        && names_day(&one)
        && differing.next().is_some_and(|(one, other)| of_one_kind(one, other))
        && differing.next().is_none()
}

fn is_weekday(written: &str) -> bool {
    matches!(written, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

impl<'a> Frame<'a> {
    /// The times of the claim of `hand` that date what it tells, not the telling ("said on Sunday").
    pub(super) fn event_times(&self, hand: Hand) -> Vec<&'a TimeValue> {
        let terms = self.terms(hand);
        let is_telling = |term: &Term| term.role == TermRole::Attribution || reporting_verbs().has(&term.word);
        let told = |time: &TimeValue| {
            let words = words_in(terms, time.span);
            let ahead = terms[..words.start].iter().rev().find(|term| term.role != TermRole::Function);
            ahead.is_some_and(is_telling) || names_another(terms, words)
        };
        self.claim(hand).form.times.iter().take(TIMES).filter(|time| !told(time)).collect()
    }

    /// The two times that show the claims to speak of different times: every resolved time of the one lies apart from
    /// every time of the other.
    pub(super) fn times_apart(&self) -> Option<(&'a TimeValue, &'a TimeValue)> {
        let left = self.event_times(Hand::Left);
        let right = self.event_times(Hand::Right);
        let all_apart = left.iter().all(|one| right.iter().all(|other| days_apart(&self.pair, one, other).is_some()));
        let (first, second) = (left.first()?, right.first()?);
        all_apart.then_some((*first, *second))
    }

    /// True where the claims speak of different times: all their times lie apart, or only the one claim gives a time and
    /// it lies well before its day of publication, while the other speaks of the news of its day.
    pub(super) fn speaks_of_other_times(&self) -> bool {
        self.times_apart().is_some()
            || self.tells_the_past(Hand::Left) != self.tells_the_past(Hand::Right)
            || self.looks_back(Hand::Left, self.pair.left_published) && self.tells_news(Hand::Right)
            || self.looks_back(Hand::Right, self.pair.right_published) && self.tells_news(Hand::Left)
    }

    /// True where the claim says that it was so before: "Previously, owners were required to ...".
    fn tells_the_past(&self, hand: Hand) -> bool {
        let first = self.terms(hand).first();
        first.is_some_and(|term| {
            matches!(term.word.as_str(), "previously" | "formerly" | "historically" | "traditionally" | "originally")
        })
    }

    /// True where every time of the claim ends well before `published`.
    fn looks_back(&self, hand: Hand, published: Option<Date>) -> bool {
        let Some(published) = published else { return false };
        let times = self.event_times(hand);
        let long_past =
            |time: &&TimeValue| time.until.is_some_and(|until| (published - until).get_days() > LOOKING_BACK);
        !times.is_empty() && times.iter().all(long_past)
    }

    /// True where the claim gives no time, so that it speaks of the time of its article.
    fn tells_news(&self, hand: Hand) -> bool {
        self.claim(hand).form.times.is_empty()
    }
}
