//! Is the output valid and stable? One rich report, made by hand, through every reporter: the schema, then a snapshot.
//! Snapshots are in `fixtures/reports/`; review them when they change.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use crossclaim::model::{
    AgreementKind, Anchor, Attribution, Bound, Details, Document, DocumentForm, Evidence, ExplainedAway, Finding,
    Fingerprint, Grain, GroupId, Label, LineMap, Mention, MentionKind, Method, Modality, Mode, NamedBy, Origin, Place,
    Polarity, Position, Quantity, QuantityKind, Reason, Report, ReportedClaim, RuleInForce, Selector, Severity,
    Skipped, Source, Span, Speaker, Story, StoryId, TimeValue, Value,
};
use crossclaim::report::assemble::{Parts, assemble};
use crossclaim::report::diff::{ChangeKind, difference};
use crossclaim::report::select::{Selection, select};
use crossclaim::report::{Color, GroupBy, Listing, REPORTERS, Style, reporter};
use jiff::civil::{Date, date};
use std::path::PathBuf;

/// A document of three; the second is a record of a JSONL file with an address and its own identity.
fn document(index: usize) -> Document {
    let (outlet, path, record, given, title, url) = [
        ("Coast Wire", "wire/ferry.md", None, None, Some("Ferry fire kills nine off Port Aldis"), None),
        (
            "Harbor Post",
            "post.jsonl",
            Some(2),
            Some("hp-2"),
            Some("Twelve dead in ferry fire | live"),
            Some("https://harborpost.example/ferry_(live)"),
        ),
        ("Inland Herald", "herald/ferry.txt", None, None, None, None),
    ][index];
    let text = "The text of a document takes no part in a report.";
    Document {
        id: crossclaim::model::DocumentId::of([outlet, text]),
        given_id: given.map(str::to_owned),
        source: Source::new(outlet, if index == 1 { NamedBy::Metadata } else { NamedBy::Folder }),
        origin: Origin { path: path.to_owned(), record, format: "text".to_owned() },
        title: title.map(str::to_owned),
        url: url.map(str::to_owned),
        published: (index < 2).then(|| date(2031, 3, 4)),
        language: "en".to_owned(),
        form: DocumentForm::Article,
        text: text.to_owned(),
        passages: Vec::new(),
        lines: LineMap::Verbatim,
        details: Details {
            author: (index == 0).then(|| "Ida Brandt".to_owned()),
            modified: (index == 0).then(|| date(2031, 3, 5)),
            based_on: (index == 1).then(|| "https://wire.example/ferry".to_owned()),
            is_summary: index == 1,
            ignores: Vec::new(),
        },
    }
}

fn claim(document_index: usize, line: u32, start: u32, text: &str) -> ReportedClaim {
    let from = document(document_index);
    ReportedClaim {
        id: format!("{}-{start}", from.origin.path),
        document: from.shown_id(),
        source: from.source.name,
        path: from.origin.path,
        start,
        end: start + u32::try_from(text.len()).unwrap(),
        place: Place { line, column: 1 },
        place_end: (document_index != 1).then(|| Place { line, column: 1 + text.chars().count() as u32 }),
        text: text.to_owned(),
        sentence: None,
        subject: None,
        headline: false,
        guest: false,
        attribution: None,
        selector: vec![
            Selector::TextQuote { exact: text.to_owned(), prefix: "On Monday. ".to_owned(), suffix: String::new() },
            Selector::TextPosition { start, end: start + u32::try_from(text.chars().count()).unwrap() },
        ],
    }
}

fn evidence(claim: &ReportedClaim, words: &str, value: impl FnOnce(Span) -> Value) -> Evidence {
    let at = claim.text.find(words).expect("evidence quotes its claim") + claim.start as usize;
    let span = Span::new(at, at + words.len());
    Evidence { claim: claim.id.clone(), span, text: words.to_owned(), value: value(span) }
}

fn people(low: Option<f64>, high: Option<f64>, bound: Bound) -> impl FnOnce(Span) -> Value {
    move |span| {
        Value::Quantity(Quantity {
            span,
            kind: QuantityKind::Count,
            low,
            high,
            bound,
            unit: None,
            of: vec!["peopl".to_owned()],
            precision: 0.5,
        })
    }
}

