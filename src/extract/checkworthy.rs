//! Whether a sentence states something. In: the sentence as read and whether somebody is quoted in it. Out: why it makes
//! no claim, or nothing.
//!
//! Setting a statement aside loses it, so each reason needs clear words: one strong mark of judgement or several weak
//! ones, an opening that addresses the reader, a question mark at the end. What somebody else is quoted as thinking is a
//! claim about what they said and is kept.

use super::syntax::{Reading, Syntax};
use super::words::is_subject_pronoun;
use crate::lexicon;
use crate::model::SetAside;
use crate::text::tokens::{Token, TokenKind};

/// The weight of marks of judgement from which a sentence is opinion: strong words together, or several weak ones. Chosen on
/// the training part of the CheckThat! 2023 set of subjective news sentences: at 5 all of the 13 sentences set aside are
/// subjective, at 4 22 of 25; few are found, since losing a statement costs more than keeping an opinion.
const OPINION_WEIGHT: u32 = 5;
/// So many different marks decide in any case.
const DIFFERENT_MARKS: usize = 8;
/// A verbless sentence with fewer content words states nothing, unless it holds a figure.
const FRAGMENT_CONTENT_WORDS: usize = 6;

/// Why a sentence of running text makes no claim. `attributed` tells whether it says of somebody what they said.
pub(super) fn set_aside(syntax: &Syntax<'_>, attributed: Attributed) -> Option<SetAside> {
    if is_question(syntax) {
        return Some(SetAside::Question);
    }
    if attributed == Attributed::ToNobody && is_instruction(syntax) {
        return Some(SetAside::Instruction);
    }
    if is_fragment(syntax) || only_tells_that_somebody_spoke(syntax) {
        return Some(SetAside::Fragment);
    }
    (attributed == Attributed::ToNobody && judgement(syntax) >= OPINION_WEIGHT).then_some(SetAside::Opinion)
}

/// Why a headline makes no claim. Headlines drop their verbs, and are never fragments.
pub(super) fn set_aside_headline(syntax: &Syntax<'_>, attributed: Attributed) -> Option<SetAside> {
    if is_question(syntax) {
        return Some(SetAside::Question);
    }
    (attributed == Attributed::ToNobody && judgement(syntax) >= OPINION_WEIGHT).then_some(SetAside::Opinion)
}

/// Whether a sentence says what somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attributed {
    /// A speaker is named or meant.
    ToSomebody,
    /// The author speaks.
    ToNobody,
}

/// True where the sentence ends in a question mark, closing marks aside.
fn is_question(syntax: &Syntax<'_>) -> bool {
    let closing =
        |token: &&Token<'_>| token.is_mark('"') || token.is_mark('\'') || token.is_mark(')') || token.is_mark(']');
    let last = syntax.tokens.iter().rev().find(|token| !closing(token));
    last.is_some_and(|token| token.is_mark('?') || token.is_mark('？'))
        || matches!(syntax.tokens.iter().rev().find(|token| !closing(token)), Some(token) if token.is_mark('!'))
            && syntax.tokens.len() > 1
            && syntax.tokens[syntax.tokens.len() - 2].is_mark('?')
}

/// True where the sentence opens with a request to the reader.
fn is_instruction(syntax: &Syntax<'_>) -> bool {
    let Some(start) = syntax.tokens.iter().position(|token| token.kind == TokenKind::Word) else { return false };
    lexicon::instructions().longest(|offset| syntax.word(start + offset)).is_some() && subjectless(syntax, start)
}

/// True where no finite verb takes the opening as its subject: "Check-ins fell" and "Contact the dead had was" are no
/// requests.
fn subjectless(syntax: &Syntax<'_>, start: usize) -> bool {
    syntax.word(start + 1) != "-"
        && !syntax.first_finite(start, start + 4).is_some_and(|verb| syntax.verbs[verb] == Reading::Finite)
}

