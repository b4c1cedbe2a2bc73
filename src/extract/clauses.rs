//! A sentence → the clauses that each make a claim. In: the sentence as read. Out: stretches of tokens in order, none
//! overlapping, with the subject a clause takes over from the one before.
//!
//! A cut needs a finite verb on both sides and enough words to stand alone. In doubt the sentence stays whole: two claims
//! in one piece can still be compared, half a claim cannot. Nothing is cut inside quotation marks or brackets.

use super::reach::told_for_all;
use super::syntax::{Reading, Syntax};
use super::words::{auxiliary, is_adverb, is_determiner, is_joiner, is_preposition, is_subject_pronoun};
use crate::lexicon;
use crate::text::tokens::TokenKind;

/// A clause with fewer content words says too little to stand alone.
pub(super) const FEWEST_CONTENT_WORDS: usize = 3;

/// A longer sentence is left whole: it is a list, a table or a text without stops, and its grammar tells nothing. It also
/// keeps the time for a text of one endless sentence linear.
const LONGEST_SENTENCE: usize = 1_000;

/// One clause of a sentence, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    /// First token.
    pub(super) from: usize,
    /// After the last token.
    pub(super) to: usize,
    /// The subject taken over, where the clause has none of its own.
    pub(super) subject: Option<(usize, usize)>,
    /// What it shares with the clause before: the predicate of which it is a further object, or the auxiliaries of its own.
    pub(super) predicate: Option<(usize, usize)>,
    /// What is told once for several parts and stands before the first of them: "on Monday", "perhaps".
    pub(super) before: Option<(usize, usize)>,
    /// The same where it stands behind the last of them.
    pub(super) behind: Option<(usize, usize)>,
    /// True where the speaker of the clause before goes on.
    pub(super) goes_on: bool,
}

impl Clause {
    /// A sentence that is not cut.
    pub(super) fn whole(to: usize) -> Self {
        Self { from: 0, to, subject: None, predicate: None, before: None, behind: None, goes_on: false }
    }
}

/// A place where a sentence can be cut: what is left out between the two clauses, and what the second one lacks.
struct Cut {
    end: usize,
    start: usize,
    subject: Option<(usize, usize)>,
    /// What stands before that subject and holds for both clauses: "on Monday".
    before: Option<(usize, usize)>,
    goes_on: bool,
}

/// Cuts a sentence into clauses; always at least one.
pub(super) fn clauses(syntax: &Syntax<'_>) -> Vec<Clause> {
    let end = syntax.tokens.len();
    if end > LONGEST_SENTENCE {
        return vec![Clause::whole(end)];
    }
    let mut found = Vec::new();
    let concessive = matches!(syntax.word(0), "while" | "although" | "though" | "whereas");
    let mut current = Clause::whole(end);
    let mut at = 1;
    while at < end {
        let cut = if syntax.quoted[at] || syntax.bracketed[at] {
            None
        } else if concessive && found.is_empty() {
            after_concession(syntax, at)
        } else {
            cut_at(syntax, &current, at)
        };
        let cut = cut.filter(|cut| {
            syntax.content_words(current.from, cut.end) >= FEWEST_CONTENT_WORDS
                && syntax.content_words(cut.start, end) >= FEWEST_CONTENT_WORDS
        });
        match cut {
            Some(cut) => {
                let from = current.from + usize::from(concessive && found.is_empty());
                found.push(Clause { from, to: cut.end, ..current });
                let Cut { start: from, subject, before, goes_on, .. } = cut;
                current = Clause { from, subject, before, goes_on, ..Clause::whole(end) };
                at = cut.start + 1;
            }
            None => at += 1,
        }
    }
    // The last clause may have become too short when it was cut itself; the cut before it is then taken back.
    found.push(current);
    found
}