fn day(from: Date) -> impl FnOnce(Span) -> Value {
    move |span| {
        Value::Time(TimeValue {
            span,
            from: Some(from),
            until: from.tomorrow().ok(),
            grain: Grain::Day,
            anchor: Anchor::Published,
            written: "monday".to_owned(),
        })
    }
}

fn side(value: Option<Value>, claims: Vec<ReportedClaim>) -> Position {
    let mut outlets: Vec<String> = claims.iter().map(|claim| claim.source.clone()).collect();
    outlets.sort();
    outlets.dedup();
    Position { value, outlets, claims }
}

fn finding(name: &str, label: Label, confidence: f64, positions: Vec<Position>) -> Finding {
    let mut outlets: Vec<&String> = positions.iter().flat_map(|side| &side.outlets).collect();
    outlets.sort();
    outlets.dedup();
    let outlets = u32::try_from(outlets.len()).unwrap();
    Finding {
        fingerprint: Fingerprint::of([name]),
        group: GroupId::of([name]),
        story: StoryId::of(["ferry"]),
        label,
        kind: None,
        level: Severity::Note,
        confidence,
        positions,
        reasons: Vec::new(),
        explained_away: Vec::new(),
        would_settle: Vec::new(),
        outlets,
        origins: outlets,
        attributed_sources: 0,
        weighed: None,
    }
}

fn rule(id: &str, level: Option<Severity>, bearing: &str) -> RuleInForce {
    let page = "# What it is\n\nThe two versions name other values for one thing.\n";
    let (id, bearing) = (id.to_owned(), bearing.to_owned());
    RuleInForce { id, level, summary: "values that exclude each other".to_owned(), bearing, page }
}

/// Two outlets on one toll, the third on another: with a speaker, and words that must be escaped.
fn toll() -> Finding {
    let mut wire = claim(0, 7, 120, "Nine people died in the fire, harbor master Ida Noll said.");
    wire.attribution = Some(Attribution {
        via: vec![Speaker { span: Span::new(180, 190), text: "the Ledger".to_owned() }],
        speaker: Some(Speaker { span: Span::new(150, 171), text: "harbor master Ida Noll".to_owned() }),
        cue: Span::new(173, 177),
        cue_text: "said".to_owned(),
        mode: Mode::Indirect,
    });
    let mut post = claim(1, 2, 0, "Twelve dead in ferry fire | live");
    post.headline = true;
    let herald = claim(2, 3, 40, "The blaze *killed* 12 people \u{1b}[31mon board\u{1b}[0m [updated].");
    let nine = evidence(&wire, "Nine", people(Some(9.0), Some(9.0), Bound::Exact));
    let twelve = evidence(&post, "Twelve", people(Some(12.0), Some(12.0), Bound::Exact));
    let also_twelve = evidence(&herald, "12", people(Some(12.0), Some(12.0), Bound::Exact));
    let reason = |right: &Evidence| Reason {
        rule: "numeric-mismatch".to_owned(),
        left: nine.clone(),
        right: right.clone(),
        message: format!("\"{}\" and \"{}\" count the same dead and cannot both hold.", nine.text, right.text),
    };
    let mut finding = finding(
        "toll",
        Label::Conflict,
        0.91,
        vec![
            side(Some(nine.value.clone()), vec![wire.clone()]),
            side(Some(twelve.value.clone()), vec![post.clone(), herald.clone()]),
        ],
    );
    finding.level = Severity::Error;
    finding.attributed_sources = 1;
    finding.reasons = vec![reason(&twelve), reason(&also_twelve)];
    finding.would_settle = vec!["A record of the body that counts.".to_owned()];
    finding
}

