//! Claims → where they lie in meaning: which texts are worth encoding, decided by counts, and the pairs that only meaning
//! brings together.

use super::join::Joined;
use super::session::Session;
use super::together::{self, Read};
use super::told_alike::Sayings;
use super::{Step, Watch};
use crate::block;
use crate::compare::{self, Meeting, Prepared, Reading, StoryProfiles};
use crate::config::{Meaning, Settings};
use crate::meaning::{Space, Told, is_built_in};
use crate::model::{Candidate, Claim, ClaimKind, DocumentId};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// With `auto`, a run of no more texts than this is encoded whole, some eighty articles of one event; of a longer one as many
/// texts as this of the pairs that lie nearest to the threshold.
pub(super) const MOST_TEXTS: usize = 4_096;

/// The words of a claim as they are encoded: with what an earlier clause lent it.
pub(super) fn words_of(claim: &Claim) -> String {
    match claim.carried() {
        Some(carried) => format!("{carried} {}", claim.text()),
        None => claim.text().to_owned(),
    }
}

/// The texts of some claims, each once, and which of them each claim has.
#[derive(Default)]
struct Texts {
    number: FxHashMap<String, u32>,
    claims: FxHashMap<u32, (u32, u32)>,
}

impl Texts {
    fn add(&mut self, at: u32, claim: &Claim) {
        // What says nothing means nothing.
        let says = |text: &str| text.contains(char::is_alphanumeric);
        if !self.claims.contains_key(&at) && says(claim.text()) {
            let words = self.number(words_of(claim));
            let sentence = self.number(claim.context.to_string());
            self.claims.insert(at, (words, sentence));
        }
    }

    fn number(&mut self, text: String) -> u32 {
        let next = self.number.len() as u32;
        *self.number.entry(text).or_insert(next)
    }

    /// The claims, encoded.
    fn space(self, session: &Session, claims: usize, article: impl Fn(u32) -> Option<u32>) -> Option<Space> {
        let mut texts: Vec<(u32, &str)> = self.number.iter().map(|(text, at)| (*at, text.as_str())).collect();
        texts.sort_unstable();
        let vectors = session.vectors(&texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>())?;
        let told = |at: u32| {
            let (words, sentence) = *self.claims.get(&at)?;
            Some(Told { words, sentence, article: article(at) })
        };
        Some(Space::of(vectors, (0..claims as u32).map(told).collect()))
    }
}

/// Where the claims that are compared lie, as far as they were encoded.
#[derive(Default)]
pub(super) struct Sense {
    /// Nothing where no claim was encoded.
    pub(super) space: Option<Space>,
    /// What words alone make of each pair, in the order of the pairs, where all of them had to be looked at to find those that
    /// are undecided: a pair of which a claim was not encoded keeps that score. Nothing for a pair that is not compared.
    pub(super) by_words: Option<Vec<Option<f64>>>,
    /// What a reader of both infers of two claims, the smaller number first, as far as they were read together.
    pub(super) read: FxHashMap<(u32, u32), Read>,
}