/// "While A did x, B did y": cut at the first comma after a finite verb that a full clause follows.
fn after_concession(syntax: &Syntax<'_>, at: usize) -> Option<Cut> {
    let gerund = lexicon::verbs().forms(syntax.word(1)).gerund;
    if !syntax.tokens[at].is_mark(',') || syntax.first_finite(1, at).is_none() || gerund || opens_mark(syntax, at + 1) {
        return None;
    }
    full_clause(syntax, at + 1).then_some(Cut { end: at, start: at + 1, subject: None, before: None, goes_on: false })
}

/// The cut at token `at`, if there is one.
fn cut_at(syntax: &Syntax<'_>, clause: &Clause, at: usize) -> Option<Cut> {
    let token = &syntax.tokens[at];
    let verb = last_finite(syntax, clause.from, at);
    if token.is_mark(';') {
        verb?;
        let start = at + 1 + usize::from(matches!(syntax.word(at + 1), "and" | "but"));
        return full_clause(syntax, start).then_some(Cut {
            end: at,
            start,
            subject: None,
            before: None,
            goes_on: false,
        });
    }
    if token.is_mark(':') {
        let verb = verb?;
        let reports = lexicon::reporting_verbs().has(syntax.word(verb));
        let plain = !reports && syntax.quoted.get(at + 1) == Some(&false) && !opens_mark(syntax, at + 1);
        return (plain && full_clause(syntax, at + 1)).then_some(Cut {
            end: at,
            start: at + 1,
            subject: None,
            before: None,
            goes_on: false,
        });
    }
    if token.is_mark(',') {
        return after_comma(syntax, clause, at, verb?);
    }
    if matches!(token.folded.as_str(), "and" | "but") && !syntax.tokens[at - 1].is_mark(',') {
        let verb = verb?;
        return coordination(syntax, clause, at, at, verb);
    }
    None
}

fn opens_mark(syntax: &Syntax<'_>, at: usize) -> bool {
    syntax.tokens.get(at).is_some_and(|token| token.is_mark('"') || token.is_mark('\''))
}

/// Cuts after a comma: coordination, contrast, a trailing relative clause, "adding that".
fn after_comma(syntax: &Syntax<'_>, clause: &Clause, comma: usize, verb: usize) -> Option<Cut> {
    let next = comma + 1;
    let plain = |start: usize| Cut { end: comma, start, subject: None, before: None, goes_on: false };
    match syntax.word(next) {
        "and" | "but" | "so" | "yet" => coordination(syntax, clause, comma, next, verb),
        "while" | "whereas" | "although" | "though" => full_clause(syntax, next + 1).then(|| plain(next)),
        "even" if syntax.word(next + 1) == "though" => full_clause(syntax, next + 2).then(|| plain(next)),
        "who" | "which" => {
            let soon = syntax.first_finite(next + 1, next + 4)?;
            let rest_is_plain = (soon..syntax.tokens.len()).all(|at| {
                !syntax.tokens[at].is_mark(',') && !syntax.tokens[at].is_mark(';')
                    || syntax.quoted[at]
                    || syntax.bracketed[at]
            });
            let subject = antecedent(syntax, clause.from, comma)?;
            rest_is_plain.then_some(Cut {
                end: comma,
                start: next,
                subject: Some(subject),
                before: None,
                goes_on: false,
            })
        }
        gerund if lexicon::reporting_verbs().value(gerund) == Some("gerund") => {
            let tells = lexicon::reporting_verbs().values(gerund).and_then(|values| values.get(1)) == Some(&"tell");
            let says = syntax.word(next + 1) == "that" || !tells && full_clause(syntax, next + 1);
            let subject = relative_speaker(syntax, clause, comma)
                .or_else(|| clause_subject(syntax, &Clause { to: comma, ..*clause }, Layer::Outer))?;
            says.then_some(Cut { end: comma, start: next, subject: Some(subject), before: None, goes_on: false })
        }
        _ => None,
    }
}