/// Conflicts of lower levels with every other sort of value.
fn day_and_permit() -> [Finding; 2] {
    let wire = claim(0, 9, 240, "The fire broke out on Monday.");
    let post = claim(1, 2, 60, "The fire broke out on Tuesday night.");
    let monday = evidence(&wire, "Monday", day(date(2031, 3, 3)));
    let tuesday = evidence(&post, "Tuesday night", day(date(2031, 3, 4)));
    let mut dates = finding(
        "day",
        Label::Conflict,
        0.8,
        vec![side(Some(monday.value.clone()), vec![wire]), side(Some(tuesday.value.clone()), vec![post])],
    );
    dates.level = Severity::Warning;
    dates.reasons = vec![Reason {
        rule: "date-mismatch".to_owned(),
        left: monday,
        right: tuesday,
        message: "The one has it on 2031-03-03, the other on 2031-03-04.".to_owned(),
    }];

    let wire = claim(0, 11, 300, "The operator Nordline had no permit for night trips.");
    let herald = claim(2, 8, 400, "Nordline held a permit for night trips.");
    let mut permit = finding(
        "permit",
        Label::Conflict,
        0.85,
        vec![
            side(Some(Value::Polarity(Polarity::Negated)), vec![wire.clone()]),
            side(Some(Value::Polarity(Polarity::Affirmed)), vec![herald.clone()]),
        ],
    );
    permit.level = Severity::Warning;
    permit.reasons = vec![Reason {
        rule: "negation".to_owned(),
        left: evidence(&wire, "no", |_| Value::Polarity(Polarity::Negated)),
        right: evidence(&herald, "held", |_| Value::Polarity(Polarity::Affirmed)),
        message: "The one denies what the other states.".to_owned(),
    }];
    [dates, permit]
}

/// Agreements: a bound that holds, and a text that two outlets took from one origin.
fn agreements() -> [Finding; 2] {
    let wire = claim(0, 13, 400, "At least 40 passengers were taken to the hospital in Port Aldis.");
    let post = claim(1, 2, 120, "43 passengers were brought to hospital.");
    let herald = claim(2, 12, 500, "Hospitals treated 43 passengers.");
    let mut bounds =
        finding("bounds", Label::Agree, 0.88, vec![side(None, vec![wire.clone(), post.clone(), herald.clone()])]);
    bounds.kind = Some(AgreementKind::Bounds);
    bounds.explained_away = vec![ExplainedAway {
        rule: "numeric-mismatch".to_owned(),
        by: "bounds".to_owned(),
        left: evidence(&wire, "At least 40", people(Some(40.0), None, Bound::AtLeast)),
        right: evidence(&post, "43", people(Some(43.0), Some(43.0), Bound::Exact)),
        message: "43 lies within \"at least 40\".".to_owned(),
    }];

    let wire = claim(0, 15, 600, "Divers searched the wreck until dusk.");
    let post = claim(1, 2, 200, "Divers searched the wreck until dusk.");
    let mut copy = finding("copy", Label::Agree, 0.97, vec![side(None, vec![wire, post])]);
    copy.kind = Some(AgreementKind::SameOrigin);
    copy.origins = 1;
    [bounds, copy]
}

fn single_source() -> [Finding; 3] {
    let mut clause = claim(1, 2, 300, "the crew had asked for a new pump");
    clause.sentence = Some("The union said the crew had asked for a new pump.".to_owned());
    clause.attribution = Some(Attribution {
        via: Vec::new(),
        speaker: None,
        cue: Span::new(290, 299),
        cue_text: "reportedly".to_owned(),
        mode: Mode::Indirect,
    });
    let alone =
        |name: &str, claim: ReportedClaim| finding(name, Label::SingleSource, 1.0, vec![side(None, vec![claim])]);
    [
        alone("pump", clause),
        alone("boat", claim(2, 20, 800, "A fishing boat picked up four children.")),
        alone("wind", claim(0, 17, 700, "The wind had turned to the west by then.")),
    ]
}

/// The report, put together from parts in no particular order.
pub(crate) fn rich() -> Report {
    assembled([2, 0, 1])
}

