//! The report in the manner of a compiler: for each finding the sentences that were held against each other, the words
//! that differ underlined and named with the value read from them, then what it rests on and what would settle it.

use super::excerpt::{marks, telling_evidence};
use super::grid::inked;
use super::table::{not_read, problems};
use super::telling::{Wording, behind, distinct_reasons, headline, side_value, telling_claims};
use super::{Color, Listing, Reporter, Style, escape, wording};
use crate::model::{Finding, Label, Position, Report, ReportedClaim, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::io;

/// `--format full`.
pub(super) struct Full;

/// Characters of the words in the title of an agreement.
const TITLE_CHARS: usize = 100;

/// What the frame of a snippet takes of a line.
const FRAME_COLUMNS: usize = 6;

/// Lines are not wrapped shorter than this, however narrow the terminal is.
const LEAST_COLUMNS: usize = 30;

impl Reporter for Full {
    fn name(&self) -> &'static str {
        "full"
    }

    fn media_type(&self) -> &'static str {
        "text/plain"
    }

    fn is_for_eyes(&self) -> bool {
        true
    }

    fn summary(&self) -> &'static str {
        "for a terminal, as a compiler shows errors: sentences with what differs underlined, then why"
    }

    fn write(&self, report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let renderer = match style.color {
            Color::Ansi => Renderer::styled(),
            Color::Plain => Renderer::plain(),
        };
        // Lines are wrapped here, at words; the renderer would cut them.
        let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(usize::from(u16::MAX));
        let listed =
            |finding: &&Finding| finding.label != Label::SingleSource || style.single_source == Listing::Listed;
        let mut folded = 0_u64;
        for finding in &report.findings {
            if listed(&finding) {
                write_finding(finding, style, &renderer, out)?;
            } else {
                folded += 1;
            }
        }
        if folded > 0 {
            writeln!(out, "Only one source: {}. --all lists them.", wording::count(folded, "group"))?;
        }
        for label in [Label::Conflict, Label::Agree, Label::SingleSource] {
            let number = wording::left_out(report, label);
            if number > 0 {
                writeln!(out, "Not shown: {number} {}.", label.name())?;
            }
        }
        for line in problems(report).into_iter().chain(not_read(report)) {
            writeln!(out, "{}", inked(&line, style.color))?;
        }
        Ok(())
    }
}

