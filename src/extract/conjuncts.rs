//! A clause whose predicate has several objects → one clause for each. In: the clauses of a sentence and its tree. Out: the
//! clauses, those with coordinated objects or complements cut, each further part with the predicate it shares.
//!
//! "They spoke about purchases of soybeans, as well as curbing shipments of fentanyl" states two things: the second part is
//! "(they spoke about) curbing shipments of fentanyl". A part must tell something by itself: names and short lists stay
//! together, and so does what a denial, a count or a word such as "between" holds together. Nothing is cut inside quotation
//! marks or brackets, nor where a denial, a question or a condition reaches over the parts (`reach`). What is told once for all
//! parts, a time, a place or a reservation, goes with each.

use super::clauses::Clause;
use super::phrases::{FARTHEST, Form, Reader};
use super::reach::{Told, has_value};
use super::syntax::Syntax;
use crate::lexicon;
use crate::model::{Grammar, Tag, Tree, Upos};
use crate::text::tokens::TokenKind;

/// A part with fewer content words is a member of a list and no statement.
const FEWEST_CONTENT_WORDS: usize = 2;

/// Two parts without a complement of their own ("of …", an object) must have so many content words together.
const FEWEST_WITHOUT_COMPLEMENT: usize = 5;

/// A shared predicate of more tokens was misread: it holds another clause.
const LONGEST_PREDICATE: usize = 12;

/// True where a sentence holds a word that can coordinate objects, so that its tree is worth asking for.
pub(super) fn has_coordinator(syntax: &Syntax<'_>) -> bool {
    (1..syntax.tokens.len()).any(|at| coordinator(syntax, at).is_some())
}

/// Cuts the clauses of a sentence before each coordinated object or complement that states something of its own.
pub(super) fn split(syntax: &Syntax<'_>, tree: &Tree, clauses: Vec<Clause>) -> Vec<Clause> {
    let reader = Reader::of(syntax, tree);
    let mut found = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match reader.coordination(&clause) {
            Some(coordination) => found.extend(coordination.clauses(&clause)),
            None => found.push(clause),
        }
    }
    found
}

/// A coordinating word: how many tokens it has, and whether it is one that joins whole phrases only.
#[derive(Debug, Clone, Copy)]
struct Coordinator {
    length: usize,
    high: bool,
}

/// The coordinating word at `at`.
fn coordinator(syntax: &Syntax<'_>, at: usize) -> Option<Coordinator> {
    let (length, joins) = lexicon::coordinators().longest(|offset| syntax.word(at + offset))?;
    Some(Coordinator { length, high: joins == "high" })
}

/// A coordination to be cut: the shared words, and where each further part begins after which token.
struct Coordination {
    subject: (usize, usize),
    predicate: (usize, usize),
    /// What is told for all parts before the first and behind the last.
    before: Option<(usize, usize)>,
    behind: Option<(usize, usize)>,
    /// Where the part before ends, and where the part begins.
    cuts: Vec<(usize, usize)>,
}

impl Coordination {
    fn clauses(self, clause: &Clause) -> Vec<Clause> {
        let ends = self.cuts.iter().map(|cut| cut.0).chain([clause.to]);
        let starts = std::iter::once(clause.from).chain(self.cuts.iter().map(|cut| cut.1));
        let (subject, predicate) = (Some(self.subject), Some(self.predicate));
        let (before, last) = (self.before, self.cuts.len());
        let parts = starts.zip(ends).enumerate().map(|(at, (from, to))| {
            // What stands behind the last part is that part's own words.
            let behind = self.behind.filter(|_| at < last);
            match at {
                0 => Clause { to, behind, ..*clause },
                _ => Clause { from, to, subject, predicate, before, behind, goes_on: true },
            }
        });
        parts.collect()
    }
}

/// What the parts share, in tokens, and the verb whose subject it is.
struct Shared {
    verb: usize,
    subject: (usize, usize),
    predicate: (usize, usize),
}

