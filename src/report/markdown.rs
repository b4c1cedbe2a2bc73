//! The report for an editor: what conflicts, what agrees, what only one source has, each with who reported it, in which
//! words, where, and why it was labelled so. Everything that came from an article is escaped.

use super::escape::{code, link_target, markdown as text};
use super::excerpt::{Mark, pieces};
use super::telling::{behind, distinct_reasons, headline, side_value};
use super::{Listing, Reporter, Style, wording};
use crate::model::{DocumentEntry, Finding, Label, Position, Report, ReportedClaim};
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

/// `--format markdown`.
pub(super) struct Markdown;

/// Characters of a claim in the heading of its group.
const HEADING_CHARS: usize = 80;

/// The documents of a report, by path and record and by identity.
type Documents<'a> = HashMap<(&'a str, &'a str), &'a DocumentEntry>;

impl Reporter for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn media_type(&self) -> &'static str {
        "text/markdown"
    }

    fn is_for_eyes(&self) -> bool {
        true
    }

    fn summary(&self) -> &'static str {
        "for an editor: sections by label, who reported what, where they differ, and why"
    }

    fn write(&self, report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let documents: Documents<'_> =
            report.documents.iter().map(|entry| ((entry.path.as_str(), entry.id.as_str()), entry)).collect();
        writeln!(out, "# What the sources say\n\n{}.\n", wording::totals(report))?;
        section(out, report, Label::Conflict, "Conflicts")?;
        for (index, finding) in of(report, Label::Conflict).enumerate() {
            write_conflict(out, index + 1, finding, &documents, style)?;
        }
        section(out, report, Label::Agree, "Agreements")?;
        for (index, finding) in of(report, Label::Agree).enumerate() {
            write_agreement(out, index + 1, finding, &documents, style)?;
        }
        section(out, report, Label::SingleSource, "Only one source")?;
        write_single(out, report, &documents)?;
        write_sources(out, report)?;
        write_skipped(out, report)?;
        writeln!(
            out,
            "---\n\nMade by {} {}, which compares what sources say and does not say what is true. Outlets are counted; \
             origins count copies of one text once.",
            report.tool.name, report.tool.version
        )
    }
}

fn of(report: &Report, label: Label) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(move |finding| finding.label == label)
}

/// A section's heading, and a line where it is empty or cut.
fn section(out: &mut dyn Write, report: &Report, label: Label, title: &str) -> io::Result<()> {
    let shown = of(report, label).count();
    writeln!(out, "## {title} ({shown})\n")?;
    match (shown, wording::left_out(report, label)) {
        (0, 0) => writeln!(out, "None.\n"),
        (_, 0) => Ok(()),
        (_, 1) => writeln!(out, "1 more is not shown.\n"),
        (_, more) => writeln!(out, "{more} more are not shown.\n"),
    }
}

fn write_conflict(
    out: &mut dyn Write,
    number: usize,
    finding: &Finding,
    documents: &Documents<'_>,
    style: &Style,
) -> io::Result<()> {
    writeln!(out, "### {number}. {}\n", text(&headline(finding, HEADING_CHARS)))?;
    writeln!(out, "Level {}, confidence {:.2}; {}.\n", finding.level.name(), finding.confidence, behind(finding))?;
    for (index, position) in finding.positions.iter().enumerate() {
        let value = side_value(finding, position).map(|value| format!(": **{}**", text(&value)));
        writeln!(out, "Side {}{}\n", index + 1, value.unwrap_or_default())?;
        write_claims(out, finding, position, documents)?;
    }
    writeln!(out, "Why:\n")?;
    for reason in distinct_reasons(finding) {
        let (left, right) = (text(&reason.left.text), text(&reason.right.text));
        writeln!(out, "- {} (“{left}” and “{right}”; rule `{}`)", text(&reason.message), code(&reason.rule))?;
    }
    writeln!(out)?;
    if !finding.would_settle.is_empty() {
        writeln!(out, "What would settle it: {}\n", text(&finding.would_settle.join(" ")))?;
    }
    write_explained(out, finding, style)
}

fn write_agreement(
    out: &mut dyn Write,
    number: usize,
    finding: &Finding,
    documents: &Documents<'_>,
    style: &Style,
) -> io::Result<()> {
    writeln!(out, "### {number}. {}\n", text(&headline(finding, HEADING_CHARS)))?;
    let kind = finding.kind.map(|kind| format!("; {}", kind.name())).unwrap_or_default();
    writeln!(out, "Reported by {}{kind}.\n", behind(finding))?;
    for position in &finding.positions {
        write_claims(out, finding, position, documents)?;
    }
    write_explained(out, finding, style)
}

