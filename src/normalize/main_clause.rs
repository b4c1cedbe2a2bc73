//! Which words of a claim stand in its main line. In: the tokens of a claim. Out: for each whether it stands in the main
//! clause or in what a reporting verb introduces, not in a relative, adverbial or second coordinate clause.
//!
//! A denial or a hedge tells something of the claim as a whole only there: "the man who was not hurt left" denies nothing
//! about leaving. It reads word forms only and knows no phrases.

use crate::lexicon;
use crate::text::fold::expand_contraction;
use crate::text::tokens::{Token, TokenKind};

/// How far after "and" or "but" a finite verb shows that a clause begins there.
const CLAUSE_REACH: usize = 4;

/// For each token whether it stands in the main line.
pub(super) fn main_line(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut main = vec![true; tokens.len()];
    let mut aside: Option<Aside> = None;
    let mut depth = 0_usize;
    let mut verb_seen = false;
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if token.is_mark('(') {
            depth += 1;
        }
        if depth > 0 {
            main[at] = false;
            depth -= usize::from(token.is_mark(')'));
            continue;
        }
        if let Some(open) = &mut aside {
            if ends_clause(token) && !open.to_the_end {
                aside = None;
                continue;
            }
            if !open.to_the_end && open.relative && starts_finite(tokens, at) {
                if open.verb_done {
                    // "people who left were": the second finite verb is the main one.
                    aside = None;
                    verb_seen = true;
                    continue;
                }
                open.verb_done = true;
            }
            main[at] = false;
            continue;
        }
        // A clause cut off from its sentence begins with its joining word and is all there is.
        if at == 0 && !tokens.iter().any(|token| token.is_mark(',')) && cut_off(&token.folded) {
            continue;
        }
        if let Some(opened) = opens_aside(tokens, at, verb_seen) {
            main[at] = false;
            aside = Some(opened);
            continue;
        }
        verb_seen |= is_finite(tokens, at);
    }
    main
}

/// A clause beside the main line.
struct Aside {
    /// True for a relative clause, which the finite verb of the main clause ends.
    relative: bool,
    verb_done: bool,
    /// True where nothing returns to the main line.
    to_the_end: bool,
}

fn opens_aside(tokens: &[Token<'_>], at: usize, verb_seen: bool) -> Option<Aside> {
    let word = tokens[at].folded.as_str();
    let aside = |relative| Some(Aside { relative, verb_done: false, to_the_end: false });
    match word {
        "who" | "which" | "whose" | "whom" => aside(true),
        "that" if at > 0 && relative_that(tokens, at) => aside(true),
        "because" | "although" | "though" | "when" | "unless" | "until" | "whereas" | "while" | "where" | "after"
        | "before" | "since" | "what" | "how" | "why" | "despite" | "if" => aside(false),
        "and" | "but" if verb_seen => {
            let reach = (at + 1 + CLAUSE_REACH).min(tokens.len());
            let clause =
                (at + 1..reach).take_while(|&next| !ends_clause(&tokens[next])).any(|next| is_finite(tokens, next));
            clause.then_some(Aside { relative: false, verb_done: false, to_the_end: true })
        }
        _ => None,
    }
}

fn cut_off(word: &str) -> bool {
    matches!(word, "who" | "which" | "that" | "while" | "whereas" | "although" | "though")
}

/// True where "that" follows a noun it can refer to, not a verb or a noun of saying.
fn relative_that(tokens: &[Token<'_>], at: usize) -> bool {
    let before = &tokens[at - 1];
    let next = tokens.get(at + 1).map_or("", |token| token.folded.as_str());
    let verb = lexicon::verbs().forms(&before.folded);
    let says = lexicon::reporting_verbs().has(&before.folded) || verb.past || verb.participle || verb.third;
    before.kind == TokenKind::Word && !says && !lexicon::function_words().has(&before.folded) && is_auxiliary(next)
}

fn is_auxiliary(folded: &str) -> bool {
    let finite = |word: &str| {
        lexicon::auxiliaries().values(word).is_some_and(|values| values.get(1).is_some_and(|value| *value == "finite"))
    };
    finite(folded) || expand_contraction(folded).is_some_and(|[head, second]| finite(head) || finite(second))
}

/// True where a finite verb stands at `at`, as far as its form and the word before tell.
pub(super) fn is_finite(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    if token.kind != TokenKind::Word {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |before| tokens[before].folded.as_str());
    if is_auxiliary(&token.folded) {
        return before != "to";
    }
    let forms = lexicon::verbs().forms(&token.folded);
    let after_auxiliary = lexicon::auxiliaries().has(before) || expand_contraction(before).is_some() || before == "not";
    forms.past && !after_auxiliary && !(token.is_capitalized() && at > 0) || forms.third && !forms.noun
}

fn starts_finite(tokens: &[Token<'_>], at: usize) -> bool {
    is_finite(tokens, at) && !at.checked_sub(1).is_some_and(|before| is_finite(tokens, before))
}

/// True for a mark that ends a clause.
pub(super) fn ends_clause(token: &Token<'_>) -> bool {
    [',', ';', ':', '!', '?', '(', ')'].iter().any(|&mark| token.is_mark(mark))
        || token.kind == TokenKind::Mark && matches!(token.text, "." | "—" | "–")
}