/// Where the claims that are compared lie, as far as the settings ask for it. Adds the pairs of one story that only their
/// meaning brings together.
pub(super) fn sense(
    (prepared, sayings): (&[Prepared<'_>], &Sayings),
    profiles: &StoryProfiles,
    joined: &mut Joined,
    session: &Session,
    settings: &Settings,
    watch: &dyn Watch,
) -> Sense {
    if settings.compare.meaning == Meaning::Off || !is_built_in() {
        return Sense::default();
    }
    let article = |at: u32| {
        let claim = &prepared[at as usize].claim.claim;
        (claim.kind != ClaimKind::Given).then(|| joined.articles.get(&claim.document).copied()).flatten()
    };
    // Of a part nobody can tell from its pairs which documents are compared; it is of a corpus that is not encoded whole.
    let whole = (!joined.is_part).then(|| whole(prepared, joined, settings.compare.meaning)).flatten();
    let (texts, by_words) = match whole {
        Some(texts) => (texts, None),
        None => {
            let scores = by_words(prepared, sayings, profiles, &joined.pairs);
            (undecided(prepared, profiles, &joined.pairs, &scores), Some(scores))
        }
    };
    if texts.claims.is_empty() {
        return Sense { by_words, ..Sense::default() };
    }
    watch.begin(Step::Meaning, texts.number.len() as u64);
    let space = texts.space(session, prepared.len(), article);
    let mut read = FxHashMap::default();
    if let (Some(space), None) = (&space, &by_words) {
        let found;
        (read, found) = together::read(prepared, joined, space, session, settings, watch);
        joined.pairs.extend(found);
        joined.pairs.par_sort_unstable();
        joined.pairs = block::merge(std::mem::take(&mut joined.pairs));
    }
    Sense { space, by_words, read }
}

/// The texts of all claims of documents that are compared, unless they are too many.
fn whole(prepared: &[Prepared<'_>], joined: &Joined, meaning: Meaning) -> Option<Texts> {
    let of = |at: u32| prepared[at as usize].claim.claim.document;
    let mut compared: FxHashSet<DocumentId> =
        joined.pairs.iter().flat_map(|pair| [of(pair.left), of(pair.right)]).collect();
    let with_neighbors = |at: &u32| joined.near.get(*at as usize).is_some_and(|near| !near.is_empty());
    compared.extend(joined.articles.iter().filter(|(_, at)| with_neighbors(at)).map(|(document, _)| *document));
    let mut texts = Texts::default();
    for (at, prepared) in (0_u32..).zip(prepared) {
        if compared.contains(&prepared.claim.claim.document) {
            texts.add(at, &prepared.claim.claim);
            if meaning == Meaning::Auto && texts.number.len() > MOST_TEXTS {
                return None;
            }
        }
    }
    Some(texts)
}

/// What words alone make of each pair; nothing for one that is not worth comparing or vetoed.
fn by_words(
    prepared: &[Prepared<'_>],
    sayings: &Sayings,
    profiles: &StoryProfiles,
    pairs: &[Candidate],
) -> Vec<Option<f64>> {
    let document = |claim: u32| prepared[claim as usize].claim.claim.document;
    let of = |(): &mut (), meeting: &Meeting<'_>, at: usize| {
        let Candidate { left, right, .. } = pairs[at];
        score_by_words(meeting, profiles.likeness(document(left), document(right)))
    };
    let mut scores = vec![None; pairs.len()];
    for (at, score) in sayings.each_pair(pairs, prepared, || (), of) {
        scores[at as usize] = Some(score);
    }
    scores
}

/// The same for two claims in articles that are this much alike.
pub(super) fn score_by_words(meeting: &Meeting<'_>, likeness: Option<f64>) -> Option<f64> {
    meeting.is_worth_comparing(likeness).then(|| meeting.score(likeness, Reading::default())).flatten()
}

/// The texts of the pairs nearest to the threshold, as many as may be encoded. `scores` runs along with `pairs`.
fn undecided(
    prepared: &[Prepared<'_>],
    profiles: &StoryProfiles,
    pairs: &[Candidate],
    scores: &[Option<f64>],
) -> Texts {
    let mut open: Vec<(f64, u32, u32)> = pairs
        .par_iter()
        .zip(scores)
        .filter_map(|(pair, score)| {
            let document = |claim: u32| prepared[claim as usize].claim.claim.document;
            let likeness = profiles.likeness(document(pair.left), document(pair.right));
            Some((compare::open_to_meaning(likeness, (*score)?)?, pair.left, pair.right))
        })
        .collect();
    open.par_sort_unstable_by(|one, two| two.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(two.1, two.2))));
    let mut texts = Texts::default();
    for (_, left, right) in open {
        if texts.number.len() + 4 > MOST_TEXTS {
            break;
        }
        for at in [left, right] {
            texts.add(at, &prepared[at as usize].claim.claim);
        }
    }
    texts
}

/// How near the two texts of each pair of ready-made claims are; nothing where the settings ask for none.
pub(super) fn of_pairs<'a>(
    pairs: impl IntoIterator<Item = (&'a Claim, &'a Claim)>,
    session: &Session,
    settings: &Settings,
) -> Vec<Option<f64>> {
    let mut texts = Texts::default();
    let mut count = 0;
    if settings.compare.meaning != Meaning::Off {
        for (left, right) in pairs {
            texts.add(count, left);
            texts.add(count + 1, right);
            count += 2;
        }
    }
    let space = if count > 0 { texts.space(session, count as usize, |_| None) } else { None };
    (0..count / 2).map(|pair| space.as_ref()?.nearness(2 * pair, 2 * pair + 1)).collect()
}

#[cfg(all(test, feature = "meaning"))]
mod tests {
    use super::*;
    use crate::normalize::NormalizeSettings;
    use crate::pipeline::pairs::claim_of;

    fn near(meaning: Meaning) -> Vec<Option<f64>> {
        let known = NormalizeSettings::default();
        let claim = |text: &str| claim_of("Courier", text, None, &known).claim;
        let pairs = [
            (claim("Doctors in Calder walked out over pay."), claim("Physicians in Calder struck for higher wages.")),
            (claim("Doctors in Calder walked out over pay."), claim("The bridge in Calder was closed to trucks.")),
            (claim("Doctors in Calder walked out over pay."), claim("...")),
        ];
        let mut settings = Settings::default();
        settings.compare.meaning = meaning;
        let session = Session::open(&settings).expect("nothing is opened");
        of_pairs(pairs.iter().map(|(left, right)| (left, right)), &session, &settings)
    }

    #[test]
    fn the_same_in_other_words_is_nearer_than_another_thing() {
        let near = near(Meaning::Auto);
        let (same, other) = (near[0].expect("both say something"), near[1].expect("both say something"));
        assert!(same > other + 0.3, "{same} {other}");
        assert_eq!(near[2], None, "a text without a word has no meaning");
    }

    #[test]
    fn nothing_is_encoded_where_nothing_is_asked_for() {
        assert!(near(Meaning::Off).iter().all(Option::is_none));
    }

    #[test]
    fn a_clause_is_encoded_with_the_subject_it_was_lent() {
        let known = NormalizeSettings::default();
        let mut claim = claim_of("Courier", "The mayor opened the bridge and left.", None, &known).claim;
        assert_eq!(words_of(&claim), "The mayor opened the bridge and left.");
        let (subject, left) = (crate::model::Span::new(0, 9), crate::model::Span::new(32, 37));
        (claim.subject, claim.span) = (Some(subject), left);
        assert_eq!(words_of(&claim), "The mayor left.");
    }
}
