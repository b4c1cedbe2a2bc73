//! What the program found in a story, held against what is right.
//!
//! What comes in: a story and the findings of a run over its sources. What goes out: counts, from which precision and
//! recall follow, and the clear cases that were missed. The unit is a pair of claims of different documents, as found or
//! as expected; a found claim stands for an expected one where their words overlap, since no two people cut a sentence
//! into clauses alike.

use super::expected::{Gold, Quote, Story, Words};
use crossclaim::model::{Label, Report};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

/// A claim as found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// The document, named as quotations name it.
    pub(crate) file: String,
    /// Where it begins, which tells two claims of the same words apart.
    pub(crate) start: u32,
    /// Its words.
    pub(crate) text: String,
    /// The words around it.
    pub(crate) context: String,
}

/// A finding, reduced to what is scored.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The label.
    pub(crate) label: Label,
    /// The claims, side by side.
    pub(crate) sides: Vec<Vec<Found>>,
}

/// The findings of `report` in this form.
pub(crate) fn answers(report: &Report) -> Vec<Answer> {
    let found = |claim: &crossclaim::model::ReportedClaim| {
        let name = claim.path.rsplit('/').next().unwrap_or(&claim.path);
        let file = if name.ends_with(".jsonl") { format!("{name}#{}", claim.document) } else { name.to_owned() };
        let context = claim.sentence.clone().unwrap_or_else(|| claim.text.clone());
        Found { file, start: claim.start, text: one_line(&claim.text), context: one_line(&context) }
    };
    let sides = |finding: &crossclaim::model::Finding| {
        finding.positions.iter().map(|position| position.claims.iter().map(found).collect()).collect()
    };
    report.findings.iter().map(|finding| Answer { label: finding.label, sides: sides(finding) }).collect()
}

/// Hard line breaks inside a sentence are no words.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts of one story, or of all of them added up.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    found: Ratio,
    found_agree: Ratio,
    found_conflict: Ratio,
    gold: Ratio,
    gold_agree: Ratio,
    gold_conflict: Ratio,
    related_matched: Ratio,
    single: Ratio,
    aside: Ratio,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default)]
struct Ratio {
    hits: u32,
    all: u32,
}

impl Ratio {
    fn count(&mut self, hit: bool) {
        self.hits += u32::from(hit);
        self.all += 1;
    }

    /// Of nothing, all is right: a program that finds no conflict has raised no wrong one.
    fn share(self) -> f64 {
        if self.all == 0 { 1.0 } else { f64::from(self.hits) / f64::from(self.all) }
    }
}

impl AddAssign for Ratio {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.all += other.all;
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.found_agree += other.found_agree;
        self.found_conflict += other.found_conflict;
        self.gold += other.gold;
        self.gold_agree += other.gold_agree;
        self.gold_conflict += other.gold_conflict;
        self.related_matched += other.related_matched;
        self.single += other.single;
        self.aside += other.aside;
    }
}

