//! What does a gate let through? Invented pages of documentation, edited as pages are, and a gate over each version.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use crossclaim::check::{Answer, Base, Baseline, Judged, Policy, Review, ReviewRecord, Weighing, entries, weigh};
use crossclaim::config::{Config, Settings, SourceOf, facts, schema};
use crossclaim::label::rules::RULES;
use crossclaim::model::{BaselineState, Gate, GateStatus, Label, Problem, Report, Severity};
use crossclaim::pipeline;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Pages in a folder that goes away with its value.
pub(crate) struct Pages(PathBuf);

impl Pages {
    pub(crate) fn new(name: &str, pages: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("gate-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let pages_of = Self(folder);
        pages.iter().for_each(|(path, text)| pages_of.write(path, text));
        pages_of
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn base(&self) -> Base {
        Base { started: String::new(), folder: self.0.to_string_lossy().into_owned() }
    }

    /// The report of the pages, weighed by the configuration `text`.
    pub(crate) fn weighed(&self, text: &str, baseline: Option<&Baseline>, today: Date) -> Report {
        let config = config().with_file(Path::new("crossclaim.toml"), text).unwrap();
        self.weighed_by(config.settings().unwrap(), baseline, today)
    }

    /// The same with pages held against themselves too.
    pub(crate) fn within(&self) -> Report {
        let settings = Settings { within: true, ..config().settings().unwrap() };
        self.weighed_by(settings, None, TODAY)
    }

    /// The same with the facts `text`, those that hold today.
    fn facts(&self, text: &str) -> Report {
        let mut facts = facts(Path::new("facts.toml"), text).unwrap();
        facts.retain(|fact| fact.holds_on(TODAY));
        self.weighed_by(Settings { facts, ..config().settings().unwrap() }, None, TODAY)
    }

    fn weighed_by(&self, settings: Settings, baseline: Option<&Baseline>, today: Date) -> Report {
        self.weighed_with(settings, baseline, None, today)
    }

    /// The same with what was answered to findings.
    fn reviewed(&self, review: &Review) -> Report {
        self.weighed_with(config().settings().unwrap(), None, Some(review), TODAY)
    }

    fn weighed_with(
        &self,
        mut settings: Settings,
        baseline: Option<&Baseline>,
        review: Option<&Review>,
        today: Date,
    ) -> Report {
        settings.source_of = settings.check.sources;
        let policy = Policy::of(&settings, self.base()).unwrap();
        let report = pipeline::compare(std::slice::from_ref(&self.0), &settings).unwrap();
        let baseline = baseline.map(|baseline| (baseline, "baseline.json"));
        let with = Weighing {
            policy: &policy,
            baseline,
            review: review.map(|review| (review, "review.jsonl")),
            today: Some(today),
            facts: &settings.facts,
            changed: None,
        };
        weigh(report, &with)
    }

    fn gate(&self, text: &str, baseline: Option<&Baseline>) -> Gate {
        self.weighed(text, baseline, TODAY).gate.unwrap()
    }

    fn baseline(&self) -> Baseline {
        Baseline::new(entries(&self.weighed("", None, TODAY), &self.base()))
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) const TODAY: Date = date(2031, 5, 4);

fn config() -> Config {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.meta().id).collect();
    Config::new(&rules)
}

const BACKUPS: &str = "# Backups\n\nThe service copies every database once a night. Nightly backups of customer \
                       databases are kept for 30 days, and the copies are encrypted before they leave the region.\n";

const RETENTION: &str = "# Retention\n\nNightly backups of customer databases are kept for 14 days.\n\nAccess logs are \
                         kept for one year.\n";

pub(crate) const WEBHOOKS: &str = "# Webhooks\n\nWebhooks are retried five times before the delivery is given up.\n";

const LIMITS: &str = "# Limits\n\nWebhooks are retried three times before the delivery is given up.\n";

pub(crate) fn two_conflicts(name: &str) -> Pages {
    let pages =
        [("backups.md", BACKUPS), ("retention.md", RETENTION), ("old/webhooks.md", WEBHOOKS), ("limits.md", LIMITS)];
    Pages::new(name, &pages)
}

fn problems(gate: &Gate) -> Vec<&str> {
    gate.problems.iter().map(|problem: &Problem| problem.rule.as_str()).collect()
}

#[test]
fn pages_that_contradict_each_other_fail_and_how_much_is_put_up_with_is_told() {
    let pages = two_conflicts("fail");
    let gate = pages.gate("", None);
    assert_eq!((gate.status, gate.failing, gate.baselined), (GateStatus::Failed, 2, None));
    assert_eq!(pages.gate("[check]\nmax-conflicts = 2\n", None).status, GateStatus::Passed);
    assert_eq!(pages.gate("[check]\nmax-conflicts = 1\n", None).status, GateStatus::Failed);
    assert_eq!(pages.gate("[check]\nfail-on = \"never\"\n", None).status, GateStatus::Passed);
    let lower = "[rules]\nnumeric-mismatch = \"warning\"\n";
    assert_eq!(pages.gate(lower, None).status, GateStatus::Failed);
    assert_eq!(pages.gate(&format!("[check]\nfail-on = \"error\"\n{lower}"), None).status, GateStatus::Passed);
}

#[test]
fn pages_of_one_folder_are_one_source_where_the_policy_says_so() {
    let pages = two_conflicts("folder");
    let report = pages.weighed("[check]\nsources = \"folder\"\n", None, TODAY);
    // Only the page in the folder of its own still has somebody to disagree with.
    assert_eq!(report.gate.unwrap().failing, 1);
    assert_eq!(report.totals.sources, 2);
}

#[test]
fn a_path_may_have_levels_of_its_own() {
    let pages = two_conflicts("override");
    let text = |level: &str| format!("[[override]]\npaths = [\"old\"]\nrules = {{ numeric-mismatch = \"{level}\" }}\n");
    let report = pages.weighed(&text("note"), None, TODAY);
    assert_eq!(report.gate.as_ref().unwrap().failing, 1);
    let levels: Vec<Severity> = report
        .findings
        .iter()
        .filter(|finding| finding.label == Label::Conflict)
        .map(|finding| finding.level)
        .collect();
    assert_eq!(levels, [Severity::Error, Severity::Note]);
    let off = pages.weighed(&text("off"), None, TODAY);
    assert_eq!((off.totals.conflict, off.gate.unwrap().failing), (1, 1));
    // The later entry holds.
    let both =
        format!("{}[[override]]\npaths = [\"old/**\"]\nrules = {{ numeric-mismatch = \"error\" }}\n", text("off"));
    assert_eq!(pages.gate(&both, None).failing, 2);
}

#[test]
fn claims_that_need_several_sources_are_held_to_it() {
    let pages = two_conflicts("sources");
    let text = "[[min-sources]]\npaths = [\"retention.md\"]\nwords = [\"Logs\"]\nsources = 2\n";
    let gate = pages.gate(text, None);
    assert_eq!((problems(&gate), gate.failing), (vec!["min-sources"], 3));
    let problem = &gate.problems[0];
    assert!(problem.message.ends_with("the policy wants 2: Access logs are kept for one year."), "{}", problem.message);
    assert_eq!(problem.place.unwrap().line, 5);
    pages.write("faq.md", "# Questions\n\nAccess logs are kept for twelve months.\n");
    assert_eq!(pages.gate(text, None).failing, 2);
}

#[test]
fn a_baseline_holds_what_it_knows_and_lets_nothing_new_through() {
    let pages = two_conflicts("baseline");
    let baseline = pages.baseline();
    assert_eq!(baseline.entries().len(), 2);
    let gate = pages.gate("", Some(&baseline));
    assert_eq!((gate.status, gate.failing, gate.baselined), (GateStatus::Passed, 0, Some(2)));
    // A third page that joins a known conflict is a new one.
    pages.write("faq.md", "# Questions\n\nNightly backups of customer databases are kept for seven days.\n");
    let report = pages.weighed("", Some(&baseline), TODAY);
    let gate = report.gate.as_ref().unwrap();
    assert_eq!((gate.status, gate.failing, gate.baselined), (GateStatus::Failed, 1, Some(1)));
    let states: Vec<_> = report.findings.iter().filter_map(|finding| finding.weighed.as_ref()?.baseline).collect();
    assert!(states.contains(&BaselineState::New) && states.contains(&BaselineState::Unchanged), "{states:?}");
    assert_eq!(baseline.lacks(&pages.baseline()).len(), 2);
}

#[test]
fn what_is_mended_is_stale_and_fails_only_a_strict_gate() {
    let pages = two_conflicts("stale");
    let baseline = pages.baseline();
    pages.write("limits.md", "# Limits\n\nWebhooks are retried five times before the delivery is given up.\n");
    let gate = pages.gate("", Some(&baseline));
    assert_eq!((gate.status, problems(&gate)), (GateStatus::Passed, vec!["stale-baseline"]));
    assert!(gate.problems[0].message.starts_with("numeric-mismatch in limits.md and old/webhooks.md is found no more"));
    let strict = pages.gate("[check]\nstrict-baseline = true\n", Some(&baseline));
    assert_eq!((strict.status, strict.failing), (GateStatus::Failed, 1));
}

#[test]
fn edits_that_move_reflow_or_mark_up_a_text_do_not_disturb_a_baseline() {
    let pages = two_conflicts("edits");
    let baseline = pages.baseline();
    let edits = [
        // A new section above, and the paragraph wrapped otherwise.
        "# Backups\n\n## Who runs them\n\nThe storage team runs the copies and answers for them.\n\n## How long\n\nThe \
         service copies every database once\na night. Nightly backups\nof customer databases are kept\nfor 30 days, and \
         the copies are encrypted before they leave the region.\n",
        // Emphasis, a link, another sentence in front, Windows line ends.
        "# Backups\r\n\r\nNobody has to ask for them. The service copies every database once a night. **Nightly** backups \
         of\r\n[customer databases](databases.md) are kept for *30 days*, and the copies are encrypted before they leave the \
         region.\r\n",
        // Made into a list, under another title, the words about encryption gone elsewhere.
        "---\ntitle: All about backups\n---\n\nThe service copies every database once a night.\n\n- Nightly backups of \
         customer databases are kept for 30 days, and the copies are encrypted before they leave the region.\n",
        // A break that does not break, and other capitals.
        "# Backups\n\nThe service copies every database once a night. NIGHTLY backups of customer databases are kept for \
         30\u{a0}days, and the copies are encrypted before they leave the region.\n",
    ];
    for edit in edits {
        pages.write("backups.md", edit);
        let gate = pages.gate("", Some(&baseline));
        assert_eq!((gate.status, gate.baselined, problems(&gate)), (GateStatus::Passed, Some(2), vec![]), "{edit}");
    }
    // Another figure is another finding.
    pages.write("backups.md", &BACKUPS.replace("30 days", "40 days"));
    let gate = pages.gate("", Some(&baseline));
    assert_eq!((gate.status, gate.baselined, problems(&gate)), (GateStatus::Failed, Some(1), vec!["stale-baseline"]));
}

#[test]
fn one_sentence_that_stands_twice_counts_twice() {
    let pages = two_conflicts("twice");
    let baseline = pages.baseline();
    pages.write(
        "old/webhooks.md",
        &format!("{WEBHOOKS}\n## Again\n\nWebhooks are retried five times before the delivery is given up.\n"),
    );
    let gate = pages.gate("", Some(&baseline));
    assert_eq!((gate.status, gate.baselined), (GateStatus::Failed, Some(1)));
}

#[test]
fn entries_of_the_configuration_leave_findings_alone_with_a_reason_until_their_day() {
    let pages = two_conflicts("ignore");
    let text = "[[ignore]]\npaths = [\"old/**\"]\nrules = [\"numeric-mismatch\"]\nreason = \"kept as it was in 2029\"\nuntil = \
                \"2031-05-04\"\n";
    let gate = pages.gate(text, None);
    assert_eq!((gate.failing, gate.suppressed, problems(&gate)), (1, 1, vec![]));
    let later = pages.weighed(text, None, date(2031, 5, 5)).gate.unwrap();
    assert_eq!((later.failing, later.suppressed, problems(&later)), (2, 0, vec!["expired-ignore"]));
    let unused = pages.gate(&text.replace("old/**", "new/**"), None);
    assert_eq!((unused.failing, problems(&unused)), (2, vec!["unused-ignore"]));
    // What is left alone belongs into no baseline.
    let left = Baseline::new(entries(&pages.weighed(text, None, TODAY), &pages.base()));
    assert_eq!(left.entries().len(), 1);
}

#[test]
fn a_profile_lies_over_what_it_inherits() {
    let text = "[check]\nfail-on = \"error\"\nmax-conflicts = 3\n[profile.base.check]\nmax-conflicts = 2\n[profile.ci]\ninherits \
                = \"base\"\n[profile.ci.check]\nfail-on = \"note\"\n[profile.ci.rules]\nnegation = \"off\"\n";
    let file = || config().with_file(Path::new("crossclaim.toml"), text).unwrap();
    let settings = file().with_profile("ci").unwrap().settings().unwrap();
    assert_eq!((settings.check.fail_on.level(), settings.check.max_conflicts), (Some(Severity::Note), 2));
    assert_eq!(settings.rule_level("negation", Severity::Error), None);
    let plain = file().settings().unwrap();
    assert_eq!((plain.check.fail_on.level(), plain.check.max_conflicts), (Some(Severity::Error), 3));
    let unknown = file().with_profile("cl").unwrap_err().to_string();
    assert_eq!(unknown, "no profile is called `cl`; write it as [profile.cl] into the configuration file");
}

#[test]
fn mistakes_in_lists_and_profiles_are_told_with_their_place() {
    let complaint = |text: &str| config().with_file(Path::new("crossclaim.toml"), text).unwrap_err().to_string();
    for (text, expected) in [
        ("[[overide]]\npaths = []\n", ":1:3: unknown table or key `overide`; did you mean [[override]]?"),
        ("[[override]]\npath = [\"a\"]\n", ":2:1: unknown key `path` in [[override]]; did you mean `paths`?"),
        ("[[override]]\npaths = [\"a\"]\n", ":1:1: an entry of [[override]] needs `rules`"),
        (
            "[[override]]\npaths = [\"a\"]\nrules = { negatoin = \"off\" }\n",
            ":3:11: unknown rule `negatoin`; did you mean `negation`?",
        ),
        ("[override]\npaths = [\"a\"]\n", ":1:2: `override` is a list of tables: write [[override]]"),
        ("[check]\nfail-on = \"warn\"\n", "not \"warn\"; did you mean \"warning\"?"),
        ("[check]\nwithin = \"yes\"\n", ":2:1: `check.within` takes true or false, not \"yes\""),
        (
            "[profile.ci]\ninherits = \"bse\"\n[profile.base]\n",
            ":2:1: no profile is called `bse`; did you mean `base`?",
        ),
        ("[profile.a]\ninherits = \"b\"\n[profile.b]\ninherits = \"a\"\n", "inherits from itself"),
        ("[profile.ci.chek]\n", ":1:13: unknown table or key `chek`; did you mean [check]?"),
        (
            "[[ignore]]\npaths = [\"a\"]\nrules = [\"negation\"]\nreason = \"x\"\nuntil = \"soon\"\n",
            ":5:1: `until` in [[ignore]] takes a day, as in \"2031-12-31\", not \"soon\"",
        ),
        (
            "[[min-sources]]\npaths = [\"a\"]\nsources = 1\n",
            ":3:1: `sources` in [[min-sources]] takes a whole number from 2",
        ),
    ] {
        let told = complaint(text);
        assert!(told.starts_with("crossclaim.toml:") && told.contains(expected), "{text}\n{told}");
    }
}

/// The schema as it is published; `WRITE_SCHEMA=1` writes it anew.
#[test]
fn the_published_schema_of_the_configuration_is_that_of_its_keys() {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.meta().id).collect();
    let made = serde_json::to_string_pretty(&schema(&rules)).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/crossclaim.schema.json");
    if std::env::var_os("WRITE_SCHEMA").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), made, "WRITE_SCHEMA=1 writes it anew");
}

