//! Who says what, by the tree. In: a sentence, its tree, and the reports that word patterns found. Out: these with what the tree
//! shows besides: the clause that hangs from a reporting verb, and the subject of that verb however far it stands from it.
//!
//! Word patterns read quotations and inserted cues better than the parser does, which learned on other texts; the tree reads long
//! subjects, subordinate clauses and verbs whose content is no neighbor. A verb that is denied, planned or asks reports nothing.

use super::attribution::{Report, Side};
use super::phrases::Reader;
use super::syntax::Syntax;
use super::words::{auxiliary, is_adverb, is_joiner, is_preposition, is_pronoun};
use crate::lexicon;
use crate::model::{Grammar, Tag, Tree, Upos};
use crate::text::tokens::TokenKind;

/// How far behind a reporting verb a quotation may begin that hangs from it without a clause in the tree, in tokens.
const QUOTE_REACH: usize = 3;

/// How many verbs up a subject is taken over from.
const FARTHEST_SUBJECT: usize = 4;

/// True where the tree of a sentence is worth asking for: the sentence holds a word that can report, and the tree could show a report
/// that is not among `found`, or another speaker of one that is. It only rules out what [`with_tree`] never answers, by words alone,
/// since parsing takes longer than all else that is read off a sentence.
pub(super) fn asks_tree(syntax: &Syntax<'_>, found: &[Report]) -> bool {
    let told = |at: usize| found.iter().any(|report| (report.cue.0..report.cue.1).contains(&at));
    let can_report = |at: usize| {
        reporting_class(syntax.word(at)).is_some_and(|class| class != "label")
            && !is_thing(syntax, at)
            && (0..at).any(|before| opens_speaker(syntax, before))
    };
    let mut any = false;
    for at in (0..syntax.tokens.len()).filter(|&at| !syntax.quoted[at]) {
        let clear = syntax.word(at) == "clear";
        if clear || can_report(at) && !told(at) {
            return true;
        }
        any |= reporting_class(syntax.word(at)).is_some();
    }
    any && found.iter().any(|report| is_doubtful(syntax, report))
}

/// True where the name of a speaker whom the tree shows can begin at `at`.
fn opens_speaker(syntax: &Syntax<'_>, at: usize) -> bool {
    let word = syntax.word(at);
    !syntax.quoted[at] && !syntax.is_finite(at) && !is_preposition(word) && !is_joiner(word)
}

/// True for a word that is the name of a thing where it stands: "its claims", "the United States".
fn is_thing(syntax: &Syntax<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| syntax.word(before));
    matches!(before, "the" | "a" | "an" | "its" | "their" | "our" | "my" | "your")
        || before == "united" && syntax.word(at) == "states"
}

/// True where the speaker of a report that word patterns found may be another one by the tree.
fn is_doubtful(syntax: &Syntax<'_>, report: &Report) -> bool {
    let Some((from, to)) = report.speaker else { return false };
    to > report.cue.0 || follows_mark(syntax, report) || !adjoins(syntax, to, report) || is_verb_form(syntax, from)
}

/// True where a mark stands before the reporting words.
fn follows_mark(syntax: &Syntax<'_>, report: &Report) -> bool {
    report.cue.0 > 0 && syntax.tokens[report.cue.0 - 1].kind == TokenKind::Mark
}

/// True where nothing but adverbs and auxiliaries stands between the token `to` and the reporting words.
fn adjoins(syntax: &Syntax<'_>, to: usize, report: &Report) -> bool {
    (to..report.cue.0).all(|at| is_adverb(syntax.word(at)) || auxiliary(syntax.word(at)).is_some())
}

/// True for a word that can be a form of a verb.
fn is_verb_form(syntax: &Syntax<'_>, at: usize) -> bool {
    lexicon::verbs().forms(syntax.word(at)).any() || auxiliary(syntax.word(at)).is_some()
}

/// The class of a reporting verb or gerund.
fn reporting_class(word: &str) -> Option<&'static str> {
    let values = lexicon::reporting_verbs().values(word)?;
    matches!(values.first(), Some(&"verb" | &"gerund")).then(|| values.get(1).copied().unwrap_or(""))
}

