//! Who holds an office, as a claim names them. In: a claim. Out: the persons whose name stands beside an office of which one body has one
//! holder. It raises nothing itself.
//!
//! Offices change hands: two claims that give one of them to two persons differ only where both tell one deed of its holder, and nothing
//! speaks for two times.

use super::clauses::{Clauses, Meet};
use super::deeds::Deed;
use super::frame::Hand;
use super::naming::same_name;
use crate::lexicon::offices;
use crate::model::{Mention, MentionKind, NormalClaim, Term};

/// Words of an office and of what stands between it and its body or holder.
const REACH: usize = 4;

/// An office with who holds it.
#[derive(Debug, Clone, Copy)]
struct Holder<'a> {
    office: &'static str,
    /// The country, company or agency.
    body: &'a str,
    person: &'a Mention,
}

/// Days between two publications in which an office is taken to be held by one person.
const ONE_TERM: i32 = 60;

/// The holders of one office of one body, where the claims name two persons as doers of one deed, neither names the other's, and nothing
/// tells that they speak of two times.
pub(super) fn other_holder<'a>(clauses: &Clauses<'_, 'a>) -> Option<(&'a Mention, &'a Mention)> {
    let frame = clauses.frame;
    let (left, right) = (frame.claim(Hand::Left), frame.claim(Hand::Right));
    let published = frame.pair.left_published.zip(frame.pair.right_published);
    let near = published.is_none_or(|(one, other)| (one - other).get_days().abs() <= ONE_TERM);
    if !near || frame.other_times() || left.form.times.is_empty() != right.form.times.is_empty() {
        return None;
    }
    let (lefts, rights) = (holders(left), holders(right));
    let mut pairs = lefts.iter().flat_map(|one| rights.iter().map(move |other| (one, other)));
    let (one, other) = pairs.find(|(one, other)| {
        one.office == other.office
            && one.body == other.body
            && !may_be_one(&one.person.key, &other.person.key)
            && do_one_deed(clauses, one.person, other.person)
    })?;
    let names =
        |claim: &NormalClaim, person: &Mention| claim.form.entities.iter().any(|it| may_be_one(&it.key, &person.key));
    (!names(left, other.person) && !names(right, one.person)).then_some((one.person, other.person))
}

/// True where both persons are told to do one thing to one thing.
fn do_one_deed(clauses: &Clauses<'_, '_>, one: &Mention, other: &Mention) -> bool {
    let does = |hand: Hand, deed: &Deed, person: &Mention| {
        deed.agents.iter().any(|part| clauses.frame.terms(hand)[part.head].span.overlaps(person.span))
    };
    clauses.pairs().any(|(left, right)| {
        let with_same = left.others.iter().any(|(lead, part)| {
            right.others.iter().any(|(other_lead, it)| lead == other_lead && clauses.meet(*part, *it) == Meet::Same)
        });
        let patients = clauses.meet_all(&left.patients, &right.patients);
        // "the peace summit" and "the recovery summit" are two.
        let alone =
            |hand: Hand, deed: &Deed| deed.inside.iter().any(|part| clauses.frame.partner(hand, part.head).is_none());
        let narrowed = alone(Hand::Left, left) && alone(Hand::Right, right);
        left.main
            && right.main
            && !narrowed
            && left.denied == right.denied
            && left.footing == right.footing
            && does(Hand::Left, left, one)
            && does(Hand::Right, right, other)
            && (patients == Meet::Same || patients == Meet::Unknown && with_same)
    })
}

/// True where two names share a word or are near in spelling.
fn may_be_one(one: &str, other: &str) -> bool {
    same_name(one, other) || one.split(' ').any(|word| other.split(' ').any(|it| it == word))
}

/// The holders that `claim` names.
fn holders(claim: &NormalClaim) -> Vec<Holder<'_>> {
    let persons = claim.form.entities.iter().filter(|name| name.kind == MentionKind::Person);
    persons.filter_map(|person| before(claim, person).or_else(|| behind(claim, person))).collect()
}