/// "A did x and B did y", "A did x and did y", "said that x and that y". `end` is where the first clause ends: the
/// coordinator at `at`, or the comma before it.
fn coordination(syntax: &Syntax<'_>, clause: &Clause, end: usize, at: usize, verb: usize) -> Option<Cut> {
    let comma = end != at;
    let start = at + 1;
    let reports = |verb: usize| matches!(lexicon::reporting_verbs().value(syntax.word(verb)), Some("verb" | "gerund"));
    let outer = syntax.first_finite(clause.from, at)?;
    if syntax.word(start) == "that" {
        let that_before = (clause.from..at).rev().find(|&before| syntax.word(before) == "that" && before > 0)?;
        let reported = (clause.from..that_before).any(&reports);
        return (reported && full_clause(syntax, start + 1)).then_some(Cut {
            end,
            start,
            subject: None,
            before: None,
            goes_on: true,
        });
    }
    if hangs_in_subordinate(syntax, clause.from, verb) {
        return None;
    }
    let verb_at = (start..syntax.tokens.len()).find(|&next| !is_adverb(syntax.word(next)) || syntax.is_finite(next))?;
    if syntax.quoted[verb_at] {
        return None;
    }
    if continues_predicate(syntax, verb, verb_at) {
        // "A said x and warned y" is A's again; "A said B did x and did y" is B's.
        let layer = if reports(verb_at) && reports(outer) { Layer::Outer } else { Layer::Inner };
        let goes_on = reports(outer) && matches!(layer, Layer::Inner);
        let subject = clause_subject(syntax, &Clause { to: at, ..*clause }, layer)?;
        let own = clause.subject != Some(subject);
        let before = if own { told_for_all(syntax, clause.from, subject.0) } else { clause.before };
        return Some(Cut { end, start, subject: Some(subject), before, goes_on });
    }
    if !full_clause(syntax, start) {
        return None;
    }
    // Without a comma "and" may join two nouns: "said the mayor and the council had agreed", "met A and B, who ...".
    let begins = syntax.word(start);
    let clear_start = is_determiner(begins) || is_subject_pronoun(begins) || syntax.tokens[start].is_capitalized();
    let inside_name = syntax.tokens[at - 1].is_capitalized() && syntax.tokens[start].is_capitalized();
    let inside_complement = (verb + 1..at).any(|before| is_joiner(syntax.word(before)));
    if !comma && (!clear_start || inside_complement || inside_name || reports(verb) || at < verb + 2) {
        return None;
    }
    let goes_on = reports(outer) && outer != verb && syntax.word(at) == "and";
    Some(Cut { end, start, subject: None, before: None, goes_on })
}

/// True where the word at `at` goes on with the predicate whose finite verb is `verb`: an auxiliary, or a form of the
/// same tense.
fn continues_predicate(syntax: &Syntax<'_>, verb: usize, at: usize) -> bool {
    if syntax.tokens[at].kind != TokenKind::Word {
        return false;
    }
    let word = syntax.word(at);
    let next = syntax.word(at + 1);
    // "but they've left" brings its own subject; "and not tied to it" has no finite verb.
    let has_subject = word.contains('\'') && !word.ends_with("n't");
    if has_subject || syntax.word(at.wrapping_sub(1)) == "not" && syntax.verbs[at] != Reading::Auxiliary {
        return false;
    }
    if auxiliary(word).is_some_and(|(_, finite)| finite) {
        return syntax.verbs[at] == Reading::Auxiliary && !is_subject_pronoun(next) && word != "may";
    }
    let forms = lexicon::verbs().forms(word);
    let first = lexicon::verbs().forms(syntax.word(verb));
    let object = is_determiner(next)
        || is_preposition(next)
        || is_subject_pronoun(next)
        || matches!(next, "that" | "to" | "him" | "her" | "them")
        || syntax.tokens.get(at + 1).is_some_and(|next| next.is_capitalized() || next.kind == TokenKind::Number);
    match syntax.verbs[verb] {
        Reading::Finite if first.past => {
            forms.past && !syntax.tokens[at].is_capitalized() && (object || !forms.participle)
        }
        Reading::Finite => forms.third && first.third && object,
        _ => forms.past && !forms.participle || forms.third && !forms.noun && object && is_present(syntax.word(verb)),
    }
}