/// `found` and what the tree shows besides, in the order of the text.
pub(super) fn with_tree(syntax: &Syntax<'_>, tree: &Tree, mut found: Vec<Report>) -> Vec<Report> {
    let reader = Reader::of(syntax, tree);
    for verb in 0..tree.words().len() {
        let at = reader.token_of[verb];
        if at >= syntax.tokens.len() || syntax.quoted[at] {
            continue;
        }
        let known = found.iter().position(|report| (report.cue.0..report.cue.1).contains(&at));
        match known.map(|known| (known, reader.better_speaker(verb, &found[known]))) {
            // Whoever was taken for the speaker of a clause beside the main one says nothing.
            Some((known, Some(_))) if reader.is_aside(verb) => {
                found.remove(known);
            }
            Some((known, Some(speaker))) => found[known].speaker = Some(speaker),
            Some((_, None)) => {}
            None => found.extend(reader.report(verb)),
        }
    }
    found.sort_by_key(|report| report.cue);
    found
}

impl Reader<'_> {
    /// What the verb reports, and who.
    fn report(&self, verb: usize) -> Option<Report> {
        let at = self.token_of[verb];
        let clear = self.makes_clear(verb);
        let class = if clear.is_some() { "content" } else { reporting_class(self.syntax.word(at))? };
        if class == "label"
            || is_thing(self.syntax, at)
            || self.is_relative(verb)
            || self.is_aside(verb)
            || !self.reports_now(verb)
            || self.has_denial(verb)
        {
            return None;
        }
        let speaker = self.speaker_of(verb)?;
        let side = match clear {
            Some(_) => Side::After,
            None => self.content_side(verb, at).or_else(|| self.inserted(verb, speaker))?,
        };
        let end = clear.map_or(at, |clear| self.token_of[clear]) + 1;
        Some(Report { cue: (at, end), speaker: Some(speaker), side })
    }

    /// True in a clause beside a noun: "a man who claimed that" tells of him, and is not what he said.
    fn is_relative(&self, verb: usize) -> bool {
        let mut at = Some(verb);
        while let Some(word) = at {
            if self.word(word).relation == Grammar::AclRelcl {
                return true;
            }
            at = self.word(word).head;
        }
        false
    }

    /// The "clear" of "made clear that", behind which a clause stands.
    fn makes_clear(&self, verb: usize) -> Option<usize> {
        let is_clear = |&word: &usize| {
            let at = self.token_of[word];
            self.syntax.word(at) == "clear" && !self.syntax.quoted[at]
        };
        let clear = (verb + 1..self.tree.words().len().min(verb + 3)).find(is_clear)?;
        let that = self.tree.words().get(clear + 1).is_some_and(|word| word.lemma == "that");
        (self.lemma(verb) == "make" && that).then_some(clear)
    }

    /// The side of what a verb reports whose clause stands beside it or above it: "The dam, Moe said, will hold", "As the Courier
    /// reported, the dam broke".
    fn inserted(&self, verb: usize, speaker: (usize, usize)) -> Option<Side> {
        let word = self.word(verb);
        let head = word.head?;
        if self.own_subject(verb).is_none() || self.tree.child(verb, &[Grammar::Obj, Grammar::Xcomp]).is_some() {
            return None;
        }
        let side = if head > verb { Side::After } else { Side::Before };
        match word.relation {
            Grammar::Parataxis => {
                let before = (0..speaker.0).any(|at| self.syntax.tokens[at].kind != TokenKind::Mark);
                before.then_some(Side::Around)
            }
            Grammar::Advcl => {
                self.tree.children_by(verb, &[Grammar::Mark]).any(|mark| self.lemma(mark) == "as").then_some(side)
            }
            _ => None,
        }
    }

    /// The subject of a reporting verb for which words alone found somebody else: whom it was told ("Ann Lund, D-Holm, told the
    /// Courier"), a noun inside the subject ("the lawyer who wrote on ethics, said"), or another phrase farther off.
    fn better_speaker(&self, verb: usize, report: &Report) -> Option<(usize, usize)> {
        let subject = self.own_subject(verb).filter(|&subject| subject < verb)?;
        let told = self.speaker_of(verb)?;
        let found = report.speaker?;
        if told.0 < found.1 && found.0 < told.1 {
            return None;
        }
        let behind = found.0 >= report.cue.1;
        let marked = follows_mark(self.syntax, report);
        let phrase = self.tree.subtree(subject, |_| false);
        let verbal = is_verb_form(self.syntax, found.0)
            && self.tree.words().get(self.word_of[found.0]).is_some_and(|word| word.upos == Upos::Verb);
        let adjoins = |to: usize| adjoins(self.syntax, to, report);
        let inside = (marked || verbal) && phrase.iter().any(|&word| (found.0..found.1).contains(&self.token_of[word]));
        let nearer = adjoins(told.1) && (found.1 > report.cue.0 || !adjoins(found.1));
        (behind || inside || nearer).then_some(told)
    }

    /// True in a clause that only tells when or why something else happened: "The report came a day after Moe insisted that ..." is not
    /// what Moe said.
    fn is_aside(&self, verb: usize) -> bool {
        let finite = self.word(verb).tag != Tag::Vbg;
        let mark = self.tree.children_by(verb, &[Grammar::Mark]).next();
        self.word(verb).relation == Grammar::Advcl
            && finite
            && mark.is_some_and(|mark| !matches!(self.lemma(mark), "as" | "that" | "while" | "although" | "though"))
    }

    /// True for a finite verb, a participle after "has", and a gerund beside a clause; false for a passive, and for what may or
    /// will be said.
    fn reports_now(&self, verb: usize) -> bool {
        let has = |lemma: &str| self.tree.children_by(verb, &[Grammar::Aux]).any(|aux| self.lemma(aux) == lemma);
        let passive = self.tree.child(verb, &[Grammar::AuxPass, Grammar::NsubjPass]).is_some();
        let beside = matches!(self.word(verb).relation, Grammar::Advcl | Grammar::Acl | Grammar::Conj);
        match self.word(verb).tag {
            Tag::Vbd | Tag::Vbz | Tag::Vbp => !passive,
            Tag::Vbn => !passive && has("have"),
            Tag::Vbg => has("be") || beside && self.tree.child(verb, &[Grammar::Mark]).is_none(),
            _ => false,
        }
    }

    /// On which side of the verb stands the clause or quotation it reports.
    fn content_side(&self, verb: usize, at: usize) -> Option<Side> {
        let side = |content: usize| if content > verb { Side::After } else { Side::Before };
        let told = |content: &usize| {
            let opens = self.tree.subtree(*content, |_| false).into_iter().min().unwrap_or(*content);
            let asks = matches!(self.word(opens).tag, Tag::Wrb | Tag::Wp | Tag::Wdt)
                || self
                    .tree
                    .children_by(*content, &[Grammar::Mark])
                    .any(|mark| !matches!(self.lemma(mark), "that") && *content > verb);
            !asks && self.is_clause_with_subject(*content)
        };
        if let Some(content) = self.tree.children_by(verb, &[Grammar::Ccomp]).find(told) {
            return Some(side(content));
        }
        // "indicated in an interview that he may": the parser takes the clause for a circumstance.
        let that = |content: &usize| {
            *content > verb && self.tree.children_by(*content, &[Grammar::Mark]).any(|mark| self.lemma(mark) == "that")
        };
        let near = self.tree.children_by(verb, &[Grammar::Obl]).flat_map(|place| self.tree.subtree(place, |_| false));
        let in_place =
            |word: usize| matches!(self.word(word).relation, Grammar::Acl | Grammar::AclRelcl) && that(&word);
        if self.tree.children_by(verb, &[Grammar::Advcl]).any(|content| that(&content))
            || near.into_iter().any(in_place)
        {
            return Some(Side::After);
        }
        let quote = (at + 1..self.syntax.tokens.len()).take(QUOTE_REACH).any(|next| self.syntax.quoted[next]);
        quote.then_some(Side::After)
    }

    fn is_clause_with_subject(&self, head: usize) -> bool {
        self.tree.child(head, &[Grammar::Nsubj, Grammar::NsubjPass, Grammar::Expl, Grammar::Csubj]).is_some()
    }

    /// The subject of the verb as tokens: its own, the noun of its relative clause, or the one it takes over.
    fn speaker_of(&self, verb: usize) -> Option<(usize, usize)> {
        let subject = self.own_subject(verb).or_else(|| self.taken_subject(verb)).filter(|&subject| subject < verb)?;
        let (from, to) = (self.start_of(subject), self.speaker_end(subject));
        let speaks = self.word(subject).is_noun()
            || self.word(subject).upos == Upos::Pron && is_pronoun(self.syntax.word(from))
            || self.word(subject).upos == Upos::Num;
        // "Earlier Friday, the chairman revealed": a day was taken for the subject, or a clause.
        let phrase = !self.tells_time(subject)
            && self.tree.child(subject, &[Grammar::Cop]).is_none()
            && self.syntax.first_finite(from, to).is_none()
            && !is_preposition(self.syntax.word(from))
            && !is_joiner(self.syntax.word(from));
        let outside = (from..to).all(|token| !self.syntax.quoted[token]);
        (speaks && phrase && outside && from < to && to <= self.token_of[verb]).then_some((from, to))
    }

    fn own_subject(&self, verb: usize) -> Option<usize> {
        let own = self.tree.child(verb, &[Grammar::Nsubj, Grammar::NsubjPass])?;
        let word = self.word(verb);
        if matches!(self.word(own).tag, Tag::Wp | Tag::Wdt) {
            return word.head.filter(|_| word.relation == Grammar::AclRelcl);
        }
        Some(own)
    }

    /// The subject of an earlier verb that `verb` shares: "issued a statement and said", "left, saying", "issued a statement
    /// saying". Where a clause with a subject of its own stands between, that one may be meant.
    fn taken_subject(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..FARTHEST_SUBJECT {
            let word = self.word(at);
            let head = word.head?;
            let shares = match word.relation {
                Grammar::Conj => true,
                Grammar::Advcl => word.tag == Tag::Vbg,
                Grammar::Acl => word.tag == Tag::Vbg && self.word(head).relation == Grammar::Obj,
                Grammar::Obj => at != verb,
                _ => false,
            };
            if !shares {
                return None;
            }
            at = head;
            if let Some(own) = self.own_subject(at) {
                let between = |word: usize| self.tree.child(word, &[Grammar::Nsubj, Grammar::NsubjPass]).is_some();
                return (!(at + 1..verb).any(between)).then_some(own);
            }
        }
        None
    }

    /// The token after the name of a speaker, also where it follows an office: "campaign manager Kellyanne Conway".
    fn speaker_end(&self, subject: usize) -> usize {
        let mut to = self.name_end(subject);
        let name = |to: usize| {
            let follows = self.syntax.tokens.get(to).is_some_and(|token| token.is_capitalized());
            follows && self.tree.words().get(self.word_of[to]).is_some_and(|word| word.upos == Upos::Propn)
        };
        while to < self.word_of.len() && name(to) {
            to += 1;
        }
        // Behind a comma stands no name, but the party, the state or the age of the one named; several are all named.
        let from = self.start_of(subject);
        let several = self.tree.child(subject, &[Grammar::Conj]).is_some();
        let comma = (from..to).find(|&at| self.syntax.tokens[at].is_mark(',') || self.syntax.tokens[at].is_mark('('));
        comma.filter(|&comma| !several && comma > from).unwrap_or(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::attribution::reports;
    use crate::extract::quotes::quotations;
    use crate::grammar::parse;
    use crate::model::{Passage, PassageKind, Segmented, Sentence, Span};

    fn read(text: &str) -> Syntax<'_> {
        let span = Span::new(0, text.len());
        let kind = PassageKind::Paragraph;
        let passages = vec![Passage { span, kind, set_aside: None }];
        let sentences = vec![Sentence { span, passage: 0, kind, set_aside: None }];
        let quotes: Vec<Span> =
            quotations(text, &Segmented { passages, sentences }).into_iter().map(|quotation| quotation.inner).collect();
        Syntax::read(text, &quotes)
    }

    /// The speakers of a sentence and their cues, in order.
    fn said(text: &str) -> Vec<String> {
        let syntax = read(text);
        let shown = |(from, to): (usize, usize)| syntax.span(from, to).of(text);
        with_tree(&syntax, &parse(text), reports(&syntax, |_| None))
            .into_iter()
            .map(|report| format!("{}: {}", shown(report.cue), report.speaker.map_or("?", shown)))
            .collect()
    }

    #[test]
    fn the_subject_speaks_however_far_it_stands() {
        for (text, expected) in [
            (
                "The owners of the three mills that asked for a bridge over the river said late Thursday they were glad the inquiry was over.",
                "said: The owners of the three mills",
            ),
            ("Ida Lund, a lawyer who has written on dams and tides, said that the wall was thin.", "said: Ida Lund"),
            ("Reports coming in from the villages, the engineer said, show the dam is safe.", "said: the engineer"),
            ("At noon Olaf Moe indicated in a letter to the council that he would not pay.", "indicated: Olaf Moe"),
            ("As the Holm Courier reported on Monday, the dam had been thin for years.", "reported: the Holm Courier"),
            ("Olaf Moe made clear that the town would not pay for the wall.", "made clear: Olaf Moe"),
            ("Trying to calm the town, Olaf Moe issued a statement saying the dam was safe.", "saying: Olaf Moe"),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
    }

    #[test]
    fn who_hears_it_does_not_say_it() {
        assert_eq!(
            said("\u{201C}It will hold for years,\u{201D} Ida Lund, the chief engineer, told reporters on Friday."),
            ["told: Ida Lund"]
        );
    }

    #[test]
    fn what_is_denied_asked_or_to_come_is_not_said() {
        for text in [
            "The mayor did not say in the letter to the council that the dam was safe.",
            "The vote came a day after Mayor Anna Berg insisted \u{201C}nothing improper\u{201D} had happened.",
            "The mayor will say in a letter to the council that the dam is safe.",
            "The council asked in a letter of March whether the dam was safe.",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }

    /// Every sentence of the stories, cut where a stop and a space stand.
    fn sentences_of_stories() -> Vec<String> {
        let stories = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/stories");
        let folders = std::fs::read_dir(stories).unwrap().map(|story| story.unwrap().path().join("sources"));
        let files = folders.filter(|sources| sources.is_dir()).flat_map(|sources| std::fs::read_dir(sources).unwrap());
        let texts = files.filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok());
        texts.flat_map(|text| text.split_inclusive(". ").map(|one| one.trim().to_owned()).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn what_the_tree_is_not_asked_for_it_would_not_tell() {
        let sentences = sentences_of_stories();
        let mut spared = 0;
        for text in sentences.iter().map(String::as_str).chain([
            "Says the mayor closed the bridge.",
            "The mayor closed the bridge, critics said.",
            "Its claims were paid by the United States in reports of the office.",
            "The mayor described the clear water of the river as his.",
        ]) {
            let syntax = read(text);
            let found = reports(&syntax, |_| None);
            if asks_tree(&syntax, &found) {
                continue;
            }
            let reads = |at: usize| reporting_class(syntax.word(at)).is_some();
            spared += usize::from((0..syntax.tokens.len()).any(reads));
            assert_eq!(with_tree(&syntax, &parse(text), found.clone()), found, "{text}");
        }
        assert!(sentences.len() > 100 && spared > 10, "{spared} of {}", sentences.len());
    }

    #[test]
    fn a_noun_says_nothing_that_only_looks_like_a_verb() {
        assert_eq!(said("The council passed a plan that supporters say will end the floods."), ["say: supporters"]);
        assert_eq!(said("Olaf Moe wrote that the United States built the dam."), ["wrote: Olaf Moe"]);
    }
}
