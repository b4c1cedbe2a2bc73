//! Claims → where they lie in meaning: which texts are worth encoding, decided by counts, and the pairs that only meaning
//! brings together.

use super::join::Joined;
use super::session::Session;
use super::{Step, Watch};
use crate::block;
use crate::compare::{self, Prepared, Reading, StoryProfiles};
use crate::config::{Meaning, Settings};
use crate::meaning::{Space, Told, is_built_in};
use crate::model::{Candidate, Claim, ClaimKind, DocumentId, Inference, KeySet};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// With `auto`, a run of no more texts than this is encoded whole, some eighty articles of one event; of a longer one as many
/// texts as this of the pairs that lie nearest to the threshold.
const MOST_TEXTS: usize = 4_096;

/// With `auto`, no more pairs than this are read together.
const MOST_READ: usize = 512;

/// Words of a claim that is read together with another: of fewer, a cross-encoder trained on sentences makes anything.
const LEAST_WORDS: usize = 3;

/// A pair is read together where its score lies no more than so many bits below the threshold.
const WITHIN_REACH: f64 = 4.0;

/// Two claims of one story are compared from this nearness upward though they share no key. On the stories of
/// `docs/quality.md` a pair of less is never about the same thing by the weights of `compare`.
const NEAR_IN_STORY: f64 = 0.35;

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

/// What is known of the meaning of the claims that are compared.
#[derive(Default)]
pub(super) struct Sense {
    /// Where they lie, as far as they were encoded; nothing where no claim was.
    space: Option<Space>,
    /// What a reader of both infers of the pairs that were read together.
    inferences: FxHashMap<(u32, u32), Inference>,
    /// The score of each pair before any was read together, in the order of the pairs. Nothing for a pair that is not compared;
    /// no list where no meaning is asked for.
    pub(super) scores: Option<Vec<Option<f64>>>,
}

impl Sense {
    /// What is known of two claims.
    pub(super) fn reading(&self, left: u32, right: u32) -> Reading {
        Reading {
            nearness: self.space.as_ref().and_then(|space| space.nearness(left, right)),
            inference: self.inferences.get(&(left, right)).copied(),
        }
    }
}