#[test]
fn the_schema_takes_what_the_program_takes_and_refuses_what_it_refuses() {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.meta().id).collect();
    let validator = jsonschema::validator_for(&schema(&rules)).unwrap();
    let fits = |text: &str| {
        let value: toml::Value = toml::from_str(text).unwrap();
        validator.is_valid(&serde_json::to_value(value).unwrap())
    };
    let right = [
        "[check]\nfail-on = \"never\"\nmax-conflicts = 3\nwithin = true\n[rules]\nnegation = \"off\"\n",
        "[[override]]\npaths = [\"old/**\"]\nrules = { negation = \"note\" }\n[compare]\nthreshold = 1\n",
        "[compare]\nmodel = \"encoder\"\n[profile.both.compare]\nmodel = [\"encoder\", \"reader\"]\n",
        "[profile.ci]\ninherits = \"base\"\n[profile.ci.check]\nshow = \"error\"\n[profile.base]\n",
        "[[min-sources]]\npaths = [\"a\"]\nsources = 2\nlevel = \"note\"\nwords = [\"toll\"]\n",
        "[[ignore]]\npaths = [\"a\"]\nrules = [\"negation\"]\nreason = \"known\"\nuntil = \"2031-12-31\"\n",
    ];
    let wrong = [
        "[check]\nfail-on = \"warn\"\n",
        "[check]\nfailon = \"error\"\n",
        "[chek]\n",
        "[rules]\nnegatoin = \"off\"\n",
        "[[override]]\npaths = [\"a\"]\n",
        "[[override]]\npaths = []\nrules = {}\n",
        "[[override]]\npaths = [\"a\"]\nrules = { negation = \"loud\" }\n",
        "[[ignore]]\npaths = [\"a\"]\nrules = [\"x\"]\nreason = \"known\"\n",
        "[[min-sources]]\npaths = [\"a\"]\nsources = 1\n",
        "[profile.ci.compare]\nthreshold = 2\n",
        "[compare]\nmodel = []\n",
        "[report]\nwidth = 3\n",
    ];
    for text in right {
        let read = config().with_file(Path::new("crossclaim.toml"), text);
        assert!(read.is_ok_and(|config| config.settings().is_ok()) || text.contains("inherits"), "{text}");
        assert!(fits(text), "{text}");
    }
    for text in wrong {
        assert!(config().with_file(Path::new("crossclaim.toml"), text).is_err(), "{text}");
        assert!(!fits(text), "{text}");
    }
}