/// The same report from documents and findings in another order.
fn assembled(order: [usize; 3]) -> Report {
    let documents = order.map(document);
    let [dates, permit] = day_and_permit();
    let [bounds, copy] = agreements();
    let [pump, boat, wind] = single_source();
    let mut findings = vec![wind, copy, dates, pump, bounds, toll(), boat, permit];
    findings.rotate_left(order[0]);
    let set_aside = order.map(|index| [5, 0, 2][index]);
    let stories = vec![Story {
        id: StoryId::of(["ferry"]),
        documents: documents.iter().map(Document::shown_id).collect(),
        groups: findings.iter().map(|finding| finding.group).collect(),
    }];
    let skipped = |path: &str, place: Option<Place>, reason: &str| Skipped {
        path: path.to_owned(),
        place,
        reason: reason.to_owned(),
    };
    assemble(Parts {
        documents: &documents,
        set_aside: &set_aside,
        claims: &[],
        findings,
        stories,
        skipped: vec![
            skipped("post.jsonl", Some(Place { line: 5, column: 18 }), "expected `,` or `}`"),
            skipped("notes/\u{7}bell.txt", None, "the file is empty"),
            skipped("post.jsonl", Some(Place { line: 5, column: 18 }), "expected `,` or `}`"),
        ],
        candidates: 40,
        matched: 9,
        method: Method {
            threshold: 0.5,
            rules: vec![
                rule("numeric-mismatch", Some(Severity::Error), "conflict"),
                rule("date-mismatch", Some(Severity::Warning), "conflict"),
                rule("negation", Some(Severity::Error), "conflict"),
                rule("superseded", None, "context"),
            ],
        },
    })
}

pub(crate) fn written(format: &str, report: &Report, style: &Style) -> String {
    let mut bytes = Vec::new();
    reporter(format).expect("a known format").write(report, style, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_reporter_writes_what_was_reviewed() {
    for reporter in REPORTERS {
        snapshot(reporter.name(), &written(reporter.name(), &rich(), &Style::default()));
    }
}

#[test]
fn the_table_lists_everything_when_asked() {
    let style = Style {
        single_source: Listing::Listed,
        explained_away: Listing::Listed,
        claims: Listing::Listed,
        ..Style::default()
    };
    snapshot("table-all", &written("table", &rich(), &style));
}

#[test]
fn the_table_fits_any_width() {
    for width in 60..=200_u16 {
        let style = Style { width, single_source: Listing::Listed, claims: Listing::Listed, ..Style::default() };
        let table = written("table", &rich(), &style);
        let rows = table.lines().filter(|line| "┌╞├│└".contains(line.chars().next().unwrap_or(' ')));
        let widths: Vec<usize> = rows.map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|&columns| columns <= usize::from(width)), "{width}\n{table}");
        assert!(widths.len() > 20 && widths.iter().all(|columns| *columns == widths[0]), "{width}\n{table}");
    }
}

#[test]
fn color_replaces_brackets_and_article_text_cannot_color() {
    let plain = written("table", &rich(), &Style::default());
    let ansi = written("table", &rich(), &Style { color: Color::Ansi, ..Style::default() });
    assert!(plain.contains("[Nine]") && !plain.contains('\u{1b}'), "{plain}");
    assert!(ansi.contains("\u{1b}[1;31mNine\u{1b}[0m") && !ansi.contains("[Nine]"), "{ansi}");
    // The escape codes inside the article are pictures of themselves in both.
    for color in [Color::Plain, Color::Ansi] {
        let table = written("table", &rich(), &Style { color, claims: Listing::Listed, ..Style::default() });
        assert!(table.contains("␛[31mon board␛[0m") && !table.contains("\u{1b}[31mon"), "{table}");
    }
}

#[test]
fn every_format_lists_what_could_not_be_read() {
    for reporter in REPORTERS {
        let text = written(reporter.name(), &rich(), &Style::default());
        assert!(text.contains("the file is empty"), "{}: {text}", reporter.name());
        assert_eq!(text.matches("expected").count(), 1, "{}: an input is skipped once", reporter.name());
    }
}