/// What is known of the meaning of the claims that are compared, as far as the settings ask for it. Adds the pairs of one story
/// that only their meaning brings together.
pub(super) fn sense(
    prepared: &[Prepared<'_>],
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
    let (texts, earlier) = match whole(prepared, joined, settings.compare.meaning) {
        Some(texts) => (texts, None),
        None => {
            let of = |pair: &Candidate| by_words(prepared, profiles, pair);
            let scores: Vec<Option<f64>> = joined.pairs.par_iter().map(of).collect();
            (undecided(prepared, profiles, &joined.pairs, &scores), Some(scores))
        }
    };
    if texts.claims.is_empty() {
        return Sense { scores: earlier, ..Sense::default() };
    }
    watch.begin(Step::Meaning, texts.number.len() as u64);
    let space = texts.space(session, prepared.len(), article);
    if let (Some(space), None) = (&space, &earlier) {
        let found = near_in_story(prepared, joined, space);
        joined.pairs.extend(found);
        joined.pairs.par_sort_unstable();
        joined.pairs = block::merge(std::mem::take(&mut joined.pairs));
    }
    let mut sense = Sense { space, ..Sense::default() };
    let of = |(at, pair): (usize, &Candidate)| {
        let reading = sense.reading(pair.left, pair.right);
        match &earlier {
            Some(scores) if reading.nearness.is_none() => scores[at],
            Some(scores) => scores[at].and_then(|_| score(pair, prepared, profiles, reading)),
            None => score(pair, prepared, profiles, reading),
        }
    };
    let scores: Vec<Option<f64>> = joined.pairs.par_iter().enumerate().map(of).collect();
    sense.inferences = read_together(prepared, &joined.pairs, &scores, session, settings);
    sense.scores = Some(scores);
    sense
}

/// The score of a candidate; nothing where it is not worth comparing or vetoed.
pub(super) fn score(
    pair: &Candidate,
    prepared: &[Prepared<'_>],
    profiles: &StoryProfiles,
    reading: Reading,
) -> Option<f64> {
    let (one, two) = (&prepared[pair.left as usize], &prepared[pair.right as usize]);
    // What only meaning brought together, words have nothing to say of.
    let by_words = !pair.keys.has(block::MEANING_KEY);
    if by_words && !compare::worth_comparing(one, two, profiles) {
        return None;
    }
    compare::score(one, two, profiles, reading)
}

/// True for a ready-made claim that says enough for a reader to infer anything from it.
fn is_read(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Given && claim.text().split_whitespace().nth(LEAST_WORDS - 1).is_some()
}

/// What a reader infers of the pairs of ready-made claims that may be about the same thing, those nearest to the threshold first, as
/// many as may be read together. Sentences of articles are not read: on the stories of `docs/quality.md` that gave .05 of
/// recall for .03 of precision, no more than another threshold gives.
fn read_together(
    prepared: &[Prepared<'_>],
    pairs: &[Candidate],
    scores: &[Option<f64>],
    session: &Session,
    settings: &Settings,
) -> FxHashMap<(u32, u32), Inference> {
    let bits = |score: f64| (score / (1.0 - score)).log2();
    let threshold = bits(settings.compare.threshold);
    let claim = |at: u32| &prepared[at as usize].claim.claim;
    let mut open: Vec<(f64, u32, u32)> = pairs
        .par_iter()
        .zip(scores)
        .filter_map(|(pair, score)| {
            let above = bits((*score)?) - threshold;
            let (one, two) = (claim(pair.left), claim(pair.right));
            let differ = one.text() != two.text() || one.context != two.context;
            let open = above >= -WITHIN_REACH;
            (open && differ && is_read(one) && is_read(two)).then_some((above.abs(), pair.left, pair.right))
        })
        .collect();
    open.par_sort_unstable_by(|one, two| one.0.total_cmp(&two.0).then((one.1, one.2).cmp(&(two.1, two.2))));
    if settings.compare.meaning == Meaning::Auto {
        open.truncate(MOST_READ);
    }
    let texts: Vec<(String, String)> =
        open.par_iter().map(|(_, left, right)| (words_of(claim(*left)), words_of(claim(*right)))).collect();
    let inferences = session.inferences(&texts).unwrap_or_default();
    open.into_iter().map(|(_, left, right)| (left, right)).zip(inferences).collect()
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

/// Whether all claims of the documents that are compared are encoded.
pub(super) fn is_whole(prepared: &[Prepared<'_>], joined: &Joined, settings: &Settings) -> bool {
    let meaning = settings.compare.meaning;
    meaning != Meaning::Off && is_built_in() && whole(prepared, joined, meaning).is_some()
}

/// What words alone make of a pair; nothing where it is not worth comparing or vetoed.
pub(super) fn by_words(prepared: &[Prepared<'_>], profiles: &StoryProfiles, pair: &Candidate) -> Option<f64> {
    let (one, two) = (&prepared[pair.left as usize], &prepared[pair.right as usize]);
    compare::worth_comparing(one, two, profiles)
        .then(|| compare::score(one, two, profiles, Reading::default()))
        .flatten()
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
            let (one, two) = (&prepared[pair.left as usize], &prepared[pair.right as usize]);
            Some((compare::open_to_meaning(one, two, profiles, (*score)?)?, pair.left, pair.right))
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

/// The pairs of claims of different outlets, in articles that seem to tell of the same events, that are near in meaning.
fn near_in_story(prepared: &[Prepared<'_>], joined: &Joined, space: &Space) -> Vec<Candidate> {
    let mut claims: Vec<Vec<u32>> = vec![Vec::new(); joined.near.len()];
    for (at, prepared) in (0_u32..).zip(prepared) {
        if let Some(article) = joined.articles.get(&prepared.claim.claim.document) {
            claims[*article as usize].push(at);
        }
    }
    let keys = KeySet::default().with(block::MEANING_KEY);
    let source = |at: u32| prepared[at as usize].claim.claim.source;
    (0..claims.len())
        .into_par_iter()
        .flat_map_iter(|here| {
            joined.near[here].iter().filter(move |there| here < **there as usize).map(move |there| (here, *there))
        })
        .flat_map_iter(|(here, there)| {
            let pairs = space.near_pairs(&claims[here], &claims[there as usize], NEAR_IN_STORY);
            pairs.into_iter().filter(|(one, two)| source(*one) != source(*two)).map(|(one, two)| Candidate {
                left: one.min(two),
                right: one.max(two),
                keys,
            })
        })
        .collect()
}

/// What the two texts of each pair mean; an empty list where the settings ask for no meaning. None is read together where there
/// are more than `most` pairs: a part of the answers would be weighed otherwise than the rest.
pub(super) fn of_pairs<'a>(
    pairs: impl IntoIterator<Item = (&'a Claim, &'a Claim)>,
    most: usize,
    session: &Session,
    settings: &Settings,
) -> Vec<Reading> {
    if settings.compare.meaning == Meaning::Off {
        return Vec::new();
    }
    let mut texts = Texts::default();
    let pairs: Vec<(&Claim, &Claim)> = pairs.into_iter().collect();
    for (at, (left, right)) in (0..).step_by(2).zip(&pairs) {
        texts.add(at, left);
        texts.add(at + 1, right);
    }
    let space = if pairs.is_empty() { None } else { texts.space(session, 2 * pairs.len(), |_| None) };
    let nearness: Vec<Option<f64>> =
        (0..pairs.len() as u32).map(|pair| space.as_ref()?.nearness(2 * pair, 2 * pair + 1)).collect();
    let are_read = |pair: &usize| nearness[*pair].is_some() && is_read(pairs[*pair].0) && is_read(pairs[*pair].1);
    let few = pairs.len() <= most || settings.compare.meaning == Meaning::All;
    let read: Vec<usize> = if few { (0..pairs.len()).filter(are_read).collect() } else { Vec::new() };
    let words: Vec<(String, String)> =
        read.par_iter().map(|pair| (words_of(pairs[*pair].0), words_of(pairs[*pair].1))).collect();
    let mut readings: Vec<Reading> =
        nearness.into_iter().map(|nearness| Reading { nearness, inference: None }).collect();
    for (pair, inference) in read.into_iter().zip(session.inferences(&words).unwrap_or_default()) {
        readings[pair].inference = Some(inference);
    }
    readings
}

/// The cosines of each of the first texts with those behind them that belong to it: `found` tells how many each has, in
/// order. Nothing where the program has no encoder.
pub(super) fn cosines(
    texts: &[String],
    asked: usize,
    found: impl IntoIterator<Item = usize>,
    session: &Session,
) -> Option<Vec<Vec<f64>>> {
    let mut number: FxHashMap<&str, usize> = FxHashMap::default();
    let mut distinct: Vec<&str> = Vec::new();
    let places: Vec<usize> = texts
        .iter()
        .map(|text| {
            *number.entry(text).or_insert_with(|| {
                distinct.push(text);
                distinct.len() - 1
            })
        })
        .collect();
    let vectors = session.vectors(&distinct)?;
    let mut from = asked;
    let of = |(asked, many): (&usize, usize)| {
        let own = &places[from..from + many];
        from += many;
        own.iter().map(|at| vectors[*asked].cosine(&vectors[*at])).collect()
    };
    Some(places[..asked].iter().zip(found).map(of).collect())
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
        let read = of_pairs(pairs.iter().map(|(left, right)| (left, right)), usize::MAX, &session, &settings);
        read.into_iter().map(|reading| reading.nearness).collect()
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