impl Reader<'_> {
    /// The first coordination of a clause that is to be cut.
    fn coordination(&self, clause: &Clause) -> Option<Coordination> {
        (clause.from + 1..clause.to).find_map(|at| self.coordination_at(clause, at, coordinator(self.syntax, at)?))
    }

    fn coordination_at(&self, clause: &Clause, at: usize, joint: Coordinator) -> Option<Coordination> {
        let syntax = self.syntax;
        let start = at + joint.length;
        let open =
            |token: usize| !syntax.quoted[token] && !syntax.bracketed[token] && !syntax.tokens[token].is_mark('"');
        if start >= clause.to || !(at..=start).all(open) {
            return None;
        }
        if syntax.word(start) == "not" {
            return None;
        }
        let second = self.head_from(start)?;
        let form = self.form(second)?;
        let first = self.first_part(at, second, form, joint)?;
        // "opposed to cuts for the poor and to any sale": each preposition leads what its own verb or adjective asks for.
        let marks = [self.mark(first), self.own_mark(second, start)].map(|mark| mark.map(|mark| self.lemma(mark)));
        if matches!(marks, [Some(one), Some(other)] if one != other) {
            return None;
        }
        let governor = self.governor(first)?;
        if !self.is_main(governor, second, clause.to) {
            return None;
        }
        let lead_end = self.lead_end(first, second, start);
        let Shared { verb, subject, predicate } = self.shared(clause, governor, lead_end)?;
        if !self.is_told(clause, first, verb, lead_end) {
            return None;
        }
        if !self.is_plain(predicate) || self.holds_together(first, governor, predicate, at) {
            return None;
        }
        let mut cuts = Vec::new();
        let mut before = (lead_end, first);
        let members = self.members(first, second, at, start);
        let is_list = members.len() > 1;
        for (end, begins, head) in members {
            let other = (begins, self.end_of(head).min(clause.to));
            let stands = open(end) && open(begins) && self.states((before.0, end), before.1, other, head, is_list);
            if stands {
                cuts.push((end, begins));
                before = (begins, head);
            }
        }
        let last = before;
        let told = Told { governor, verb, subject, first, second: last.1, start: last.0 };
        let (before, behind) = self.circumstances(clause, &told)?;
        (!cuts.is_empty()).then_some(Coordination { subject, predicate, before, behind, cuts })
    }

    /// The head of the phrase that stands before the coordinating word at token `at` and is joined with `second`: among the
    /// words that end there and those they hang from, one of the same form.
    fn first_part(&self, at: usize, second: usize, form: Form, joint: Coordinator) -> Option<usize> {
        let last = self.last_word_before(at)?;
        let begin = self.word_of[at];
        let spine = std::iter::once(last).chain(self.tree.ancestors(last)).take(FARTHEST * 2);
        let mut spine: Vec<usize> = spine.take_while(|&word| word < begin).collect();
        // What stands over the governing verb is no part of its objects.
        let top = spine.iter().position(|&word| self.is_finite(word)).unwrap_or(spine.len());
        spine.truncate(top);
        let nominal = |word: &usize| self.word(*word).is_noun() && self.form(*word) != Some(Form::Gerund);
        match form {
            Form::Nominal if joint.high && !matches!(self.word(last).upos, Upos::Adj | Upos::Adv) => {
                let highest = spine.iter().copied().rev().find(nominal)?;
                // "bans the sale of alcohol after midnight as well as the import": the object is joined, not the time behind it.
                let own = self.own_mark(second, at + joint.length);
                let verb = self.word(highest).head.filter(|_| own.is_none() && self.mark(highest).is_some());
                let object = verb.and_then(|verb| self.tree.child(verb, &[Grammar::Obj]));
                let mut first = object.filter(|&object| object < highest && nominal(&object)).unwrap_or(highest);
                // "in favor of the bill as well as the treaty".
                while self.has_determiner(second) && !self.has_determiner(first) {
                    match self.tree.children_by(first, &[Grammar::Nmod]).find(|below| spine.contains(below)) {
                        Some(below) => first = below,
                        None => break,
                    }
                }
                Some(first)
            }
            Form::Nominal => {
                let mut first = self.word(second).head.filter(|head| spine.contains(head) && nominal(head))?;
                if self.word(second).relation != Grammar::Conj {
                    return None;
                }
                // "maintenance of the pumps, a lack of staff": what has a complement is joined with what has one, what has a
                // determiner with what has one. A comma before the last of two joins it with the object itself.
                let comma = self.syntax.tokens[at - 1].is_mark(',')
                    && !(self.start_of(first)..at - 1).any(|token| self.syntax.tokens[token].is_mark(','));
                let members = self.tree.children_by(first, &[Grammar::Conj]).count();
                let is_lower = |first: usize| {
                    comma && members == 1
                        || self.has_complement(second) && !self.has_complement(first)
                        || self.has_determiner(second)
                            && !self.has_determiner(first)
                            && self.word(first).upos == Upos::Noun
                };
                while is_lower(first) {
                    // An apposition names the same thing again: what is joined with it belongs to it.
                    if self.word(first).relation == Grammar::Appos {
                        return None;
                    }
                    match self.word(first).head.filter(|head| spine.contains(head) && nominal(head)) {
                        Some(above) => first = above,
                        None => break,
                    }
                }
                // "e-mails quoting endorsements from economists and professors" may send e-mails to nobody else.
                let clause = |word: &usize| matches!(self.word(*word).relation, Grammar::Acl | Grammar::AclRelcl);
                let holds_clause =
                    self.tree.child(first, &[Grammar::Acl, Grammar::AclRelcl]).is_some_and(|own| own > first)
                        || spine.iter().take_while(|&&word| word != first).any(clause);
                Some(first).filter(|_| !holds_clause)
            }
            Form::Gerund | Form::Infinitive => {
                let alike = |word: &usize| self.form(*word) == Some(form);
                let found = spine.iter().copied().find(alike);
                found.or_else(|| spine.iter().copied().rev().find(nominal).filter(|_| joint.high))
            }
        }
    }

    /// True where no finite verb behind the coordination belongs to another clause than its verb: in "those who promised to
    /// cut taxes and to raise pensions won" what follows is no part of the second promise.
    fn is_main(&self, governor: usize, second: usize, to: usize) -> bool {
        let hangs = std::iter::once(governor).chain(self.tree.ancestors(governor)).any(|word| {
            matches!(
                self.word(word).relation,
                Grammar::AclRelcl
                    | Grammar::Acl
                    | Grammar::Advcl
                    | Grammar::AdvclRelcl
                    | Grammar::Csubj
                    | Grammar::CsubjPass
                    | Grammar::Nsubj
                    | Grammar::NsubjPass
            )
        });
        let end = self.end_of(second);
        let later = (end..to).any(|token| self.syntax.is_finite(token));
        !(hangs && later)
    }

    /// Where the words end that both parts share: before the first part, or behind its preposition where the second has
    /// none of its own.
    fn lead_end(&self, first: usize, second: usize, start: usize) -> usize {
        let begin = self.start_of(first);
        let own = self.own_mark(second, start).is_some();
        match self.mark(first).filter(|_| !own) {
            Some(mark) => {
                let last = self.tree.subtree(mark, |_| false).into_iter().max().unwrap_or(mark);
                (self.token_of[last] + 1).max(begin)
            }
            None => begin,
        }
    }

    /// The subject and the predicate that the parts share.
    fn shared(&self, clause: &Clause, governor: usize, lead_end: usize) -> Option<Shared> {
        let mut verb = governor;
        let subject = loop {
            let own = self.tree.child(verb, &[Grammar::Nsubj, Grammar::NsubjPass]).filter(|&own| own < verb);
            if let Some(own) = own {
                break Some(own);
            }
            match self.word(verb).head {
                Some(above) if above < verb && self.token_of[above] >= clause.from => verb = above,
                _ => break None,
            }
        };
        let first_of_verb = |verb: usize| {
            let with = &[Grammar::Aux, Grammar::AuxPass, Grammar::Advmod, Grammar::Cop, Grammar::Mark];
            let left = self.tree.children_by(verb, with).filter(|&child| child < verb);
            left.filter(|&child| subject.is_none_or(|subject| child > subject)).min().unwrap_or(verb)
        };
        let Some(subject) = subject else {
            // "[The minister] had agreed to sell A and B": the clause took its subject over itself.
            let carried = clause.subject?;
            let from = self.token_of[first_of_verb(verb)].max(clause.from);
            return Some(Shared { verb, subject: carried, predicate: (from, lead_end) });
        };
        let from = self.token_of[first_of_verb(verb)];
        let relative = matches!(self.word(subject).tag, Tag::Wdt | Tag::Wp);
        let named = (self.start_of(subject), self.name_end(subject));
        if named.0 < clause.from || named.1 > from || from >= lead_end {
            return None;
        }
        let subject = if relative { clause.subject? } else { named };
        Some(Shared { verb, subject, predicate: (from, lead_end) })
    }

    /// True for a stretch of plain words: no marks, no quotation, no second clause.
    fn is_plain(&self, (from, to): (usize, usize)) -> bool {
        let plain = |at: usize| {
            let token = &self.syntax.tokens[at];
            (token.kind != TokenKind::Mark || token.is_mark('-'))
                && !self.syntax.quoted[at]
                && !has_value(&token.folded, "clause")
        };
        from < to && to - from <= LONGEST_PREDICATE && (from..to).all(plain)
    }

    /// True where the parts are one thing together: what is done with both at once, a count or sum for all of them, "between"
    /// and "both".
    fn holds_together(&self, first: usize, governor: usize, (from, to): (usize, usize), at: usize) -> bool {
        // "met with A and B" is one meeting, and "merged A and B" one merger; "discussed A and B" need not be one talk.
        let mutual = match self.mark(first) {
            None => lexicon::joins_objects(self.lemma(governor)),
            Some(mark) => self.lemma(mark) == "with" && lexicon::is_mutual(self.lemma(governor)),
        };
        let number = self.syntax.tokens[from..to].iter().any(|token| token.kind == TokenKind::Number)
            || (self.word_of[from]..first).any(|word| self.word(word).upos == Upos::Num);
        let paired = (from..to).any(|at| has_value(self.syntax.word(at), "lead"));
        let preconj = self.tree.child(first, &[Grammar::CcPreconj]).is_some();
        // "a spat between an ally and a supplier", "talks that center on trade as well as efforts to …".
        let inside = (to..at).any(|token| has_value(self.syntax.word(token), "inside"));
        mutual || number || paired || preconj || inside
    }

    /// The further parts: where the part before each ends, where it begins, and its head. Behind a comma stand those between
    /// the first and the last.
    fn members(&self, first: usize, second: usize, at: usize, start: usize) -> Vec<(usize, usize, usize)> {
        let joined = self.word(second).head;
        let mut found: Vec<(usize, usize, usize)> = self
            .tree
            .children_by(first, &[Grammar::Conj])
            .chain(
                joined
                    .filter(|&joined| joined != first)
                    .into_iter()
                    .flat_map(|joined| self.tree.children_by(joined, &[Grammar::Conj])),
            )
            .filter(|&member| member > first && member < second)
            .filter_map(|member| {
                let begins = self.start_of(member);
                let comma = begins.checked_sub(1).filter(|&comma| self.syntax.tokens[comma].is_mark(','))?;
                Some((comma, begins, member))
            })
            .collect();
        found.sort_unstable();
        let comma = at.checked_sub(1).filter(|&comma| self.syntax.tokens[comma].is_mark(','));
        found.push((comma.unwrap_or(at), start, second));
        found
    }

    /// True where both parts tell something by themselves: each has a complement, or two that are no list have many words.
    fn states(&self, one: (usize, usize), first: usize, other: (usize, usize), second: usize, is_list: bool) -> bool {
        if one.1 <= one.0 || other.1 <= other.0 {
            return false;
        }
        let (left, right) = (self.syntax.content_words(one.0, one.1), self.syntax.content_words(other.0, other.1));
        let complements = self.has_complement(first) && self.has_complement(second);
        left >= FEWEST_CONTENT_WORDS
            && right >= FEWEST_CONTENT_WORDS
            && (complements || !is_list && left + right >= FEWEST_WITHOUT_COMPLEMENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::clauses::{clauses, shown};
    use crate::grammar::parse;

    fn cut(text: &str) -> Vec<String> {
        let syntax = Syntax::read(text, &[]);
        shown(&syntax, text, split(&syntax, &parse(text), clauses(&syntax)))
    }

    #[test]
    fn each_object_with_content_of_its_own_is_a_claim() {
        for (text, parts) in [
            (
                "The ministers spoke about sales of barley and other grain, as well as halting shipments of stolen timber.",
                [
                    "The ministers spoke about sales of barley and other grain",
                    "[The ministers spoke about] halting shipments of stolen timber.",
                ],
            ),
            (
                "The law bans the sale of alcohol after midnight as well as the import of foreign beer.",
                ["The law bans the sale of alcohol after midnight", "[The law bans] the import of foreign beer."],
            ),
            (
                "The minister promised to cut taxes on fuel and to raise pensions by four percent.",
                [
                    "The minister promised to cut taxes on fuel",
                    "[The minister promised] to raise pensions by four percent.",
                ],
            ),
            (
                "The treaty ended the ban on fishing along with the duty on imported salt.",
                ["The treaty ended the ban on fishing", "[The treaty ended] the duty on imported salt."],
            ),
            (
                "Police accused the driver of ignoring a red light and of fleeing the scene of the crash.",
                [
                    "Police accused the driver of ignoring a red light",
                    "[Police accused the driver] of fleeing the scene of the crash.",
                ],
            ),
        ] {
            assert_eq!(cut(text), parts, "{text}");
        }
    }

    #[test]
    fn three_objects_are_three_claims() {
        assert_eq!(
            cut(
                "The report blamed poor maintenance of the pumps, a lack of trained staff, and years of delayed repairs."
            ),
            [
                "The report blamed poor maintenance of the pumps",
                "[The report blamed] a lack of trained staff",
                "[The report blamed] years of delayed repairs."
            ]
        );
    }

    #[test]
    fn what_is_one_thing_together_stays_whole() {
        for text in [
            "She met Smith and Jones.",
            "The queen met Mayor Ilse Varn of Holm and Governor Karl Moe of Berg.",
            "He bought bread, milk and butter.",
            "The council did not approve the sale of the mill and the purchase of the barracks.",
            "Talks between the union of dockers and the owners of the harbor failed.",
            "The storm killed 12 people in the villages along the river and in the suburbs of Holm.",
            "The company merged both the offices of its bank and the branches of its rival.",
            "Those who promised to cut taxes on fuel and to raise pensions for widows won the vote.",
            "The sale of the mill and the purchase of the barracks were approved.",
            "The mayor wants to widen the road or to build a bridge over the river.",
        ] {
            assert_eq!(cut(text), [text]);
        }
    }

    #[test]
    fn what_is_denied_asked_or_a_condition_stays_whole() {
        for text in [
            "The mayor denied that the council approved the budget for 2019 and the tram to the harbor.",
            "The mayor doubted that the council approved the budget for roads and the tram to the harbor.",
            "The paper asked whether the council approved the budget for roads and the tram to the harbor.",
            "If the council approves the budget for roads and the tram to the harbor, work will begin.",
            "The mayor will resign unless the council approves the budget for roads and the tram to the harbor.",
            "The council will approve the budget for roads and the tram to the harbor if the state pays.",
            "It is unlikely that the council approved the budget for roads and the tram to the harbor.",
            "The mayor spread rumors that the council approved the budget for roads and the tram to the harbor.",
            "The mayor did not say that the council approved the budget for roads and the tram to the harbor.",
            "The mayor proposed that the council approve the budget for roads and the tram to the harbor.",
            "No minister approved the levy on fuel and the ban on trucks.",
            "Nobody in the council approved the levy on fuel and the ban on trucks.",
            "Few ministers approved the levy on fuel and the ban on trucks.",
            "The company refused to pay the fine for the spill and to rebuild the wall of the dam.",
            "The firm failed to repair the wall of the dam and to warn the villages below it.",
        ] {
            assert_eq!(cut(text), [text]);
        }
    }

    #[test]
    fn what_somebody_says_is_told_in_parts() {
        assert_eq!(
            cut("The mayor said that the council approved the budget for roads and the tram to the harbor."),
            [
                "The mayor said that the council approved the budget for roads",
                "[the council approved] the tram to the harbor."
            ]
        );
    }

    #[test]
    fn objects_of_one_deed_stay_together_and_topics_do_not() {
        for text in [
            "The company merged the offices of its bank and the branches of its rival.",
            "The queen met with the owners of the harbor and the leaders of the dockers.",
            "The treaty united the farmers of the valley and the fishers of the coast.",
        ] {
            assert_eq!(cut(text), [text]);
        }
        assert_eq!(
            cut("The ministers discussed the price of grain and the ban on fishing."),
            ["The ministers discussed the price of grain", "[The ministers discussed] the ban on fishing."]
        );
    }

    #[test]
    fn a_time_a_place_and_a_reservation_hold_for_each_part() {
        for (text, parts) in [
            (
                "On Monday, the council approved the sale of the mill and the purchase of the barracks.",
                [
                    "On Monday, the council approved the sale of the mill",
                    "[On Monday, the council approved] the purchase of the barracks.",
                ],
            ),
            (
                "Perhaps the council approved the sale of the mill and the purchase of the barracks.",
                [
                    "Perhaps the council approved the sale of the mill",
                    "[Perhaps the council approved] the purchase of the barracks.",
                ],
            ),
            (
                "Allegedly, the mayor promised to sell the mill in Holm and to close the school in Berg.",
                [
                    "Allegedly, the mayor promised to sell the mill in Holm",
                    "[Allegedly, the mayor promised] to close the school in Berg.",
                ],
            ),
        ] {
            assert_eq!(cut(text), parts, "{text}");
        }
    }

    #[test]
    fn a_time_that_may_hold_for_one_part_or_all_keeps_them_together() {
        let text = "The council approved the sale of the mill and the purchase of the barracks on Monday.";
        assert_eq!(cut(text), [text]);
        assert_eq!(
            cut("The minister promised to sell the mill in March and to repair the bridge in Holm on Monday."),
            [
                "The minister promised to sell the mill in March",
                "[The minister promised] to repair the bridge in Holm on Monday."
            ]
        );
    }
}
