//! Which clauses of two claims tell of one deed, and how they differ. In: the frame of two claims with their deeds. Out: pairs of deeds that are
//! one or cannot be, and how their parts meet. It raises nothing itself.
//!
//! Two clauses tell of one deed where their predicates are one word or words of one meaning and no part of the one is another
//! thing than the same part of the other. Pronouns may be anybody and settle nothing.

use super::deeds::{Deed, Footing, Part};
use super::frame::{Frame, Hand};
use super::naming::{could_fill_one_place, name_at, same_name};
use super::words::is_content;
use crate::lexicon::{related, roles, verb_frames};
use crate::model::{MentionKind, Mode, Span, Term, TermRole};
use crate::text::stems::stem;

/// Share of the words of both claims that must be the same for parts exchanged beside the main clause.
pub(super) const EXCHANGED_SHARE: f64 = 0.8;

/// Share of the words of both claims that must be the same where no name ties them together.
const KNOWN_SHARE: f64 = 0.6;

/// Words that both claims tell of a thing that has no name, from which on it is one thing: "failure to pass the tax deal would raise the risk of a
/// double-dip recession".
const KNOWN_WORDS: usize = 7;

/// How two parts of two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meet {
    /// The same person or thing.
    Same,
    /// Two persons or things.
    Other,
    /// One of them is a pronoun, or nothing tells.
    Unknown,
}

/// Two claims' deeds.
pub(super) struct Clauses<'f, 'a> {
    pub(super) frame: &'f Frame<'a>,
    pub(super) left: &'f [Deed],
    pub(super) right: &'f [Deed],
}

impl<'f, 'a> Clauses<'f, 'a> {
    /// The deeds of both claims.
    pub(super) fn of(frame: &'f Frame<'a>) -> Self {
        Self { frame, left: frame.deeds(Hand::Left), right: frame.deeds(Hand::Right) }
    }