/// True for a short sentence without any verb, figure or name.
fn is_fragment(syntax: &Syntax<'_>) -> bool {
    let end = syntax.tokens.len();
    if syntax.tokens.iter().all(|token| token.kind == TokenKind::Mark) {
        return true;
    }
    if syntax.tokens.iter().any(|token| token.kind == TokenKind::Ideograph) {
        return false;
    }
    let verb = syntax.verbs.iter().any(|reading| matches!(reading, Reading::Finite | Reading::Auxiliary));
    // "The harbor's at its limit": a verb that looks like a possessive.
    let contracted = syntax
        .tokens
        .windows(2)
        .any(|pair| pair[0].kind == TokenKind::Possessive && lexicon::function_words().has(&pair[1].folded));
    let verb = verb || contracted;
    let figure = syntax.tokens.iter().any(|token| token.kind == TokenKind::Number);
    // A form that can be finite may be one that was not recognized; such a sentence is kept if it has something to say.
    let may_be_verb = syntax.tokens.iter().skip(1).any(|token| {
        let forms = lexicon::verbs().forms(&token.folded);
        forms.past || forms.third || forms.base
    });
    let words = syntax.content_words(0, end);
    !verb && !figure && words < if may_be_verb { FRAGMENT_CONTENT_WORDS / 2 } else { FRAGMENT_CONTENT_WORDS }
        || verb && words == 0
}

/// True for "he wrote." standing alone, as below a quotation set apart: what was said stands elsewhere.
fn only_tells_that_somebody_spoke(syntax: &Syntax<'_>) -> bool {
    let mut words = syntax.tokens.iter().filter(|token| token.kind != TokenKind::Mark);
    let (Some(subject), Some(verb), None) = (words.next(), words.next(), words.next()) else { return false };
    is_subject_pronoun(&subject.folded) && lexicon::reporting_verbs().value(&verb.folded) == Some("verb")
}

/// The weight of the words of judgement outside of quotations.
fn judgement(syntax: &Syntax<'_>) -> u32 {
    let mut weight = 0;
    // A word said twice shows no more judgement: "it should be small, and it should be soon".
    let mut counted: Vec<(&str, &str)> = Vec::new();
    let mut at = 0;
    while at < syntax.tokens.len() {
        let found = lexicon::opinion().longest(|offset| syntax.word(at + offset)).filter(|_| !syntax.quoted[at]);
        if let Some((length, value)) = found {
            let phrase = (syntax.word(at), syntax.word(at + length - 1));
            if counted.len() < DIFFERENT_MARKS && !counted.contains(&phrase) {
                counted.push(phrase);
                weight += value.parse::<u32>().unwrap_or(0);
            }
        }
        at += found.map_or(1, |(length, _)| length);
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> Option<SetAside> {
        set_aside(&Syntax::read(text, &[]), Attributed::ToNobody)
    }

    #[test]
    fn questions_are_set_aside() {
        assert_eq!(reason("Why did the dam break?"), Some(SetAside::Question));
        assert_eq!(reason("\u{201C}Why did it break?\u{201D}"), Some(SetAside::Question));
        assert_eq!(reason("She asked why the dam broke."), None);
    }

    #[test]
    fn requests_to_the_reader_are_set_aside() {
        assert_eq!(reason("Click here for the full list."), Some(SetAside::Instruction));
        assert_eq!(reason("Sign up for our morning letter."), Some(SetAside::Instruction));
        assert_eq!(reason("Please turn on your speakers."), Some(SetAside::Instruction));
        assert_eq!(reason("Click fraud cost the industry two billion."), None);
    }

    #[test]
    fn the_judgement_of_the_author_is_set_aside() {
        assert_eq!(reason("I think this is a disgraceful way to treat our farmers."), Some(SetAside::Opinion));
        assert_eq!(reason("Sadly, we must now pay for the council's shameful folly."), Some(SetAside::Opinion));
        assert_eq!(reason("The council should meet before May, a report found."), None);
        assert_eq!(reason("Applicants must file the form within 30 days."), None);
        assert_eq!(
            set_aside(&Syntax::read("Berg said we must end this disgraceful war.", &[]), Attributed::ToSomebody),
            None
        );
    }

    #[test]
    fn fragments_are_set_aside_and_figures_kept() {
        assert_eq!(reason("Absolutely."), Some(SetAside::Fragment));
        assert_eq!(reason("A long way from home."), Some(SetAside::Fragment));
        assert_eq!(reason("Dead: 12 civilians"), None);
        assert_eq!(reason("The bridge is closed."), None);
        assert_eq!(reason("The harbor's at its limit."), None);
        assert_eq!(reason("..."), Some(SetAside::Fragment));
        assert_eq!(reason("she wrote."), Some(SetAside::Fragment));
        assert_eq!(reason("She wrote to the mayor."), None);
    }
}