#[test]
fn findings_are_conflicts_by_level_then_agreements_by_outlets_then_documents_in_order() {
    let order: Vec<GroupId> = rich().findings.iter().map(|finding| finding.group).collect();
    let names = ["toll", "permit", "day", "bounds", "copy", "boat", "pump", "wind"];
    assert_eq!(order, names.map(|name| GroupId::of([name])));
    let documents: Vec<String> = rich().documents.into_iter().map(|entry| entry.path).collect();
    assert_eq!(documents, ["herald/ferry.txt", "post.jsonl", "wire/ferry.md"]);
    assert_eq!(rich().stories[0].groups, order);
}

#[test]
fn the_order_of_the_parts_does_not_matter() {
    assert_eq!(assembled([0, 1, 2]), rich());
    assert_eq!(assembled([1, 2, 0]), rich());
    assert_eq!(rich().documents.iter().map(|entry| entry.set_aside).collect::<Vec<_>>(), [2, 0, 5]);
}

#[test]
fn a_selection_leaves_the_counts_alone_and_says_what_is_missing() {
    let only = Selection { labels: vec![Label::Conflict], limit: Some(2), least: None };
    let report = select(rich(), &only);
    assert_eq!((report.findings.len(), report.totals.conflict, report.totals.agree), (2, 3, 2));
    let table = written("table", &report, &Style::default());
    assert!(table.contains("Not shown: 1 conflict.") && table.contains("Not shown: 2 agree."), "{table}");
    let markdown = written("markdown", &report, &Style::default());
    assert!(markdown.contains("## Agreements (0)\n\n2 more are not shown."), "{markdown}");
}

#[test]
fn json_reads_back_as_the_same_report() {
    let mut report = rich();
    // The pages of the rules are for formats that carry help, and no part of the JSON form.
    report.method.rules.iter_mut().for_each(|rule| rule.page = "");
    let read: Report = serde_json::from_str(&written("json", &report, &Style::default())).unwrap();
    assert_eq!(read, report);
}

/// The published schema, closed: in public it lets later minor versions add fields, here it must know every one.
fn closed_schema() -> serde_json::Value {
    fn close(schema: &mut serde_json::Value) {
        if let Some(object) = schema.as_object_mut() {
            if object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), false.into());
            }
            object.values_mut().for_each(close);
        } else if let Some(list) = schema.as_array_mut() {
            list.iter_mut().for_each(close);
        }
    }
    let mut schema = serde_json::from_str(include_str!("../docs/report.schema.json")).unwrap();
    close(&mut schema);
    schema
}

