//! What a run of capitalized words looks like. In: a line and positions in it. Out: yes or no: does it begin like a person,
//! close like an organization, is it followed by a word of saying. It reads no name itself.

use super::gazetteer::{
    Case, GivenName, closes_place, gazetteer, given_name, is_ordinary, is_organization_word, opens_organization,
};
use super::line::Style;
use super::runs::Reader;
use crate::lexicon;
use crate::model::MentionKind;
use crate::text::tokens::TokenKind;

impl Reader<'_, '_> {
    /// The index after the domain of a title: "Minister `of Foreign Affairs` Jane Harlan". None where none is told.
    pub(super) fn behind_domain(&self, title_end: usize) -> Option<usize> {
        let line = self.line;
        if line.tokens.get(title_end)?.text != "of" {
            return None;
        }
        let mut at = title_end + 1;
        let mut words = 0;
        while let Some(token) = line.tokens.get(at) {
            let ordinary = is_ordinary(line.form(at)) && given_name(line.form(at)) == GivenName::No;
            let joins = matches!(token.text, "the" | "and");
            if words >= 8 || !(joins || token.is_capitalized() && ordinary) {
                break;
            }
            words += usize::from(!joins);
            at += 1;
        }
        (words > 0).then_some(at)
    }

    /// True where the word at `at` is a title for the capitalized word after it, and not the surname of the run.
    pub(super) fn is_title_of_next(&self, run: usize, at: usize) -> bool {
        let line = self.line;
        let Some((_, end)) = gazetteer().titles.longest(line, at, Case::Any) else { return false };
        let next = if line.is_mark(end, '.') { end + 1 } else { end };
        let named = line.is_capitalized(next)
            && !is_roman(line.tokens[next].text)
            && !matches!(line.form(next), "jr" | "sr")
            && !is_organization_word(line.form(next));
        named && !(at == run + 1 && given_name(line.form(run)) != GivenName::No)
    }

    /// True where a people or body of the lexicon stands at `at` and ends the capitals: "House Democrats", not part of the
    /// run before it.
    pub(super) fn is_other_name(&self, run: usize, at: usize) -> bool {
        given_name(self.line.form(run)) == GivenName::No
            && gazetteer().names.longest(self.line, at, Case::Names).is_some_and(|(entry, end)| {
                matches!(entry.kind, MentionKind::Nationality | MentionKind::Organization)
                    && !self.line.is_capitalized(end)
            })
    }

    /// True where a given name at `at`, with a surname after it, cannot belong to the run that began with no given name.
    pub(super) fn begins_another_person(&self, run: usize, at: usize) -> bool {
        given_name(self.line.form(run)) == GivenName::No
            && given_name(self.line.form(at)) == GivenName::Clear
            && self.is_name_word(at + 1)
            && !is_organization_word(self.line.form(at + 1))
    }

    /// True where the run `at..end` begins like a person's name.
    pub(super) fn begins_person(&self, at: usize, end: usize) -> bool {
        if end < at + 2 || self.closes_organization(at, end) || self.line.is_mark(at + 1, '&') {
            return false;
        }
        let second = if self.line.is_mark(at + 1, '-') { at + 3 } else { at + 1 };
        match given_name(self.line.form(at)) {
            GivenName::Clear => second < end || self.line.is_mark(at + 1, '-'),
            GivenName::Ambiguous => second < end && self.is_name_word(second) && !closes_place(self.line.form(end - 1)),
            GivenName::No => false,
        }
    }

    /// True where the last word of the run makes it an organization.
    pub(super) fn closes_organization(&self, at: usize, end: usize) -> bool {
        if end < at + 2 || !is_organization_word(self.line.form(end - 1)) || !self.line.is_capitalized(end - 1) {
            return self.is_ministry_of(at, end);
        }
        self.line.style == Style::Prose || !is_ordinary(self.line.form(at)) || self.is_told_run(at, end - 1)
    }