#[test]
fn compare_takes_outlets_as_before() {
    let settings = config().settings().unwrap();
    assert_eq!((settings.source_of, settings.check.sources), (SourceOf::Outlet, SourceOf::Document));
}

#[test]
fn comments_leave_findings_alone_with_a_reason_in_every_markup() {
    let comment = "crossclaim-ignore: numeric-mismatch kept as it was in 2029";
    let sentence = "Webhooks are retried five times before the delivery is given up.";
    let forms: [(&str, String); 10] = [
        ("old.md", format!("# Webhooks\n\n<!-- {comment} -->\n{sentence}\n")),
        ("old.md", format!("# Webhooks\n\n{sentence} <!-- {comment} -->\n")),
        (
            "old.md",
            format!(
                "# Webhooks\n\n<!-- crossclaim-ignore-file: negation, numeric-mismatch old -->\n\nMore.\n\n{sentence}\n"
            ),
        ),
        ("old.mdx", format!("import Tabs from '@site/tabs'\n\n# Webhooks\n\n{{/* {comment} */}}\n{sentence}\n")),
        ("old.mdx", format!("# Webhooks\n\n{sentence} {{/* {comment} */}}\n")),
        ("old.md", format!("# Webhooks\n\n{{ /* not one */ }}\n\n{{/*\n  {comment}\n*/}}\n{sentence}\n")),
        ("old.adoc", format!("= Webhooks\n\n// {comment}\n{sentence}\n")),
        ("old.rst", format!("Webhooks\n========\n\n.. {comment}\n\n{sentence}\n")),
        ("old.txt", format!("Webhooks\n\n# {comment}\n{sentence}\n")),
        (
            "old.html",
            format!(
                "<html><body><main><h1>Webhooks</h1>\n<!-- {comment} -->\n<p>{sentence} A page is long enough to be taken for \
                 an article when it says some more about what it is for.</p></main></body></html>\n"
            ),
        ),
    ];
    for (path, page) in forms {
        let pages = Pages::new("comments", &[("limits.md", LIMITS), (path, &page)]);
        let report = pages.weighed("", None, TODAY);
        let gate = report.gate.as_ref().unwrap();
        assert_eq!((gate.failing, gate.suppressed, problems(gate)), (0, 1, vec![]), "{path}\n{page}");
        let held = report.findings.iter().find_map(|finding| finding.weighed.as_ref()?.suppression.clone()).unwrap();
        assert!(held.reason.contains("kept as it was") || held.reason == "old", "{held:?}");
        // Taken for text by nobody.
        let claims = report.findings.iter().flat_map(|finding| &finding.positions).flat_map(|side| &side.claims);
        assert!(claims.map(|claim| claim.text.as_str()).all(|text| !text.contains("crossclaim")), "{path}");
    }
}