fn assert_fits(report: &Report) {
    let instance = serde_json::to_value(report).unwrap();
    let schema = closed_schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(&instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn json_fits_the_published_schema_and_the_schema_knows_every_field() {
    assert_fits(&rich());
    let mut instance = serde_json::to_value(rich()).unwrap();
    instance["findings"][0]["label"] = "disputed".into();
    assert!(!jsonschema::is_valid(&closed_schema(), &instance), "the schema must refuse an unknown label");
}

#[test]
fn the_schema_knows_every_sort_of_value() {
    let span = Span::new(0, 1);
    let mention = Mention { span, kind: MentionKind::Place, key: "port aldis".to_owned() };
    let values = [
        Value::Mention(mention),
        Value::Modality(Modality::Planned),
        Value::Term("ferri".to_owned()),
        Value::Text("Port Aldis".to_owned()),
        people(None, Some(3.0), Bound::LessThan)(span),
        day(date(2031, 3, 3))(span),
    ];
    for value in values {
        let mut report = rich();
        report.findings[0].positions[0].value = Some(value);
        assert_fits(&report);
    }
}

#[test]
fn the_matrix_and_the_full_form_fit_any_width() {
    for (format, width) in
        ["matrix", "full"].into_iter().flat_map(|format| (60..=200_u16).map(move |width| (format, width)))
    {
        let style = Style { width, single_source: Listing::Listed, ..Style::default() };
        let text = written(format, &rich(), &style);
        // A place is one long word, and what a rule says is one line; sentences of articles and tables keep to the width.
        let laid_out = text.lines().filter(|line| "┌╞│└".contains(line.trim_start().chars().next().unwrap_or(' ')));
        let longest = laid_out.map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(longest > 30 && longest <= usize::from(width), "{format} {width}: {longest}\n{text}");
    }
}

#[test]
fn a_matrix_of_many_outlets_names_them_below() {
    let table = written("matrix", &rich(), &Style::default());
    assert!(table.contains("≠1 9") && table.contains("≠2 12") && table.contains("✓ At least 40"), "{table}");
    let narrow = written("matrix", &rich(), &Style { width: 40, ..Style::default() });
    assert!(narrow.contains("A Coast Wire, B Harbor Post, C Inland Herald"), "{narrow}");
}

#[test]
fn the_table_can_stand_by_story_and_by_outlet() {
    let by = |group_by| written("table", &rich(), &Style { group_by, ..Style::default() });
    assert!(by(GroupBy::Story).starts_with("Twelve dead in ferry fire | live\n┌"), "{}", by(GroupBy::Story));
    let by_source = by(GroupBy::Source);
    let at = |name: &str| by_source.find(&format!("{name}\n┌")).unwrap_or_else(|| panic!("{name} in {by_source}"));
    assert!(at("Coast Wire") < at("Harbor Post") && at("Harbor Post") < at("Inland Herald"));
    assert_eq!(by_source.matches("At least 40").count(), by_source.matches("Nine").count().min(3), "{by_source}");
}

#[test]
fn linked_data_names_every_side_and_joins_those_that_conflict() {
    let data: serde_json::Value = serde_json::from_str(&written("jsonld", &rich(), &Style::default())).unwrap();
    let nodes = data["@graph"].as_array().unwrap();
    let sides: usize = rich().findings.iter().map(|finding| finding.positions.len()).sum();
    let claims: Vec<_> = nodes.iter().filter(|node| node["@type"] == "Claim").collect();
    assert_eq!(claims.len(), sides);
    for claim in &claims {
        for other in claim["crossclaim:conflictsWith"].as_array().into_iter().flatten() {
            let back = claims.iter().find(|node| node["@id"] == other["@id"]).expect("an edge leads to a claim");
            assert!(
                back["crossclaim:conflictsWith"].as_array().unwrap().iter().any(|edge| edge["@id"] == claim["@id"])
            );
        }
    }
    assert!(nodes.iter().all(|node| node["@type"] != "ClaimReview"));
}

#[test]
fn a_report_differs_from_itself_in_nothing() {
    let same = difference(rich(), rich());
    assert!(same.changes.is_empty());
    assert_eq!(same.unchanged, rich().findings.len());
}

#[test]
fn what_changed_is_told_by_its_kind() {
    let (mut old, mut new) = (rich(), rich());
    let at = |report: &Report, name: &str| {
        report.findings.iter().position(|finding| finding.group == GroupId::of([name])).unwrap()
    };
    // The toll was settled: the outlet with another figure left the group.
    let toll = at(&new, "toll");
    new.findings[toll].label = Label::Agree;
    new.findings[toll].positions.truncate(1);
    new.findings[toll].fingerprint = Fingerprint::of(["toll, settled"]);
    // The boat was in one outlet only, and is now in two.
    let boat = at(&new, "boat");
    new.findings[boat].label = Label::Agree;
    new.findings[boat].fingerprint = Fingerprint::of(["boat, in two"]);
    // The day was not yet disputed.
    let day = at(&old, "day");
    old.findings.remove(day);
    let pump = at(&new, "pump");
    new.findings.remove(pump);
    let changed = difference(old, new);
    let kinds: Vec<ChangeKind> = changed.changes.iter().map(|change| change.kind).collect();
    assert_eq!(
        kinds,
        [ChangeKind::NewConflict, ChangeKind::ResolvedConflict, ChangeKind::Corroborated, ChangeKind::Gone]
    );
    assert_eq!(changed.summary(), "1 new conflict, 1 resolved conflict, 1 now corroborated, 1 gone; 4 unchanged");
    let mut table = Vec::new();
    changed.write_table(&Style::default(), false, &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    assert!(table.contains("1 group that came or went") && !table.contains("new pump"), "{table}");
}
