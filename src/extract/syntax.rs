//! The shallow grammar of one sentence. In: its text. Out: its tokens, which of them are finite verbs, what stands in
//! quotation marks or brackets, and the subject of a stretch of words.
//!
//! It is not a parser: it reads verb forms and their neighbors, and where they leave doubt it finds no verb, so that a
//! sentence is rather left whole than cut wrongly. A parser would replace this file and nothing else.

use super::words::{
    PLURAL_PRONOUNS, auxiliary, is_adverb, is_determiner, is_joiner, is_preposition, is_subject_pronoun, is_time_word,
};
use crate::lexicon;
use crate::model::Span;
use crate::text::tokens::{Token, TokenKind, tokenize};

/// From a word, no more than this many words on are looked at. Clauses are shorter (the longest stretch without a comma in
/// the news sentences read while this was written has 61 words), and a text of one endless sentence is read in linear time.
const WINDOW: usize = 120;

/// What a token is as a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// No verb, or none that can be told.
    None,
    /// An infinitive, a participle after an auxiliary, a gerund.
    Nonfinite,
    /// A finite auxiliary: "was", "has", "will", "didn't".
    Auxiliary,
    /// A finite full verb.
    Finite,
}

/// One sentence as read. Token offsets count from the beginning of the sentence.
pub(super) struct Syntax<'a> {
    /// The tokens.
    pub(super) tokens: Vec<Token<'a>>,
    /// What each is as a verb.
    pub(super) verbs: Vec<Reading>,
    /// Whether each stands inside quotation marks; the marks themselves count as outside.
    pub(super) quoted: Vec<bool>,
    /// Whether each stands inside brackets, the brackets included.
    pub(super) bracketed: Vec<bool>,
    /// Whether each is a word that may stand between a subject and its verb.
    adverbs: Vec<bool>,
}

impl<'a> Syntax<'a> {
    /// Reads the sentence `text`; `quotes` are the stretches in quotation marks, without the marks, counted from its
    /// beginning.
    pub(super) fn read(text: &'a str, quotes: &[Span]) -> Self {
        let tokens = tokenize(text);
        let mut quoted = vec![false; tokens.len()];
        let mut next = 0;
        for (at, token) in tokens.iter().enumerate() {
            while quotes.get(next).is_some_and(|quote| quote.end as usize <= token.start) {
                next += 1;
            }
            quoted[at] = quotes.get(next).is_some_and(|quote| quote.start as usize <= token.start);
        }
        let mut depth = 0_usize;
        let mut bracketed = vec![false; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            depth += usize::from(token.is_mark('(') || token.is_mark('['));
            bracketed[at] = depth > 0;
            depth = depth.saturating_sub(usize::from(token.is_mark(')') || token.is_mark(']')));
        }
        let adverbs = tokens.iter().map(|token| token.kind == TokenKind::Word && is_adverb(&token.folded)).collect();
        let mut syntax = Self { verbs: vec![Reading::None; tokens.len()], tokens, quoted, bracketed, adverbs };
        for at in 0..syntax.tokens.len() {
            syntax.verbs[at] = syntax.reading(at);
        }
        syntax.undo_reduced_participles();
        syntax
    }