/// "Ostland's Prime Minister Ada Lind". After a comma another clause may begin: "After talks with the chief executive, Ada Lind said".
fn before<'a>(claim: &'a NormalClaim, person: &'a Mention) -> Option<Holder<'a>> {
    let terms = &claim.form.terms;
    let name = terms.iter().position(|term| term.span.overlaps(person.span))?;
    let (office, from) = office_ending(terms, name)?;
    // What stands between ("former", "deputy", "acting") makes it another office.
    let last = terms[..from].last()?;
    let body = claim.form.entities.iter().find(|name| name.span.overlaps(last.span))?;
    let first = terms.iter().position(|term| term.span.overlaps(body.span))?;
    let is_now = first == 0 || !is_of_another_time(&terms[first - 1].word);
    let gap = between(claim, terms[name - 1].span.end, person.span.start)?;
    (is_now && gap.trim().is_empty() && office.is_of(body)).then_some(Holder {
        office: office.name,
        body: &body.key,
        person,
    })
}

/// "Acting", "former": the office of another time, or another office.
fn is_of_another_time(word: &str) -> bool {
    matches!(
        word,
        "former"
            | "ex"
            | "then"
            | "acting"
            | "interim"
            | "deputy"
            | "incoming"
            | "outgoing"
            | "new"
            | "late"
            | "next"
            | "past"
            | "vice"
            | "designate"
            | "first"
            | "old"
    )
}

/// "Ada Lind, the mayor of Garrow".
fn behind<'a>(claim: &'a NormalClaim, person: &'a Mention) -> Option<Holder<'a>> {
    let terms = &claim.form.terms;
    let next = terms.iter().position(|term| term.span.start >= person.span.end)?;
    let gap = between(claim, person.span.end, terms.get(next)?.span.start)?;
    let from = if terms[next].word == "the" { next + 1 } else { next };
    let (office, end) = office_starting(terms, from)?;
    // "Ada Lind, mayor of Garrow": of another clause it would not be told by a comma and the word itself.
    let of = terms.get(end).filter(|term| matches!(term.word.as_str(), "of" | "at"))?;
    let body = claim.form.entities.iter().find(|name| name.span.start >= of.span.end)?;
    let near = terms.iter().filter(|term| term.span.start >= of.span.end && term.span.end <= body.span.start).count();
    // "mayor of Garrow until last year".
    let ends = terms.iter().find(|term| term.span.start >= body.span.end);
    let held =
        ends.is_none_or(|term| !matches!(term.word.as_str(), "until" | "till" | "from" | "in" | "since" | "between"));
    (held && gap.trim() == "," && near <= 1 && office.is_of(body)).then_some(Holder {
        office: office.name,
        body: &body.key,
        person,
    })
}

/// The text of a claim's sentence from one place of the document to another.
fn between(claim: &NormalClaim, from: u32, to: u32) -> Option<&str> {
    let start = claim.claim.sentence.start;
    claim.claim.context.get(from.checked_sub(start)? as usize..to.checked_sub(start)? as usize)
}

/// The longest office whose words end right before the word at `end`, and where they begin.
fn office_ending(terms: &[Term], end: usize) -> Option<(Office, usize)> {
    (1..=REACH.min(end)).rev().find_map(|words| Some((office(&terms[end - words..end])?, end - words)))
}

/// The longest office whose words begin at `from`, and where they end.
fn office_starting(terms: &[Term], from: usize) -> Option<(Office, usize)> {
    let most = REACH.min(terms.len().saturating_sub(from));
    (1..=most).rev().find_map(|words| Some((office(&terms[from..from + words])?, from + words)))
}

fn office(terms: &[Term]) -> Option<Office> {
    let words: Vec<&str> = terms.iter().map(|term| term.word.as_str()).collect();
    match offices().values(&words.join(" "))? {
        [name, of] => Some(Office { name, of }),
        _ => None,
    }
}

/// An office by its name, and of what it is one.
#[derive(Debug, Clone, Copy)]
struct Office {
    name: &'static str,
    of: &'static str,
}

impl Office {
    /// True where the office may be one of `body`. Of a party's presidents and leaders there are as many as there are branches.
    fn is_of(self, body: &Mention) -> bool {
        let is_place = matches!(body.kind, MentionKind::Place | MentionKind::Nationality);
        let is_body =
            matches!(body.kind, MentionKind::Organization | MentionKind::Other) && !body.key.ends_with("party");
        match self.of {
            "place" => is_place,
            "body" => is_body,
            _ => is_place || is_body,
        }
    }
}