fn is_present(word: &str) -> bool {
    matches!(word, "is" | "has" | "does" | "it's" | "isn't" | "hasn't" | "doesn't")
}

/// True where a clause with a subject of its own begins at `start`: a noun phrase, then a finite verb, before any comma
/// or joining word.
fn full_clause(syntax: &Syntax<'_>, start: usize) -> bool {
    let mut start = start;
    while start < syntax.tokens.len() && (is_adverb(syntax.word(start)) || syntax.tokens[start].is_mark('"')) {
        start += 1;
    }
    for at in start..syntax.tokens.len() {
        let token = &syntax.tokens[at];
        if syntax.is_finite(at) {
            if lexicon::verbs().forms(syntax.word(start)).gerund || only_reports(syntax, at) {
                return false;
            }
            let holds_subject = token.folded.contains('\'') && !token.folded.ends_with("n't");
            return at > start && !is_preposition(syntax.word(start)) || holds_subject;
        }
        // "assurances that the price holds": behind a noun "that" begins a clause of its own, and the verb is that clause's.
        let joins = is_joiner(&token.folded)
            && !matches!(token.folded.as_str(), "and" | "or")
            && !(token.folded == "that" && at == start);
        if token.is_mark(',') || token.is_mark(';') || token.is_mark(':') || joins {
            return false;
        }
    }
    false
}

/// True where nothing follows the reporting verb at `at`: "…, the ministry said." belongs to what stands before it.
fn only_reports(syntax: &Syntax<'_>, at: usize) -> bool {
    lexicon::reporting_verbs().value(syntax.word(at)) == Some("verb")
        && syntax.tokens[at + 1..].iter().all(|token| token.kind == TokenKind::Mark)
}

fn last_finite(syntax: &Syntax<'_>, from: usize, to: usize) -> Option<usize> {
    (from..to).rev().find(|&at| syntax.is_finite(at) && !syntax.quoted[at])
}

/// True where the verb stands in a relative or adverbial clause, so that what follows "and" may belong to that clause.
fn hangs_in_subordinate(syntax: &Syntax<'_>, from: usize, verb: usize) -> bool {
    let reports = |at: usize| lexicon::reporting_verbs().has(syntax.word(at));
    (from..verb).any(|at| match syntax.word(at) {
        // A clause that begins with its relative pronoun was cut off already.
        "who" | "which" => at > from,
        "whose" | "whom" | "where" | "when" | "because" | "if" | "unless" | "whether" | "since" | "how" | "what"
        | "why" | "until" | "after" | "before" | "as" | "than" => {
            // An adverbial clause that a comma has closed is over.
            !(at..verb).any(|later| syntax.tokens[later].is_mark(','))
                && syntax.first_finite(at, verb + 1) == Some(verb)
        }
        "that" => {
            !(at > 0 && (reports(at - 1) || (from..at).any(reports)))
                && syntax.first_finite(at, verb + 1) == Some(verb)
                && at + 1 == verb
        }
        _ => false,
    })
}

/// Which subject of a sentence that reports what somebody said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    /// The one who says it.
    Outer,
    /// The one it is said of.
    Inner,
}

/// The subject of a clause, for the clause that takes it over.
fn clause_subject(syntax: &Syntax<'_>, clause: &Clause, layer: Layer) -> Option<(usize, usize)> {
    let start = syntax.main_start(clause.from, clause.to);
    let verb = syntax.first_unquoted_finite(start, clause.to)?;
    let outer = clause.subject.or_else(|| syntax.subject(start, verb));
    let labels =
        lexicon::reporting_verbs().values(syntax.word(verb)).is_none_or(|values| values.get(1) == Some(&"label"));
    if layer == Layer::Outer || labels {
        return outer;
    }
    let from = verb + 1 + usize::from(syntax.word(verb + 1) == "that");
    let inner = syntax.first_unquoted_finite(from, clause.to).and_then(|inner| syntax.subject(from, inner));
    match inner {
        // "The minister said he agreed and had invited her": the name says more than its pronoun.
        Some((from, to)) if to == from + 1 && matches!(syntax.word(from), "he" | "she" | "it" | "they") => {
            outer.or(inner)
        }
        Some(_) => inner,
        None => outer,
    }
}