impl Counts {
    /// The figures that have a floor, by name. All of them lie in [0, 1] and are better the higher they are.
    pub(crate) fn figures(&self) -> [(&'static str, f64); 9] {
        [
            ("match_precision", self.found.share()),
            ("match_recall", self.gold.share()),
            ("agree_precision", self.found_agree.share()),
            ("agree_recall", self.gold_agree.share()),
            ("conflict_precision", self.found_conflict.share()),
            ("conflict_recall", self.gold_conflict.share()),
            ("related_kept_apart", 1.0 - self.related_matched.hits as f64 / f64::from(self.related_matched.all.max(1))),
            ("single_source_kept", self.single.share()),
            ("set_aside_kept", self.aside.share()),
        ]
    }

    /// One line of the table that [`header`] heads.
    pub(crate) fn line(&self, name: &str) -> String {
        let cells = [
            self.found,
            self.gold,
            self.found_agree,
            self.gold_agree,
            self.found_conflict,
            self.gold_conflict,
            self.related_matched,
            self.single,
            self.aside,
        ];
        let cells = cells.map(|ratio| format!("{:>11}", format!("{}/{}", ratio.hits, ratio.all)));
        format!("{name:<16}{}", cells.concat())
    }
}

/// The head of the table: precision and recall as hits of all, pairs of claims being the unit of the first seven.
pub(crate) fn header() -> String {
    let names =
        ["match P", "match R", "agree P", "agree R", "conflict P", "conflict R", "related", "single", "set aside"];
    format!("{:<16}{}", "story", names.map(|name| format!("{name:>11}")).concat())
}

/// What is right about a pair of quotations.
#[derive(Debug, Default)]
struct GoldPair {
    labels: BTreeSet<Gold>,
    also: BTreeSet<Gold>,
}

impl GoldPair {
    fn is_match(&self) -> bool {
        self.labels.contains(&Gold::Agree) || self.labels.contains(&Gold::Conflict)
    }
}

/// The outcome for one story.
#[derive(Debug, Default)]
pub(crate) struct Score {
    /// The counts.
    pub(crate) counts: Counts,
    /// The clear cases that do not hold, one line each.
    pub(crate) broken: Vec<String>,
    /// The conflicts that are none, one line each.
    pub(crate) wrong_conflicts: Vec<String>,
    /// The matches labelled agree that are none, one line each.
    pub(crate) wrong_matches: Vec<String>,
}

/// Two quotations of different documents, the smaller first.
type Pair<'a> = (Words<'a>, Words<'a>);

/// Holds `answers` against what is right about `story`.
pub(crate) fn score(story: &Story, answers: &[Answer]) -> Score {
    let gold = gold_pairs(story);
    let found = found_pairs(answers);
    let mut score = Score::default();
    let mut hits: BTreeMap<Pair<'_>, BTreeSet<Gold>> = BTreeMap::new();
    for ((left, right), label) in &found {
        let touched: Vec<_> = gold.iter().filter(|(pair, _)| stands_for((left, right), **pair)).collect();
        for (pair, _) in &touched {
            hits.entry(**pair).or_default().insert(*label);
        }
        let is_match = touched.iter().any(|(_, gold)| gold.is_match());
        if !is_match && touched.iter().any(|(_, gold)| gold.labels.contains(&Gold::Borderline)) {
            continue;
        }
        let right_label = touched.iter().any(|(_, gold)| gold.labels.contains(label) || gold.also.contains(label));
        score.counts.found.count(is_match);
        let line = || format!("{}: {:?} / {:?}", story.slug, left.text, right.text);
        if *label == Gold::Conflict {
            score.counts.found_conflict.count(right_label);
            score.wrong_conflicts.extend((!right_label).then(line));
        } else {
            score.counts.found_agree.count(right_label);
            score.wrong_matches.extend((!is_match).then(line));
        }
    }
    for (pair, gold) in &gold {
        let hit = hits.get(pair);
        if gold.is_match() {
            score.counts.gold.count(hit.is_some());
            let has = |label| hit.is_some_and(|labels| labels.contains(&label));
            // Where two labels are right, no single one can be missed; the conflict is the one worth finding.
            if gold.also.is_empty() && gold.labels.contains(&Gold::Conflict) {
                score.counts.gold_conflict.count(has(Gold::Conflict));
            } else if gold.also.is_empty() {
                score.counts.gold_agree.count(has(Gold::Agree));
            }
        } else if gold.labels.contains(&Gold::Related) && !gold.labels.contains(&Gold::Borderline) {
            score.counts.related_matched.count(hit.is_some());
        }
    }
    for quote in &story.expected.single_source {
        let kept = is_single(quote, answers);
        score.counts.single.count(kept);
        if quote.must && !kept {
            score.broken.push(format!("{}: only {} reports {:?}", story.slug, quote.file, quote.quote));
        }
    }
    for quote in &story.expected.set_aside {
        let kept = !answers
            .iter()
            .flat_map(|answer| answer.sides.iter().flatten())
            .any(|claim| overlaps(claim, quote.words()));
        score.counts.aside.count(kept);
        if quote.must && !kept {
            let reason = quote.reason.as_deref().unwrap_or_default();
            score.broken.push(format!("{}: no claim but {reason}: {:?}", story.slug, quote.quote));
        }
    }
    broken_groups(story, &gold, &found, &hits, &mut score.broken);
    score
}

/// The clear groups that do not hold.
fn broken_groups(
    story: &Story,
    gold: &BTreeMap<Pair<'_>, GoldPair>,
    found: &BTreeMap<(&Found, &Found), Gold>,
    hits: &BTreeMap<Pair<'_>, BTreeSet<Gold>>,
    broken: &mut Vec<String>,
) {
    for group in story.expected.groups.iter().filter(|group| group.must) {
        for (left, right, label) in pairs(group) {
            let pair = ordered(left, right);
            let labels = hits.get(&pair);
            let holds = match label {
                // A claim may be a whole sentence, whose other clause is in a conflict that is one.
                Gold::Related => !found.iter().any(|((left, right), label)| {
                    *label == Gold::Conflict
                        && stands_for((left, right), pair)
                        && !gold.iter().any(|(other, gold)| {
                            (gold.labels.contains(&Gold::Conflict) || gold.labels.contains(&Gold::Borderline))
                                && stands_for((left, right), *other)
                        })
                }),
                Gold::Borderline => true,
                label => labels.is_some_and(|labels| labels.contains(&label)),
            };
            if !holds {
                let what = match label {
                    Gold::Related => "no conflict",
                    Gold::Conflict => group.rule.as_deref().unwrap_or("conflict"),
                    _ => "agree",
                };
                let got = labels.map_or_else(|| "no match".to_owned(), |labels| format!("{labels:?}"));
                let sides = [left, right].map(|quote| format!("{} {:?}", quote.file, quote.quote));
                broken.push(format!("{}: {what}: {} / {}, got {got}", story.slug, sides[0], sides[1]));
            }
        }
    }
}

/// The pairs of a group with the label each has: claims on one side of a conflict agree.
fn pairs(group: &super::expected::Group) -> Vec<(&Quote, &Quote, Gold)> {
    let mut pairs = Vec::new();
    for (index, left) in group.claims.iter().enumerate() {
        for right in group.claims[index + 1..].iter().filter(|right| right.file != left.file) {
            let one_side = group.label == Gold::Conflict && left.side == right.side;
            pairs.push((left, right, if one_side { Gold::Agree } else { group.label }));
        }
    }
    pairs
}

fn ordered<'a>(left: &'a Quote, right: &'a Quote) -> Pair<'a> {
    let (left, right) = (left.words(), right.words());
    if left <= right { (left, right) } else { (right, left) }
}

/// All pairs that people labelled. A pair may carry several labels: two sentences can agree on one clause and conflict
/// on another.
fn gold_pairs(story: &Story) -> BTreeMap<Pair<'_>, GoldPair> {
    let mut all: BTreeMap<Pair<'_>, GoldPair> = BTreeMap::new();
    for group in &story.expected.groups {
        for (left, right, label) in pairs(group) {
            let entry = all.entry(ordered(left, right)).or_default();
            entry.labels.insert(label);
            if label == Gold::Conflict {
                entry.also.extend(&group.also);
            }
        }
    }
    all
}