fn write_finding(finding: &Finding, style: &Style, renderer: &Renderer, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = usize::from(style.width).saturating_sub(FRAME_COLUMNS).max(LEAST_COLUMNS);
    let reasons = distinct_reasons(finding);
    let (level, name) = match (finding.label, finding.level) {
        (Label::Conflict, Severity::Error) => (Level::ERROR, "conflict"),
        (Label::Conflict, Severity::Warning) => (Level::WARNING, "conflict"),
        (label, _) => (Level::NOTE, label.name()),
    };
    let title = match (finding.label, reasons.first()) {
        (Label::Conflict, Some(reason)) => escape::terminal(&reason.message),
        _ => escape::terminal(&headline(finding, TITLE_CHARS)),
    };
    let id = match finding.label {
        Label::Conflict => reasons.first().map_or_else(String::new, |reason| reason.rule.clone()),
        Label::Agree | Label::SingleSource => finding.kind.map(|kind| kind.name().to_owned()).unwrap_or_default(),
    };
    let mut head = level.with_name(name).primary_title(title);
    if !id.is_empty() {
        head = head.id(id);
    }
    let mut group = Group::with_title(head);
    for (side, position) in finding.positions.iter().enumerate() {
        for wording in &telling_claims(finding, position).shown {
            group = group.element(origin(wording, position));
            group = group.element(snippet(wording.claim, finding, position, side, columns));
        }
    }
    for reason in reasons.iter().skip(1) {
        let words = format!("{}: {}", reason.rule, escape::terminal(&reason.message));
        group = group.element(Level::NOTE.message(words));
    }
    if style.explained_away == Listing::Listed {
        for away in &finding.explained_away {
            let words = format!("{}, explained by {}: {}", away.rule, away.by, escape::terminal(&away.message));
            group = group.element(Level::NOTE.with_name("not raised").message(words));
        }
    }
    if finding.label != Label::SingleSource {
        let stands = match finding.label {
            Label::Conflict => {
                format!("{}; {}, confidence {:.2}", behind(finding), finding.level.name(), finding.confidence)
            }
            Label::Agree | Label::SingleSource => behind(finding),
        };
        group = group.element(Level::NOTE.with_name("reported by").message(stands));
    }
    if let Some(held) = wording::held_back(finding) {
        let why = finding.weighed.as_ref().and_then(|made| made.suppression.as_ref());
        let why = why.map_or(String::new(), |why| format!(": {}", escape::terminal(&why.reason)));
        group = group.element(Level::NOTE.message(format!("{held}{why}")));
    }
    if !finding.would_settle.is_empty() {
        let sentences = finding.would_settle.join(" ");
        group = group.element(Level::HELP.with_name("would settle it").message(sentences));
    }
    for line in renderer.render(&[group]).lines().filter(|line| !is_empty_frame(line)) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

/// Whether a line of a snippet holds nothing but the sign that leads from a place to its words, which stand next anyway.
fn is_empty_frame(line: &str) -> bool {
    let mut in_code = false;
    let mut shown = line.chars().filter(|&character| {
        let code = in_code || character == '\u{1b}';
        in_code = code && character != 'm';
        !code && !character.is_whitespace()
    });
    shown.next() == Some('⸬') && shown.next().is_none()
}

/// Where the words stand, and in whose pages.
fn origin(wording: &Wording<'_>, position: &Position) -> Origin<'static> {
    // Where each document is a source of its own, its place names it already.
    let own_place = |outlet: &str| {
        let claim = position.claims.iter().find(|claim| claim.source == outlet && claim.path == outlet)?;
        Some(wording::place(&claim.path, claim.place))
    };
    let mut place = escape::terminal(&wording::place(&wording.claim.path, wording.claim.place));
    let mut before = "  ";
    for outlet in wording.outlets.iter().filter(|outlet| **outlet != wording.claim.path) {
        let told = own_place(outlet).map_or_else(|| (*outlet).to_owned(), |place| format!("also {place}"));
        place.push_str(&format!("{before}{}", escape::terminal(&told)));
        before = ", ";
    }
    if wording.claim.headline {
        place.push_str(", headline");
    }
    if let Some(attribution) = &wording.claim.attribution {
        place.push_str(&format!(", {}", escape::terminal(&wording::attribution(attribution))));
    }
    Origin::path(place)
}

/// The claim's words with those underlined that the finding rests on.
fn snippet<'a>(
    claim: &ReportedClaim,
    finding: &Finding,
    position: &Position,
    side: usize,
    columns: usize,
) -> Snippet<'a, Annotation<'a>> {
    let (text, ranges) = laid_out(claim, &marks(claim, &telling_evidence(finding)), columns);
    let kind = if side == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
    let read_as = side_value(finding, position).filter(|_| finding.label == Label::Conflict);
    let annotations: Vec<Annotation<'_>> = ranges
        .into_iter()
        .map(|(start, end)| {
            let label = read_as.clone().filter(|value| !value.eq_ignore_ascii_case(&text[start..end]));
            kind.span(start..end).label(label)
        })
        .collect();
    Snippet::source(text).line_numbering(false).fold(false).annotations(annotations)
}

/// The claim's words, safe for a terminal and broken into lines of at most `columns` characters where they have a space,
/// and where the marks came to lie.
fn laid_out(claim: &ReportedClaim, marks: &[(usize, usize)], columns: usize) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    if let Some(subject) = &claim.subject {
        text.push_str(&format!("({}) ", escape::terminal(subject)));
    }
    let mut ranges = Vec::with_capacity(marks.len());
    let mut at = 0;
    for &(start, end) in marks {
        text.push_str(&escape::terminal(&claim.text[at..start]));
        let from = text.len();
        text.push_str(&escape::terminal(&claim.text[start..end]));
        ranges.push((from, text.len()));
        at = end;
    }
    text.push_str(&escape::terminal(&claim.text[at..]));
    // A space becomes a line break and both are one byte long, so the marks stay where they are.
    let mut bytes = text.into_bytes();
    let (mut column, mut last_space) = (0, None);
    for index in 0..bytes.len() {
        match bytes[index] {
            b' ' => last_space = Some((index, column)),
            byte if byte & 0xC0 == 0x80 => continue,
            _ => {}
        }
        column += 1;
        if column > columns
            && let Some((space, before)) = last_space.take()
        {
            bytes[space] = b'\n';
            column -= before + 1;
        }
    }
    let text = String::from_utf8(bytes).expect("a space was replaced by a line break, both ASCII");
    // An underline over two lines is drawn as a box; the words of each line are underlined on their own instead.
    let apart = ranges.into_iter().flat_map(|(start, end)| per_line(&text, start, end)).collect();
    (text, apart)
}

/// The parts of a range that lie on one line each.
fn per_line(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut at = start;
    let mut parts = Vec::new();
    for line in text[start..end].split('\n') {
        if !line.is_empty() {
            parts.push((at, at + line.len()));
        }
        at += line.len() + 1;
    }
    parts
}