/// "A met B, who said x, adding that y": B adds it.
fn relative_speaker(syntax: &Syntax<'_>, clause: &Clause, comma: usize) -> Option<(usize, usize)> {
    let who = (clause.from + 1..comma).rev().find(|&at| syntax.word(at) == "who")?;
    let verb = syntax.first_finite(who, comma)?;
    let end = who - usize::from(syntax.tokens[who - 1].is_mark(','));
    if lexicon::reporting_verbs().has(syntax.word(verb)) { antecedent(syntax, clause.from, end) } else { None }
}

/// The noun phrase that ends at `to`, for a relative clause.
fn antecedent(syntax: &Syntax<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut start = to;
    while start > from {
        let at = start - 1;
        let token = &syntax.tokens[at];
        let word = token.folded.as_str();
        // A stop inside of a sentence ends an abbreviation: "Mr. Moe's trip".
        let abbreviated = token.is_mark('.') && at > from && syntax.tokens[at - 1].is_capitalized();
        let name_part = token.kind == TokenKind::Possessive || token.is_mark('-') || word == "of" || abbreviated;
        if syntax.verbs[at] != Reading::None
            || token.kind == TokenKind::Mark && !name_part
            || is_preposition(word) && !name_part
            || is_joiner(word)
        {
            break;
        }
        start = at;
        if is_determiner(word) && syntax.word(at.wrapping_sub(1)) != "of" {
            break;
        }
    }
    while start < to && (syntax.word(start) == "of" || syntax.tokens[start].kind == TokenKind::Mark) {
        start += 1;
    }
    // "at the request of Judge Ida Lund, who": a full name alone speaks; "the mayor of Holm, who" stays whole.
    if syntax.word(to + 1) == "who" || syntax.word(to) == "who" {
        let of = (start..to).find(|&at| syntax.word(at) == "of");
        let named =
            |from: usize, to: usize| syntax.tokens[from..to].iter().filter(|token| token.is_capitalized()).count();
        start = of.filter(|&of| named(start, of) == 0 && named(of, to) >= 2).map_or(start, |of| of + 1);
    }
    (start < to && to - start <= 12).then_some((start, to))
}