/// All pairs of claims of different documents that one finding holds. Where two findings hold a pair, conflict wins.
fn found_pairs(answers: &[Answer]) -> BTreeMap<(&Found, &Found), Gold> {
    let mut all = BTreeMap::new();
    for answer in answers.iter().filter(|answer| answer.label != Label::SingleSource) {
        let claims: Vec<(usize, &Found)> =
            answer.sides.iter().enumerate().flat_map(|(side, claims)| claims.iter().map(move |c| (side, c))).collect();
        for (index, (left_side, left)) in claims.iter().enumerate() {
            for (right_side, right) in claims[index + 1..].iter().filter(|(_, right)| right.file != left.file) {
                let conflict = answer.label == Label::Conflict && left_side != right_side;
                let key = if left <= right { (*left, *right) } else { (*right, *left) };
                let label = all.entry(key).or_insert(Gold::Agree);
                if conflict {
                    *label = Gold::Conflict;
                }
            }
        }
    }
    all
}

fn stands_for(found: (&Found, &Found), gold: Pair<'_>) -> bool {
    (overlaps(found.0, gold.0) && overlaps(found.1, gold.1)) || (overlaps(found.0, gold.1) && overlaps(found.1, gold.0))
}

/// True where the claim and the quotation share words of one place.
fn overlaps(claim: &Found, (file, quote): Words<'_>) -> bool {
    if claim.file != file || claim.text.is_empty() {
        return false;
    }
    match (claim.context.find(quote), claim.context.find(&claim.text)) {
        (Some(quoted), Some(claimed)) => quoted < claimed + claim.text.len() && claimed < quoted + quote.len(),
        // The sentence was cut inside the quotation.
        _ => quote.contains(&claim.text) || claim.text.contains(quote),
    }
}

/// True where a single-source finding holds the words and no other finding does.
fn is_single(quote: &Quote, answers: &[Answer]) -> bool {
    let holds = |answer: &&Answer| answer.sides.iter().flatten().any(|claim| overlaps(claim, quote.words()));
    let mut labels = answers.iter().filter(holds).map(|answer| answer.label).peekable();
    labels.peek().is_some() && labels.all(|label| label == Label::SingleSource)
}