    /// The folded word at `at`, empty outside of the sentence.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.folded.as_str())
    }

    /// True where the token at `at` is finite.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        matches!(self.verbs.get(at), Some(Reading::Finite | Reading::Auxiliary))
    }

    /// The first finite verb in `from..to`.
    pub(super) fn first_finite(&self, from: usize, to: usize) -> Option<usize> {
        (from..to.min(self.tokens.len())).find(|&at| self.is_finite(at))
    }

    /// The first finite verb in `from..to` outside of quotation marks.
    pub(super) fn first_unquoted_finite(&self, from: usize, to: usize) -> Option<usize> {
        (from..to.min(self.tokens.len())).find(|&at| self.is_finite(at) && !self.quoted[at])
    }

    /// Where the main clause in `from..to` begins: after the comma that ends an opening clause ("As it rained, ...").
    pub(super) fn main_start(&self, from: usize, to: usize) -> usize {
        let opens = matches!(
            self.word(from),
            "as" | "when"
                | "if"
                | "after"
                | "before"
                | "because"
                | "since"
                | "while"
                | "although"
                | "though"
                | "once"
                | "until"
        );
        let comma = (from..to.min(self.tokens.len())).find(|&at| {
            opens && self.tokens[at].is_mark(',') && !self.quoted[at] && self.first_finite(from, at).is_some()
        });
        comma.map_or(from, |comma| comma + 1)
    }

    /// True where the token at `at` is the mark before a quotation.
    pub(super) fn opens_quotation(&self, at: usize) -> bool {
        self.quoted.get(at + 1) == Some(&true) && self.quoted.get(at) == Some(&false)
    }

    /// The first token inside quotation marks after `at`.
    pub(super) fn opens_after(&self, at: usize) -> Option<usize> {
        (at + 1..self.tokens.len()).find(|&later| self.quoted[later])
    }

    /// Number of content words in `from..to`: words that carry no grammar, and numbers.
    pub(super) fn content_words(&self, from: usize, to: usize) -> usize {
        self.tokens[from..to]
            .iter()
            .filter(|token| match token.kind {
                TokenKind::Word => !lexicon::function_words().has(&token.folded),
                TokenKind::Number => true,
                TokenKind::Ideograph | TokenKind::Possessive | TokenKind::Mark => false,
            })
            .count()
    }

    /// The token before `at` that is no adverb, as far as one looks.
    fn before(&self, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        let last = at.saturating_sub(WINDOW);
        while before > last && self.adverbs[before] {
            before -= 1;
        }
        (before > 0 || !self.adverbs[before]).then_some(before)
    }

    /// What the token at `at` is as a verb, the tokens before it being read.
    fn reading(&self, at: usize) -> Reading {
        let token = &self.tokens[at];
        if token.kind != TokenKind::Word {
            return Reading::None;
        }
        let word = token.folded.as_str();
        let before = self.before(at);
        let previous = before.map_or("", |before| self.word(before));
        let after_noun_sign = is_determiner(previous)
            && !matches!(previous, "that" | "this" | "these" | "those" | "all")
            || before.is_some_and(|before| self.tokens[before].kind == TokenKind::Possessive);
        if let Some((class, finite)) = auxiliary(word) {
            let month = word == "may" && token.is_capitalized() && at > 0;
            let name = matches!(word, "will" | "might" | "can" | "must") && (after_noun_sign || previous == "of");
            let capitalized = word == "will" && token.is_capitalized() && at > 0;
            return match () {
                () if month || name || capitalized => Reading::None,
                () if !finite || previous == "to" => Reading::Nonfinite,
                () if class != "modal"
                    && before.is_some_and(|before| {
                        auxiliary(self.word(before)).is_some_and(|(kind, _)| kind == "modal")
                    }) =>
                {
                    Reading::Nonfinite
                }
                () => Reading::Auxiliary,
            };
        }
        let forms = lexicon::verbs().forms(word);
        // A capitalized word inside a sentence is a name ("Rose", "Grant"); headlines in capitals are left without verbs.
        if !forms.any() || (token.is_capitalized() && before.is_some() && !self.opens_quote(at)) || after_noun_sign {
            return Reading::None;
        }
        if self.word(at + 1) == "-" && self.touches(at) || at > 0 && self.word(at - 1) == "-" && self.touches(at - 1) {
            return Reading::None;
        }
        let subject_pronoun = is_subject_pronoun(previous) || holds_no_verb_yet(previous);
        let group = before.and_then(|before| auxiliary(self.word(before)));
        if forms.past && !forms.participle {
            return if group.is_some() { Reading::Nonfinite } else { Reading::Finite };
        }
        if forms.past {
            return match () {
                () if group.is_some() || matches!(previous, "to" | "got" | "get" | "gets" | "not") => {
                    Reading::Nonfinite
                }
                () if subject_pronoun || previous == "that" => Reading::Finite,
                () if before.is_none() || is_preposition(previous) => Reading::None,
                () if self.is_noun_like(before) => Reading::Finite,
                () => Reading::None,
            };
        }
        if forms.third {
            let next = self.word(at + 1);
            let takes_object =
                is_determiner(next) || is_subject_pronoun(next) || matches!(next, "to" | "that" | "him" | "her");
            let sure = subject_pronoun || self.is_noun_like(before) && (!forms.noun || !previous.ends_with('s'));
            return if sure && (!forms.noun || takes_object || subject_pronoun) && !is_preposition(previous) {
                Reading::Finite
            } else {
                Reading::None
            };
        }
        if forms.base {
            let plural = PLURAL_PRONOUNS.contains(&previous)
                || !forms.noun && self.is_noun_like(before) && previous.ends_with('s') && !previous.ends_with("ss");
            return match () {
                () if previous == "to" || group.is_some() => Reading::Nonfinite,
                () if plural => Reading::Finite,
                () => Reading::None,
            };
        }
        Reading::Nonfinite
    }

    /// True where the token after `at` follows without a space.
    fn touches(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| next.start == self.tokens[at].end)
    }

    /// True for the first word inside quotation marks, which may be capitalized like the first word of a sentence.
    fn opens_quote(&self, at: usize) -> bool {
        self.quoted[at] && at > 0 && !self.quoted[at - 1]
    }

    /// True where a noun can end: a word that is no grammar, a name, a number, a closing bracket or quotation mark, or the
    /// comma that ends an insertion.
    fn is_noun_like(&self, at: Option<usize>) -> bool {
        let Some(token) = at.map(|at| &self.tokens[at]) else { return false };
        match token.kind {
            TokenKind::Word => {
                !matches!(
                    token.folded.as_str(),
                    "next" | "last" | "first" | "second" | "third" | "previous" | "new" | "recent"
                ) && !lexicon::function_words().has(&token.folded)
                    || matches!(token.folded.as_str(), "this" | "all" | "others")
            }
            TokenKind::Number | TokenKind::Ideograph => true,
            TokenKind::Possessive => false,
            TokenKind::Mark => token.is_mark(')') || token.is_mark(',') || token.is_mark('"') || token.is_mark('-'),
        }
    }

    /// Takes back a form that can be a participle where a finite verb of the same clause follows: "people killed in the
    /// blast were", "the bill passed by the chamber goes".
    fn undo_reduced_participles(&mut self) {
        for at in 0..self.tokens.len() {
            if self.verbs[at] != Reading::Finite {
                continue;
            }
            let forms = lexicon::verbs().forms(self.word(at));
            if !forms.past || !forms.participle {
                continue;
            }
            let previous = self.before(at).map_or("", |before| self.word(before));
            if is_subject_pronoun(previous)
                || lexicon::reporting_verbs().value(self.word(at)) == Some("verb") && self.word(at + 1) != "by"
            {
                continue;
            }
            let next = self.word(at + 1);
            let reduced = next == "by" || is_preposition(next) || is_adverb(next);
            let later = (at + 1..self.tokens.len().min(at + WINDOW))
                .take_while(|&later| {
                    let token = &self.tokens[later];
                    !(token.is_mark(',') || token.is_mark(';') || token.is_mark(':') || is_joiner(&token.folded))
                })
                .find(|&later| self.is_finite(later));
            if reduced && (next == "by" || later.is_some_and(|later| !is_subject_pronoun(self.word(later - 1)))) {
                self.verbs[at] = Reading::None;
            }
        }
    }

    /// The subject of the clause that begins at `from` and whose finite verb is `verb`: the noun phrase before the verb,
    /// without adverbs and openings such as "On Monday," and without an insertion between commas.
    pub(super) fn subject(&self, from: usize, verb: usize) -> Option<(usize, usize)> {
        let mut start = from;
        let mut end = verb;
        while end > start && (is_adverb(self.word(end - 1)) || auxiliary(self.word(end - 1)).is_some()) {
            end -= 1;
        }
        let mut chunks: Vec<(usize, usize)> = Vec::new();
        for at in from..end {
            let dash = matches!(self.tokens[at].text, "—" | "–")
                || at > start && self.word(at) == "-" && self.word(at - 1) == "-";
            if self.tokens[at].is_mark(':') || self.tokens[at].is_mark('"') || dash {
                // "Update: the mayor", "“No,” the mayor", "HOLM — The mayor": the clause begins after the mark.
                chunks.clear();
                start = at + 1;
            } else if self.tokens[at].is_mark(',') && !self.quoted[at] && !self.bracketed[at] {
                chunks.push((start, at));
                start = at + 1;
            }
        }
        chunks.push((start, end));
        let openings = |&(from, to): &(usize, usize)| {
            let word = self.word(from);
            to <= from
                || is_preposition(word)
                || is_adverb(word)
                || is_joiner(word)
                || is_time_word(word)
                || lexicon::verbs().forms(word).gerund
                || from == 0 && lexicon::verbs().forms(word).participle && !lexicon::verbs().forms(word).noun
        };
        // "A long, narrow bridge fell": the comma stands between two adjectives of one phrase, which no second comma closes.
        if let [.., (from, to), (next, last)] = chunks[..]
            && to == from + 2
            && is_determiner(self.word(from))
            && !self.tokens[from + 1].is_capitalized()
            && next < last
            && self.tokens[next].kind == TokenKind::Word
            && !is_determiner(self.word(next))
            && !openings(&(next, last))
        {
            chunks.truncate(chunks.len() - 2);
            chunks.push((from, last));
        }
        let (mut from, mut to) = *chunks.iter().find(|chunk| !openings(chunk)).or_else(|| {
            // "On Monday police said", "But police said": what opens the chunk is taken off below.
            chunks.iter().rev().find(|(from, to)| from < to)
        })?;
        while from < to
            && (is_adverb(self.word(from)) || matches!(self.word(from), "and" | "but" | "so" | "yet" | "or" | "that"))
        {
            from += 1;
        }
        if is_preposition(self.word(from)) {
            while from < to
                && (is_preposition(self.word(from))
                    || is_time_word(self.word(from))
                    || self.tokens[from].kind == TokenKind::Number)
            {
                from += 1;
            }
        }
        to = self.without_time(from, to);
        let bare = to == from + 1
            && is_determiner(self.word(from))
            && !matches!(self.word(from), "this" | "that" | "all" | "many" | "some" | "several" | "few");
        (from < to && self.tokens[from].kind != TokenKind::Mark && !bare).then_some((from, to))
    }

    /// `to` moved before the adverbs and times that end the phrase: "Bessent earlier this month", "Gordon on Tuesday".
    pub(super) fn without_time(&self, from: usize, mut to: usize) -> usize {
        let mut kept = to;
        while to > from + 1 {
            let word = self.word(to - 1);
            let opens_time = matches!(word, "on" | "in" | "at" | "this" | "last" | "of")
                && kept == to
                && is_time_word(self.word(to));
            if is_time_word(word) || is_adverb(word) || opens_time {
                to -= 1;
                kept = to;
            } else {
                break;
            }
        }
        kept
    }

    /// The bytes of the tokens `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].start, self.tokens[to - 1].end)
    }
}