/// For tests: the words of clauses, each with what it takes over in front in brackets.
#[cfg(test)]
pub(super) fn shown(syntax: &Syntax<'_>, text: &str, clauses: Vec<Clause>) -> Vec<String> {
    let words = |(from, to): (usize, usize)| syntax.span(from, to).of(text);
    let told = |clause: Clause| {
        let parts = [clause.before, clause.subject, clause.predicate, clause.behind];
        let carried: Vec<&str> = parts.into_iter().flatten().map(words).collect();
        let own = words((clause.from, clause.to));
        if carried.is_empty() { own.to_owned() } else { format!("[{}] {own}", carried.join(" ")) }
    };
    clauses.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let syntax = Syntax::read(text, &[]);
        shown(&syntax, text, clauses(&syntax))
    }

    #[test]
    fn coordinated_clauses_are_cut() {
        assert_eq!(
            cut("The storm destroyed forty houses, and the army sent two battalions."),
            ["The storm destroyed forty houses", "the army sent two battalions."]
        );
        assert_eq!(
            cut("The ferry sank off Holm; divers recovered nine bodies."),
            ["The ferry sank off Holm", "divers recovered nine bodies."]
        );
        assert_eq!(
            cut("Prices rose by four percent in May, while wages fell in every sector."),
            ["Prices rose by four percent in May", "while wages fell in every sector."]
        );
        assert_eq!(
            cut("Although the dam held all night, the village flooded before dawn."),
            ["the dam held all night", "the village flooded before dawn."]
        );
    }

    #[test]
    fn a_second_predicate_takes_over_the_subject() {
        assert_eq!(
            cut("Mayor Anna Berg resigned on Monday night and left the country by plane."),
            ["Mayor Anna Berg resigned on Monday night", "[Mayor Anna Berg] left the country by plane."]
        );
        assert_eq!(
            cut("The minister said he agreed to visit Holm in April, and had invited the queen to Berg."),
            ["The minister said he agreed to visit Holm in April", "[The minister] had invited the queen to Berg."]
        );
        assert_eq!(
            cut("Senator Moe said no twice and went on to win the vote in Holm."),
            ["Senator Moe said no twice", "[Senator Moe] went on to win the vote in Holm."]
        );
    }

    #[test]
    fn a_clause_with_a_subject_of_its_own_takes_over_none() {
        assert_eq!(
            cut("The owners had two years to mend the dam, but they've only made the leak worse."),
            ["The owners had two years to mend the dam", "they've only made the leak worse."]
        );
        assert_eq!(
            cut("A long, narrow bridge fell into the river on Monday and blocked the harbor of Holm."),
            [
                "A long, narrow bridge fell into the river on Monday",
                "[A long, narrow bridge] blocked the harbor of Holm."
            ]
        );
    }

    #[test]
    fn participles_and_noun_lists_are_not_cut() {
        for whole in [
            "Two men were arrested on Monday and charged with arson in Holm.",
            "The mayor and the head of police resigned after the report.",
            "She bought bread, milk, and butter from the market in Holm.",
            "The man who shot two guards and fled the prison was caught in Berg.",
            "He said the mayor and the council had agreed on a budget.",
            "The blast killed two and injured nine.",
            "If the river rises and the dam breaks, the town will flood.",
            "The council wants to widen the road and build a bridge.",
            "The clerk wrote to the press that he and Holm lawyers had looked into the matter.",
            "While refusing to tell what happened, Berg on Monday opened the new hall.",
            "Two dams broke in the north, the Holm Office of Dams and River Works said.",
            "The queen opened the harbor with the duke leading guests and hoping the rain would stop.",
            "The envoy arrived seeking a waiver on grain, and assurances that the harbor would stay open.",
            "The report described the talks as private and not tied to the vote in Holm.",
            "The union sent a letter to the board, writing to each director it could find.",
        ] {
            assert_eq!(cut(whole), [whole]);
        }
    }

    #[test]
    fn relative_clauses_at_the_end_are_cut_with_their_antecedent() {
        assert_eq!(
            cut("Troops stormed the embassy of Holmland, which had been closed for three weeks."),
            [
                "Troops stormed the embassy of Holmland",
                "[the embassy of Holmland] which had been closed for three weeks."
            ]
        );
        assert_eq!(
            cut("He ruled at the request of Judge Ida Lund, who had led the court for years."),
            ["He ruled at the request of Judge Ida Lund", "[Judge Ida Lund] who had led the court for years."]
        );
        assert_eq!(
            cut("The paper of Holm first reported Mr. Moe's trip, which took place over the holidays."),
            ["The paper of Holm first reported Mr. Moe's trip", "[Mr. Moe's trip] which took place over the holidays."]
        );
        let inserted = "The general, who took office in May, ordered the retreat from Holm.";
        assert_eq!(cut(inserted), [inserted]);
    }

    #[test]
    fn what_a_speaker_adds_is_cut() {
        assert_eq!(
            cut("The governor ordered a curfew in Holm, adding that the army would enforce it."),
            ["The governor ordered a curfew in Holm", "[The governor] adding that the army would enforce it."]
        );
        assert_eq!(
            cut(
                "The governor met Judge Ida Lund, who said the court was ready, adding that it would open within weeks of the vote."
            ),
            [
                "The governor met Judge Ida Lund, who said the court was ready",
                "[Judge Ida Lund] adding that it would open within weeks of the vote."
            ]
        );
        assert_eq!(
            cut("Police said that the bridge had collapsed and that nine people were missing."),
            ["Police said that the bridge had collapsed", "that nine people were missing."]
        );
    }
}
