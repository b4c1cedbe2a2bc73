//! What can be wrong with a corpus, or with what was said about it, besides conflicts between claims.

use crate::model::{RuleInForce, Severity};

/// One sort of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemMeta {
    /// Kebab-case name.
    pub id: &'static str,
    /// Its level, unless a policy says otherwise.
    pub level: Severity,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// What it means and how to mend it, in Markdown.
    pub page: &'static str,
}

/// Claims that too few sources make.
pub(super) const MIN_SOURCES: &str = "min-sources";

/// A comment or entry that leaves nothing alone.
pub(super) const UNUSED_IGNORE: &str = "unused-ignore";

/// A comment or entry whose day is past.
pub(super) const EXPIRED_IGNORE: &str = "expired-ignore";

/// A comment that cannot be followed.
pub(super) const WRONG_IGNORE: &str = "wrong-ignore";

/// An entry of the baseline that nothing answers to.
pub(super) const STALE_BASELINE: &str = "stale-baseline";

/// A rejected finding of the review file that is raised no more.
pub(super) const UNUSED_REVIEW: &str = "unused-review";

/// Every sort of problem.
pub static PROBLEMS: &[ProblemMeta] = &[
    ProblemMeta {
        id: MIN_SOURCES,
        level: Severity::Warning,
        summary: "a claim that the policy wants from several sources is made by too few",
        page: "A claim under `[[min-sources]]` of the configuration is made by fewer sources than asked for. Add the claim to \
               another source, or take the path or its words out of the entry.",
    },
    ProblemMeta {
        id: UNUSED_IGNORE,
        level: Severity::Warning,
        summary: "an ignore comment or entry leaves no finding alone",
        page: "No finding of the rules it names touches what it covers: the conflict was mended, or the comment stands at \
               another line. Take it out. It never fails a check.",
    },
    ProblemMeta {
        id: EXPIRED_IGNORE,
        level: Severity::Warning,
        summary: "the last day of an ignore comment or entry is past",
        page: "From the day after `until=` on, the comment has no effect and its findings count again. Mend the conflict, \
               or give the comment another day.",
    },
    ProblemMeta {
        id: WRONG_IGNORE,
        level: Severity::Warning,
        summary: "an ignore comment names no known rule or no reason",
        page: "An ignore comment is `crossclaim-ignore: RULE reason`, with several rules parted by commas and perhaps \
               `until=2031-12-31`. One without a reason, or with an unknown rule, has no effect.",
    },
    ProblemMeta {
        id: STALE_BASELINE,
        level: Severity::Warning,
        summary: "an entry of the baseline is found no more",
        page: "The conflict is mended, or its words were changed. `crossclaim baseline` writes the file anew; with \
               `--strict-baseline` a stale entry fails the check.",
    },
    ProblemMeta {
        id: UNUSED_REVIEW,
        level: Severity::Warning,
        summary: "a conflict that was rejected in the review file is raised no more",
        page: "No conflict is made of the words that a line of the review file rejects: the texts were changed, or the program \
               does not raise it any more. Take the line out. It never fails a check.",
    },
];

/// The table as reports hold rules.
pub(super) fn in_force() -> impl Iterator<Item = RuleInForce> {
    PROBLEMS.iter().map(|meta| RuleInForce {
        id: meta.id.to_owned(),
        level: Some(meta.level),
        summary: meta.summary.to_owned(),
        bearing: "problem".to_owned(),
        page: meta.page,
    })
}