/// True for words after which a form in -ed is finite although they are no subject pronouns by themselves.
fn holds_no_verb_yet(previous: &str) -> bool {
    matches!(previous, "none" | "someone" | "anyone" | "nothing" | "something" | "everything" | "both" | "others")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finite(text: &str) -> Vec<String> {
        let syntax = Syntax::read(text, &[]);
        (0..syntax.tokens.len())
            .filter(|&at| syntax.is_finite(at))
            .map(|at| syntax.tokens[at].text.to_owned())
            .collect()
    }

    fn subject(text: &str) -> Option<&str> {
        let syntax = Syntax::read(text, &[]);
        let verb = syntax.first_finite(0, syntax.tokens.len())?;
        syntax.subject(0, verb).map(|(from, to)| syntax.span(from, to).of(text))
    }

    #[test]
    fn finite_verbs_are_told_from_participles_and_nouns() {
        assert_eq!(finite("The harbor was closed on Monday."), ["was"]);
        assert_eq!(finite("Workers repaired the bridge and left."), ["repaired"]);
        assert_eq!(finite("People killed in the flood were buried."), ["were"]);
        assert_eq!(finite("A law passed by the chamber took effect."), ["took"]);
        assert_eq!(finite("The reports of the injured man surprised her."), ["surprised"]);
        assert_eq!(finite("They want to see it."), ["want"]);
        assert_eq!(finite("The will of the people"), Vec::<String>::new());
        assert_eq!(finite("It's raining and they didn't come."), ["It's", "didn't"]);
        assert_eq!(finite("She could have won in May 2020."), ["could"]);
    }

    #[test]
    fn an_endless_sentence_is_read_in_linear_time() {
        let begun = std::time::Instant::now();
        for words in ["very ", "killed in ", "the mayor said and "] {
            let text = format!("The road {}was closed", words.repeat(60_000 / words.split(' ').count()));
            let syntax = Syntax::read(&text, &[]);
            assert_eq!(super::super::clauses::clauses(&syntax).len(), 1);
        }
        // Looking from each word over all others takes minutes here.
        assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    }

    #[test]
    fn subjects_lose_their_openings_and_insertions() {
        assert_eq!(subject("The mayor resigned."), Some("The mayor"));
        assert_eq!(subject("Asked about the dam, Mayor Anna Berg resigned."), Some("Mayor Anna Berg"));
        assert_eq!(subject("On Tuesday, the mayor resigned."), Some("the mayor"));
        assert_eq!(subject("Anna Berg, the mayor of Holm, later resigned."), Some("Anna Berg"));
        assert_eq!(
            subject("Finance Minister Olaf Brandt earlier this month said so."),
            Some("Finance Minister Olaf Brandt")
        );
        assert_eq!(subject("A long, narrow bridge fell."), Some("A long, narrow bridge"));
        assert_eq!(subject("The mayor, angry at the vote, resigned."), Some("The mayor"));
        assert_eq!(subject("HOLM -- The mayor resigned."), Some("The mayor"));
        assert_eq!(subject("But police on Monday said so."), Some("police"));
    }
}