#[test]
fn comments_that_are_wrong_past_or_of_no_use_are_told_and_hold_nothing() {
    let sentence = "Webhooks are retried five times before the delivery is given up.";
    let told = |comment: &str| {
        let page = format!("# Webhooks\n\n<!-- {comment} -->\n{sentence}\n");
        let pages = Pages::new("wrong", &[("limits.md", LIMITS), ("old.md", &page)]);
        let gate = pages.gate("", None);
        let problem = gate.problems.first().map(|problem| (problem.rule.clone(), problem.place.unwrap().line));
        (gate.failing, problem)
    };
    let problem = |rule: &str| Some((rule.to_owned(), 3));
    assert_eq!(told("crossclaim-ignore: numeric-mismatch"), (1, problem("wrong-ignore")));
    assert_eq!(told("crossclaim-ignore: numeric-missmatch old"), (1, problem("wrong-ignore")));
    assert_eq!(told("crossclaim-ignore: negation old"), (1, problem("unused-ignore")));
    assert_eq!(told("crossclaim-ignore: numeric-mismatch old until=2031-05-03"), (1, problem("expired-ignore")));
    assert_eq!(told("crossclaim-ignore: numeric-mismatch old until=2031-05-04"), (0, None));
}

#[test]
fn a_comment_in_a_listing_is_shown_and_not_obeyed() {
    let page = format!("{WEBHOOKS}\n```html\n<!-- crossclaim-ignore-file: numeric-mismatch shown -->\n```\n");
    let pages = Pages::new("listing", &[("limits.md", LIMITS), ("old.md", &page)]);
    assert_eq!(pages.gate("", None).failing, 1);
}