    /// True for "Ministry of ...", "Harlan University of ...".
    pub(super) fn is_ministry_of(&self, at: usize, end: usize) -> bool {
        (at + 1..end.min(at + 6)).any(|of| {
            matches!(self.line.form(of), "of" | "for") && opens_organization(self.line.form(of - 1)) && of + 1 < end
        })
    }

    /// True where a capitalized word that is no ordinary one stands at `at`.
    pub(super) fn is_name_word(&self, at: usize) -> bool {
        self.line.is_capitalized(at)
            && !self.line.breaks_before(at)
            && (!is_ordinary(self.line.form(at)) || self.is_told(at))
            && !is_organization_word(self.line.form(at))
    }

    /// True where the word at `at` is a name that the document told.
    pub(super) fn is_told(&self, at: usize) -> bool {
        at < self.line.tokens.len() && self.table.resolve(self.line.form(at)).is_some()
    }

    /// True where the run with the word at `last` is a name that the document told.
    pub(super) fn is_told_run(&self, at: usize, last: usize) -> bool {
        last > at && self.table.resolve(&self.key_of(at, last + 1)).is_some()
    }

    /// True for capitals that may be an acronym although the word is ordinary: "WHO" in prose, where the table knows it.
    pub(super) fn is_acronym_name(&self, at: usize) -> bool {
        self.line.is_acronym(at) && self.is_told(at)
    }

    /// True where a run of ordinary words at `at` is more likely emphasis or a headline than a name.
    pub(super) fn loose(&self, at: usize) -> bool {
        self.line.is_beginning(at) || self.line.style != Style::Prose
    }

    /// True where the run `at..end` closes a report of speech: `"...", said Harlan.`
    pub(super) fn closes_speech(&self, at: usize, end: usize) -> bool {
        let after_verb = at.checked_sub(1).is_some_and(|before| self.is_saying(before));
        after_verb && self.line.tokens.get(end).is_none_or(|token| token.kind == TokenKind::Mark)
    }

    /// True where a role in small letters stands before `at`: "press secretary Jane Harlan".
    pub(super) fn follows_role(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let token = &self.line.tokens[before];
            token.kind == TokenKind::Word
                && !token.is_capitalized()
                && lexicon::titles().value(self.line.form(before)) == Some("role")
        })
    }

    /// True for ordinary words in capitals: "IN THE NATIONAL INTEREST".
    pub(super) fn is_emphasis(&self, at: usize, end: usize) -> bool {
        (at..end).all(|word| self.line.tokens[word].is_upper() && is_ordinary(self.line.form(word)))
    }

    /// True where a word of saying follows, as it follows the names of people.
    pub(super) fn is_saying(&self, at: usize) -> bool {
        self.line.tokens.get(at).is_some_and(|token| {
            !token.is_capitalized() && lexicon::reporting_verbs().value(&token.folded) == Some("verb")
        })
    }

    /// True where an initial stands inside the run: "Harlan Q. Doe".
    pub(super) fn has_initial(&self, at: usize, end: usize) -> bool {
        (at..end.saturating_sub(1)).any(|word| {
            self.line.tokens[word].kind == TokenKind::Word
                && self.line.tokens[word].text.len() == 1
                && self.line.is_mark(word + 1, '.')
        })
    }
}

/// True for words that are made of others, and so rarely a name: "Recalibration".
pub(super) fn is_derived(form: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "tion", "tions", "sion", "ness", "ment", "ments", "ism", "ists", "ing", "ed", "ously", "ability", "ize",
        "ized", "ally",
    ];
    form.len() > 7 && ENDINGS.iter().any(|ending| form.ends_with(ending))
}

/// True for a Roman number behind a name, all in capitals.
pub(super) fn is_roman(written: &str) -> bool {
    matches!(
        written,
        "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX" | "X" | "XI" | "XII" | "XIV" | "XVI"
    )
}

/// True for a small word inside a name: "van", "bin".
pub(super) fn is_particle(folded: &str) -> bool {
    lexicon::name_particles().values(folded).is_some_and(<[&str]>::is_empty)
}