    /// Pairs of deeds of one predicate.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Deed, &Deed)> {
        self.left.iter().flat_map(move |one| {
            self.right.iter().filter(move |other| self.one_predicate(one, other)).map(move |other| (one, other))
        })
    }

    /// True where each claim states deeds and none of them is a deed of the other claim by its predicate. What "went on strike" is
    /// is not told by its verb.
    pub(super) fn are_other_deeds(&self) -> bool {
        let light = |deed: &Deed| verb_frames().values(&deed.lemma).is_some_and(|values| values.contains(&"light"));
        let acts = |deeds: &[Deed]| {
            let mut acts = deeds.iter().filter(|deed| deed.main && !deed.state).peekable();
            acts.peek().is_some() && !acts.any(light)
        };
        let akin = |one: &Deed, other: &Deed| {
            let entry = |deed: &Deed| related::entry(&stem(deed.lemma.split(' ').next().unwrap_or_default()));
            entry(one).zip(entry(other)).is_some_and(|(one, other)| related::between(one, other).is_some())
        };
        acts(self.left)
            && acts(self.right)
            && self.pairs().all(|(one, other)| {
                // "bought the mill", "bought new buses": done to another thing it is another deed.
                let of_another = one.main && other.main && self.meet_all(&one.patients, &other.patients) == Meet::Other;
                one.state && other.state || of_another
            })
            && !self.left.iter().any(|one| self.right.iter().any(|other| akin(one, other)))
    }

    pub(super) fn one_predicate(&self, one: &Deed, other: &Deed) -> bool {
        let stem_of = |hand: Hand, deed: &Deed| &self.frame.terms(hand)[deed.predicate].stem;
        let other_lemma = || one.lemma.split(' ').next() != other.lemma.split(' ').next();
        // "take place" and "take steps" share a verb that tells neither.
        let light = || stem_of(Hand::Left, one) == stem_of(Hand::Right, other) && other_lemma();
        one.lemma == other.lemma || self.frame.partner(Hand::Left, one.predicate) == Some(other.predicate) && !light()
    }

    /// True where the one claim quotes what its speaker says of itself, and the other tells it in its own words: "I", "he".
    fn is_retold(&self, one: &str, other: &str) -> bool {
        let first = |word: &str| word == "i";
        let third = |word: &str| matches!(word, "he" | "she");
        let direct =
            |hand: Hand| self.frame.claim(hand).claim.attribution.as_ref().is_some_and(|it| it.mode == Mode::Direct);
        (first(one) && third(other) || third(one) && first(other)) && direct(Hand::Left) != direct(Hand::Right)
    }

    pub(super) fn meet(&self, left: Part, right: Part) -> Meet {
        let frame = self.frame;
        if left.pronoun || right.pronoun {
            let (one, other) = (&frame.terms(Hand::Left)[left.head], &frame.terms(Hand::Right)[right.head]);
            let one_way = one.word == other.word || self.is_retold(&one.word, &other.word);
            let speaker_of_both = left.pronoun && right.pronoun && one_way && self.one_speaker();
            return if speaker_of_both { Meet::Same } else { Meet::Unknown };
        }
        let names = (name_at(frame.claim(Hand::Left), left.head), name_at(frame.claim(Hand::Right), right.head));
        if let (Some(one), Some(other)) = names {
            return if same_name(&one.key, &other.key) {
                Meet::Same
            } else if could_fill_one_place(one.kind, other.kind) {
                Meet::Other
            } else {
                Meet::Unknown
            };
        }
        let (one, other) = (&frame.terms(Hand::Left)[left.head], &frame.terms(Hand::Right)[right.head]);
        let partners = (frame.partner(Hand::Left, left.head), frame.partner(Hand::Right, right.head));
        match partners {
            _ if one.stem == other.stem => Meet::Same,
            (Some(partner), _) if partner == right.head => Meet::Same,
            // Each is told elsewhere in the other claim.
            (Some(_), Some(_)) => Meet::Other,
            // A name may be told by an office: "the president".
            _ if names.0.is_some() || names.1.is_some() => Meet::Unknown,
            (None, None) if is_content(one) && is_content(other) => Meet::Other,
            _ => Meet::Unknown,
        }
    }

    /// How the same parts of two deeds stand: the same where one member is the same, other where all are.
    pub(super) fn meet_all(&self, left: &[Part], right: &[Part]) -> Meet {
        let mut all = left.iter().flat_map(|one| right.iter().map(move |other| self.meet(*one, *other)));
        let mut found = Meet::Unknown;
        if left.is_empty() || right.is_empty() {
            return found;
        }
        let mut other = true;
        for meet in all.by_ref() {
            match meet {
                Meet::Same => found = Meet::Same,
                Meet::Unknown => other = false,
                Meet::Other => {}
            }
        }
        if found != Meet::Same && other { Meet::Other } else { found }
    }

    pub(super) fn same_in(&self, left: &[Part], right: &[Part]) -> bool {
        self.meet_all(left, right) == Meet::Same
    }

    /// True where no part of the one is another thing in the other, and one part at least is the same.
    pub(super) fn one_deed(&self, one: &Deed, other: &Deed) -> bool {
        let agents = self.meet_all(&one.agents, &other.agents);
        let patients = self.meet_all(&one.patients, &other.patients);
        // "The minister warned that failure would raise the risk": who speaks is easily taken for who does it.
        let speaks = |hand: Hand, parts: &[Part]| {
            let speaker = self.frame.claim(hand).claim.attribution.as_ref().and_then(|it| it.speaker.as_ref());
            parts.iter().find(|part| part.carried).is_some_and(|part| {
                speaker.is_some_and(|speaker| speaker.span.overlaps(self.frame.terms(hand)[part.head].span))
            })
        };
        let other_agents =
            agents == Meet::Other && !speaks(Hand::Left, &one.agents) && !speaks(Hand::Right, &other.agents);
        if other_agents || patients == Meet::Other {
            return false;
        }
        let others = one.others.iter().any(|(lead, part)| {
            other.others.iter().any(|(other_lead, it)| lead == other_lead && self.meet(*part, *it) == Meet::Same)
        });
        let needs_patient = !one.patients.is_empty() && !other.patients.is_empty() || one.state;
        let same_patient = patients == Meet::Same || others && one.patients.is_empty();
        if needs_patient && !one.state { same_patient } else { agents == Meet::Same || patients == Meet::Same }
    }

    /// True where a deed has a part besides doer and object that the other claim knows nothing of, though it tells such parts of its own.
    pub(super) fn is_strange(&self, hand: Hand, deed: &Deed, held: &Deed) -> bool {
        !held.others.is_empty()
            && deed.others.iter().any(|(_, part)| {
                let terms = self.frame.terms(hand);
                // "in any way" tells nothing more.
                let any = terms[part.head.saturating_sub(2)..part.head].iter().any(|term| term.word == "any");
                let tells = matches!(terms[part.head].role, TermRole::Content | TermRole::Name);
                !any && tells && self.frame.partner(hand, part.head).is_none()
            })
    }

    /// True where nothing that stands under the denial has another thing in its place: "not playing on a playground" denies
    /// nothing of a gym.
    pub(super) fn one_scope(&self, one: &Deed, other: &Deed) -> bool {
        !self.is_strange(Hand::Left, one, other) && !self.is_strange(Hand::Right, other, one)
    }

    /// True where something says that both claims speak of one case: a name of the deed, a name they share, or a subject
    /// that is no newcomer. "A man" need not be "the man" of another claim.
    pub(super) fn is_known(&self, one: &Deed, other: &Deed) -> bool {
        let named = |deed: &Deed, hand: Hand| {
            deed.agents
                .iter()
                .chain(&deed.patients)
                .any(|part| self.frame.terms(hand)[part.head].role == TermRole::Name)
        };
        let shared = self.frame.shared(&[], &[]);
        named(one, Hand::Left) && named(other, Hand::Right)
            || self.one_speaker()
            || self.frame.anchored() && (self.frame.shares_name() || shared.least >= KNOWN_SHARE)
            || shared.partners >= KNOWN_WORDS
    }

    /// The phrases that tell when one deed was done, of two clauses that tell of it with its doer and what it is done to or another part
    /// of it. Nothing where either claim tells more than one time of it.
    pub(super) fn dated(&self) -> Option<(Span, Span)> {
        self.pairs().find_map(|(one, other)| {
            let ([left], [right]) = (one.times.as_slice(), other.times.as_slice()) else { return None };
            let is_told = |deed: &Deed| deed.main && !deed.denied && !deed.state && deed.footing != Footing::Open;
            let agents = self.same_in(&one.agents, &other.agents);
            let patients = self.same_in(&one.patients, &other.patients);
            let parts = |deed: &Deed, hand: Hand| -> Vec<(String, Part)> {
                let timed =
                    |part: &Part| deed.times.iter().any(|time| time.overlaps(self.frame.terms(hand)[part.head].span));
                deed.others.iter().filter(|(_, part)| !timed(part)).cloned().collect()
            };
            let (lefts, rights) = (parts(one, Hand::Left), parts(other, Hand::Right));
            let in_one_part = |wanted: Meet| {
                lefts.iter().any(|(lead, part)| {
                    rights.iter().any(|(other_lead, it)| lead == other_lead && self.meet(*part, *it) == wanted)
                })
            };
            let whole = agents && (patients || in_one_part(Meet::Same));
            let stands = is_told(one)
                && is_told(other)
                && one.footing == other.footing
                && self.one_predicate(one, other)
                && is_done_once(self.frame.terms(Hand::Left), one)
                && !self.is_told_again()
                && !is_newcomer(self.frame.terms(Hand::Left), one.predicate)
                && !is_newcomer(self.frame.terms(Hand::Right), other.predicate)
                && self.one_deed(one, other)
                && whole
                && !in_one_part(Meet::Other);
            stands.then_some((*left, *right))
        })
    }

    /// True where either claim says that something was done more than once.
    pub(super) fn is_told_again(&self) -> bool {
        let again = |term: &Term| {
            matches!(
                term.word.as_str(),
                "again"
                    | "another"
                    | "second"
                    | "third"
                    | "twice"
                    | "last"
                    | "further"
                    | "more"
                    | "next"
                    | "also"
                    | "once"
            )
        };
        [Hand::Left, Hand::Right].into_iter().any(|hand| self.frame.terms(hand).iter().any(again))
    }

    /// The names in one part of one deed whose other parts are the same: two of them at least, or one where the deed is one
    /// that a single person does.
    pub(super) fn replaced(&self) -> Option<(usize, usize)> {
        self.pairs().find_map(|(one, other)| {
            if !one.main
                || !other.main
                || one.denied != other.denied
                || one.footing != other.footing
                || one.agents.len() != 1
                || other.agents.len() != 1
            {
                return None;
            }
            let (left, right) = (one.agents[0], other.agents[0]);
            let names = [
                name_at(self.frame.claim(Hand::Left), left.head)?,
                name_at(self.frame.claim(Hand::Right), right.head)?,
            ];
            let strange = self.frame.partner(Hand::Left, left.head).is_none()
                && self.frame.partner(Hand::Right, right.head).is_none();
            let patients = self.meet_all(&one.patients, &other.patients);
            let same_others = one
                .others
                .iter()
                .filter(|(lead, part)| {
                    other
                        .others
                        .iter()
                        .any(|(other_lead, it)| lead == other_lead && self.meet(*part, *it) == Meet::Same)
                })
                .count();
            let same = same_others + usize::from(patients == Meet::Same);
            let sole = roles().value(&self.frame.terms(Hand::Left)[one.predicate].word) == Some("sole");
            // "won a prize": of things that the text names no further there may be many, and many who did it.
            let of_many = is_newcomer(self.frame.terms(Hand::Left), one.predicate)
                || is_newcomer(self.frame.terms(Hand::Right), other.predicate);
            let enough = if of_many { same >= 3 } else { same >= 2 || same == 1 && sole };
            let one_sort = names[0].kind == names[1].kind
                && matches!(names[0].kind, MentionKind::Person | MentionKind::Organization);
            (strange && enough && one_sort && patients != Meet::Other && self.meet(left, right) == Meet::Other)
                .then_some((left.head, right.head))
        })
    }

    /// The words from the first to the last of a deed's predicate and core parts.
    pub(super) fn words(&self, hand: Hand, deed: &Deed) -> Span {
        let terms = self.frame.terms(hand);
        let parts = deed.agents.iter().chain(&deed.patients).map(|part| part.head);
        let places = || parts.clone().chain([deed.predicate]).filter_map(|at| terms.get(at));
        let claim = self.frame.claim(hand).claim.span;
        places().map(|term| term.span).reduce(Span::cover).unwrap_or(claim)
    }
}

/// True where what follows the verb at `at` is new to the text: "a prize", "several houses".
pub(super) fn is_newcomer(terms: &[Term], at: usize) -> bool {
    terms
        .get(at + 1)
        .is_some_and(|next| matches!(next.word.as_str(), "a" | "an" | "another" | "one" | "some" | "several" | "many"))
}

/// True for a deed of which there is one: to be born, to found.
fn is_done_once(terms: &[Term], deed: &Deed) -> bool {
    roles().value(&terms[deed.predicate].word) == Some("sole")
}