#[test]
fn a_page_that_contradicts_itself_fails_where_that_is_asked_for() {
    let page = "# Backups\n\nNightly backups of customer databases are kept for 30 days.\n\nOther things stand here.\n\n## \
                Questions\n\nNightly backups of customer databases are kept for 14 days.\n";
    let pages = Pages::new("within", &[("a.md", page), ("b.md", "# B\n\nThe office is closed on Sundays.\n")]);
    assert_eq!(pages.gate("", None).failing, 0);
    let report = pages.within();
    let conflicts: Vec<_> = report.findings.iter().filter(|finding| finding.label == Label::Conflict).collect();
    assert_eq!((conflicts.len(), conflicts[0].outlets, report.gate.unwrap().failing), (1, 1, 1));
    let lines: Vec<u32> =
        conflicts[0].positions.iter().flat_map(|side| &side.claims).map(|claim| claim.place.line).collect();
    assert_eq!(lines, [3, 9]);
}

#[test]
fn facts_are_agreed_to_and_contradicted_like_any_source() {
    let pages = two_conflicts("facts");
    let facts = "[[fact]]\nclaim = \"Nightly backups of customer databases are kept for {value}.\"\nvalue = 30\nunit = \
                 \"days\"\nsource = \"contract\"\n\n[[fact]]\nclaim = \"Webhooks are retried four times before the delivery is given \
                 up.\"\ntolerance = 1\n";
    pages.write("faq.md", "# Questions\n\nNightly backups of customer databases are kept for one month.\n");
    let report = pages.facts(facts);
    let sides = |rule_words: &str| {
        let finding = report
            .findings
            .iter()
            .find(|finding| {
                finding.positions.iter().flat_map(|side| &side.claims).any(|claim| claim.text.contains(rule_words))
            })
            .unwrap();
        let names = |side: &crossclaim::model::Position| {
            side.claims.iter().map(|claim| claim.path.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        (finding.label, finding.positions.iter().map(names).collect::<Vec<_>>())
    };
    // "One month" agrees with the 30 days of the facts, and two weeks contradict both.
    let (label, sides_of) = sides("kept for one month");
    assert_eq!(label, Label::Conflict);
    let with_facts = sides_of.iter().find(|side| side.iter().any(|name| name == "facts.toml")).unwrap();
    assert!(with_facts.iter().any(|name| name == "faq.md") && !with_facts.iter().any(|name| name == "retention.md"));
}

#[test]
fn what_lies_within_the_tolerance_of_a_fact_is_no_conflict() {
    let page = "# Webhooks\n\nWebhooks are retried five times before the delivery is given up.\n";
    let pages = Pages::new("tolerance", &[("webhooks.md", page)]);
    let fact = |tolerance: &str| {
        format!("[[fact]]\nclaim = \"Webhooks are retried four times before the delivery is given up.\"\n{tolerance}")
    };
    let failing = |text: &str| pages.facts(text).gate.unwrap().failing;
    assert_eq!(failing(&fact("")), 1);
    assert_eq!(failing(&fact("tolerance = 1\n")), 0);
    assert_eq!(failing(&fact("tolerance = \"20%\"\n")), 1);
    assert_eq!(failing(&fact("valid-until = 2031-05-03\n")), 0);
    assert_eq!(failing(&fact("valid-from = 2031-05-04\n")), 1);
}

/// An answer to the conflict over `words`.
fn answered(pages: &Pages, words: &str, answer: Answer) -> Review {
    let report = pages.weighed("", None, TODAY);
    let is_meant = |finding: &&crossclaim::model::Finding| {
        finding.label == Label::Conflict && finding.positions[0].claims[0].text.contains(words)
    };
    let finding = report.findings.iter().find(is_meant).unwrap();
    let judged = Judged { answer, instead: None, reason: "two plans, two limits".to_owned() };
    let mut review = Review::default();
    review.answer(ReviewRecord::of(finding, &report, &pages.base(), judged));
    // Through its text, as a file would hand it over.
    Review::read(Path::new("review.jsonl"), &review.text()).unwrap()
}

#[test]
fn a_rejected_conflict_is_left_alone_with_its_reason_while_its_words_stay() {
    let pages = two_conflicts("rejected");
    let review = answered(&pages, "retried", Answer::Reject);
    let held = |report: &Report| -> Vec<String> {
        let made = report.findings.iter().filter_map(|finding| finding.weighed.as_ref());
        made.filter_map(|made| made.suppression.as_ref()).map(|held| held.reason.clone()).collect()
    };
    let report = pages.reviewed(&review);
    assert_eq!(held(&report), ["two plans, two limits"]);
    let gate = report.gate.unwrap();
    assert_eq!((gate.failing, gate.suppressed, problems(&gate)), (1, 1, vec![]));

    // Moved and marked up otherwise it is the same; with another figure it is a new one, and the line is of no use.
    pages.write(
        "old/webhooks.md",
        "# Webhooks\n\nMore words.\n\nWebhooks are retried **five times**\nbefore the delivery is given up.\n",
    );
    assert_eq!(held(&pages.reviewed(&review)).len(), 1);
    pages.write("old/webhooks.md", &WEBHOOKS.replace("five", "seven"));
    let gate = pages.reviewed(&review).gate.unwrap();
    assert_eq!((gate.failing, gate.suppressed, problems(&gate)), (2, 0, vec!["unused-review"]));
    assert!(!gate.problems[0].fails);
    assert_eq!(gate.problems[0].place.map(|place| place.line), Some(1));
}

#[test]
fn a_finding_with_a_sentence_that_stands_twice_can_be_answered() {
    let pages = two_conflicts("twice");
    pages.write("old/webhooks.md", &format!("{WEBHOOKS}\n## Once more\n\n{}", WEBHOOKS.lines().last().unwrap()));
    let review = answered(&pages, "retried", Answer::Reject);
    let sides = &review.records().next().unwrap().sides;
    assert_eq!(sides.iter().flatten().count(), 3, "the page says it twice");
    assert_eq!(pages.reviewed(&review).gate.unwrap().suppressed, 1);
}

#[test]
fn of_a_part_of_the_findings_nobody_tells_which_lines_of_a_review_are_of_no_use() {
    let pages = two_conflicts("part");
    let review = answered(&pages, "retried", Answer::Reject);
    let path = |name: &str| pages.0.join(name).to_string_lossy().into_owned();
    let changed = BTreeSet::from([path("backups.md"), "review.jsonl".to_owned()]);
    let settings = Settings { only: Some(changed.clone()), ..config().settings().unwrap() };
    let policy = Policy::of(&settings, pages.base()).unwrap();
    let report = pipeline::compare(std::slice::from_ref(&pages.0), &settings).unwrap();
    let review = Some((&review, "review.jsonl"));
    let with = Weighing { policy: &policy, baseline: None, review, today: None, facts: &[], changed: Some(&changed) };
    let gate = weigh(report, &with).gate.unwrap();
    assert_eq!((gate.failing, problems(&gate)), (1, vec![]));
}

#[test]
fn a_third_page_that_joins_a_rejected_conflict_is_new() {
    let pages = two_conflicts("joined");
    let review = answered(&pages, "retried", Answer::Reject);
    pages.write("delivery.md", &WEBHOOKS.replace("# Webhooks", "# Delivery"));
    let gate = pages.reviewed(&review).gate.unwrap();
    assert_eq!((gate.failing, gate.suppressed, problems(&gate)), (2, 0, vec![]));
}

#[test]
fn an_accepted_conflict_still_fails() {
    let pages = two_conflicts("accepted");
    let gate = pages.reviewed(&answered(&pages, "retried", Answer::Accept)).gate.unwrap();
    assert_eq!((gate.failing, gate.suppressed, problems(&gate)), (2, 0, vec![]));
}