/// The claims of one outlet only, under the outlet's name.
fn write_single(out: &mut dyn Write, report: &Report, documents: &Documents<'_>) -> io::Result<()> {
    let mut by_outlet: BTreeMap<&str, Vec<(&Finding, &ReportedClaim)>> = BTreeMap::new();
    for finding in of(report, Label::SingleSource) {
        for claim in finding.positions.iter().flat_map(|position| &position.claims) {
            by_outlet.entry(&claim.source).or_default().push((finding, claim));
        }
    }
    for (outlet, claims) in by_outlet {
        writeln!(out, "### {}\n", text(outlet))?;
        for (finding, claim) in claims {
            writeln!(out, "- {}", claim_words(finding, claim, documents))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_claims(
    out: &mut dyn Write,
    finding: &Finding,
    position: &Position,
    documents: &Documents<'_>,
) -> io::Result<()> {
    for claim in &position.claims {
        writeln!(out, "- **{}**: {}", text(&claim.source), claim_words(finding, claim, documents))?;
    }
    writeln!(out)
}

fn write_explained(out: &mut dyn Write, finding: &Finding, style: &Style) -> io::Result<()> {
    if style.explained_away == Listing::Counted || finding.explained_away.is_empty() {
        return Ok(());
    }
    writeln!(out, "Considered and not raised:\n")?;
    for away in &finding.explained_away {
        writeln!(out, "- {} (rule `{}`, explained by {})", text(&away.message), code(&away.rule), text(&away.by))?;
    }
    writeln!(out)
}

fn write_sources(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "## Sources ({})\n", report.sources.len())?;
    if report.documents.is_empty() {
        return writeln!(out, "None.\n");
    }
    writeln!(out, "| Outlet | Document | Published | Claims |\n|---|---|---|---|")?;
    for document in &report.documents {
        let title = text(document.title.as_deref().unwrap_or(&document.path));
        let linked = match document.url.as_deref().and_then(link_target) {
            Some(address) => format!("[{title}](<{address}>)"),
            None => title,
        };
        let published = document.published.map(|day| day.to_string()).unwrap_or_default();
        writeln!(out, "| {} | {linked} | {published} | {} |", text(&document.source), document.claims)?;
    }
    writeln!(out)
}

fn write_skipped(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if report.skipped.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Not read ({})\n\nWhat stands in these was not compared.\n", report.skipped.len())?;
    for skipped in &report.skipped {
        let place = skipped.place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
        writeln!(out, "- `{}{place}`: {}", code(&skipped.path), text(&skipped.reason))?;
    }
    writeln!(out)
}

/// A claim's words, what differs in bold, then where they stand and who is quoted.
fn claim_words(finding: &Finding, claim: &ReportedClaim, documents: &Documents<'_>) -> String {
    let mut words = String::new();
    for piece in pieces(claim, finding) {
        // Emphasis must touch its words: white space at the edge of a piece stays outside of the asterisks.
        let core = piece.text.trim();
        match piece.mark {
            Mark::Telling if !core.is_empty() => {
                let lead = if piece.text.starts_with(core) { "" } else { " " };
                let trail = if piece.text.ends_with(core) { "" } else { " " };
                words.push_str(&format!("{lead}**{}**{trail}", text(core)));
            }
            _ => words.push_str(&text(&piece.text)),
        }
    }
    let place = format!("`{}`", code(&wording::place(&claim.path, claim.place)));
    let document = documents.get(&(claim.path.as_str(), claim.document.as_str()));
    let linked = match document.and_then(|entry| entry.url.as_deref()).and_then(link_target) {
        Some(address) => format!("[{place}](<{address}>)"),
        None => place,
    };
    let mut after = vec![linked];
    after.extend(document.and_then(|entry| entry.published).map(|day| day.to_string()));
    if claim.headline {
        after.push("headline".to_owned());
    }
    after.extend(claim.attribution.as_ref().map(|quoted| text(&wording::attribution(quoted))));
    let subject = claim.subject.as_ref().map(|subject| format!("({}) ", text(subject))).unwrap_or_default();
    format!("{subject}“{words}” ({})", after.join(", "))
}
