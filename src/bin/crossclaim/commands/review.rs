//! `review PATH...`: findings one by one, an answer each → a file that is at once what `check` leaves alone and what `eval`
//! counts against. Answers come from a terminal, from lines of standard input, or from a file.

use super::weighed::{KnownFindings, Made, config, read_review, weighed};
use crate::args::{Cli, ListFormat, ReviewArgs};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::progress::Progress;
use crate::terminal::{Destination, prompt, style, tell};
use crossclaim::check::{Answer, Instead, Judged, MARK_VERSION, Review, ReviewRecord, fingerprint, is_reason};
use crossclaim::model::{Finding, Label, Report};
use crossclaim::report::grid::{Grid, Ink, Join, paint};
use crossclaim::report::{Listing, Style, escape, reporter, wording};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

/// The name of a review file where none is given.
const REVIEW_FILE: &str = ".crossclaim-review.jsonl";

/// What may be answered.
const HELP: &str = "a [REASON]          accept: the sources say what this says they do
r REASON            reject: they do not; r=agree, r=conflict or r=apart says what it is instead
s                   skip, also an empty line
q                   stop; what was answered is written already";

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &ReviewArgs) -> Result<Exit, Failure> {
    let config = config(cli, &args.paths, &args.gate)?;
    let made = weighed(cli, &args.paths, &args.gate, config, KnownFindings::Reviewed, None, &Progress::new(cli))?;
    let file = made.review.clone().unwrap_or_else(|| PathBuf::from(REVIEW_FILE));
    let review = if file.exists() { read_review(&file)? } else { Review::default() };
    let labels: Vec<Label> = match args.only.as_slice() {
        [] => vec![Label::Conflict],
        only => only.iter().map(|choice| choice.label()).collect(),
    };
    let findings = wanted(&made, &labels);
    let style =
        Style { single_source: Listing::Listed, ..style(cli.color, Destination::Screen, made.settings.report.width) };
    let mut desk = Desk { made: &made, file: &file, review };
    if args.list {
        write_to(None, |out| match args.format {
            ListFormat::Table => desk.table(&findings, &labels).write(&style, out),
            ListFormat::Jsonl => desk.lines(&findings, &labels, out),
        })?;
        return Ok(made.exit);
    }
    if let Some(answers) = &args.answers {
        desk.take(&findings, &read(answers)?, answers)?;
    } else {
        let open: Vec<&Numbered<'_>> = findings.iter().filter(|one| args.again || desk.is_open(one)).collect();
        desk.walk(&open, &style)?;
    }
    if !cli.quiet {
        let open = findings.iter().filter(|one| desk.is_open(one)).count();
        let answers = |answer| desk.review.records().filter(|record| record.answer == answer).count();
        let (accepted, rejected) = (answers(Answer::Accept), answers(Answer::Reject));
        let open = wording::count(open as u64, "finding");
        tell(&format!("{}: {accepted} accepted, {rejected} rejected; {open} without an answer", file.display()));
    }
    Ok(made.exit)
}

/// A finding beside its fingerprint.
struct Numbered<'a> {
    fingerprint: String,
    finding: &'a Finding,
}

/// The findings with these labels, those of one fingerprint once.
fn wanted<'a>(made: &'a Made, labels: &[Label]) -> Vec<Numbered<'a>> {
    let mut seen = BTreeSet::new();
    let of_label = made.report.findings.iter().filter(|finding| labels.contains(&finding.label));
    of_label
        .map(|finding| Numbered { fingerprint: fingerprint(finding, &made.report, &made.base), finding })
        .filter(|one| seen.insert(one.fingerprint.clone()))
        .collect()
}

/// The text of a file, or of standard input.
fn read(path: &Path) -> Result<String, Failure> {
    let unreadable = |error: io::Error| Failure::input(format!("cannot read {}: {error}", path.display()));
    if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map_err(unreadable)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(unreadable)
}

/// What is reviewed, and what was answered so far.
struct Desk<'a> {
    made: &'a Made,
    file: &'a Path,
    review: Review,
}

impl Desk<'_> {
    /// Whether nobody said anything of a finding yet.
    fn is_open(&self, one: &Numbered<'_>) -> bool {
        let left_alone = one.finding.weighed.as_ref().is_some_and(|made| made.suppression.is_some());
        !left_alone && self.review.record(&one.fingerprint).is_none()
    }

    fn take_in(&mut self, one: &Numbered<'_>, judged: Judged) {
        self.review.answer(ReviewRecord::of(one.finding, &self.made.report, &self.made.base, judged));
    }

    fn save(&self) -> Result<(), Failure> {
        let text = self.review.text();
        write_to(Some(self.file), |out| out.write_all(text.as_bytes()))
    }

    /// Takes all answers of a text, or none where one cannot be followed.
    fn take(&mut self, findings: &[Numbered<'_>], text: &str, path: &Path) -> Result<(), Failure> {
        for (line, written) in (1..).zip(text.lines()) {
            let written = written.trim();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let wrong = |what: String| Failure::input(format!("{}:{line}: {what}", path.display()));
            let (mark, answer) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
            let mark = mark.strip_prefix(MARK_VERSION).map_or(mark, |mark| mark.trim_start_matches(':'));
            let found = findings.iter().find(|one| bare_mark(&one.fingerprint) == mark);
            let Some(one) = found else {
                return Err(wrong(format!("no finding has the fingerprint `{mark}`; --list shows them")));
            };
            match parsed(answer).map_err(wrong)? {
                Said::Judged(judged) => self.take_in(one, judged),
                Said::Skip => {}
                Said::Stop | Said::Help => return Err(wrong("write accept or reject, then the reason".to_owned())),
            }
        }
        self.save()
    }

    /// Shows one finding after the other and asks for an answer to each, until there are no more or the reader stops.
    fn walk(&mut self, open: &[&Numbered<'_>], style: &Style) -> Result<(), Failure> {
        let asks = io::stdin().is_terminal();
        let mut lines = io::stdin().lock().lines();
        let full = reporter("full").expect("it is in the table");
        for (at, one) in (1..).zip(open) {
            let alone = alone(&self.made.report, one.finding);
            write_to(None, |out| full.write(&alone, style, out))?;
            loop {
                if asks {
                    let known = self.review.record(&one.fingerprint);
                    let known = known.map_or(String::new(), |known| format!(", {} before", known.answer.name()));
                    let mark = bare_mark(&one.fingerprint);
                    prompt(&format!(
                        "{at} of {} ({mark}{known}): [a]ccept, [r]eject, [s]kip, [q]uit, [?]: ",
                        open.len()
                    ));
                }
                let Some(line) = lines.next() else { return Ok(()) };
                let line = line.map_err(|error| Failure::input(format!("cannot read the answer: {error}")))?;
                let said = parsed(line.trim());
                match said {
                    Ok(Said::Judged(judged)) => {
                        self.take_in(one, judged);
                        self.save()?;
                        break;
                    }
                    Ok(Said::Skip) => break,
                    Ok(Said::Stop) => return Ok(()),
                    Ok(Said::Help) => HELP.lines().for_each(tell),
                    // Whoever sits there is asked again; a file of answers would go on with the wrong finding.
                    Err(wrong) if asks => tell(&wrong),
                    Err(wrong) => return Err(Failure::input(format!("the answer to finding {at}: {wrong}"))),
                }
            }
        }
        if open.is_empty() {
            tell(
                "there is nothing to review; --again goes through what has an answer, --only LABEL through other labels",
            );
        }
        Ok(())
    }

    /// What the file holds of these labels and nothing was found of.
    fn gone<'b>(&'b self, findings: &'b [Numbered<'_>], labels: &'b [Label]) -> impl Iterator<Item = &'b ReviewRecord> {
        let found: BTreeSet<&str> = findings.iter().map(|one| one.fingerprint.as_str()).collect();
        let is_gone = move |record: &&ReviewRecord| {
            labels.contains(&record.label) && !found.contains(record.fingerprint.as_str())
        };
        self.review.records().filter(is_gone)
    }

    fn table(&self, findings: &[Numbered<'_>], labels: &[Label]) -> Grid {
        let mut grid = Grid::new(["Fingerprint", "Answer", "What was found"]);
        grid.keep_within(1, 30);
        let answer = |record: &ReviewRecord| {
            let ink = if record.answer == Answer::Accept { Ink::Green } else { Ink::Red };
            let instead = record.instead.map_or(String::new(), |instead| format!(" ({})", instead.name()));
            format!(
                "{}\n{}",
                paint(&format!("{}{instead}", record.answer.name()), ink),
                escape::terminal(&record.reason)
            )
        };
        for one in findings {
            let finding = one.finding;
            let held = finding.weighed.as_ref().and_then(|made| made.suppression.as_ref());
            let told = match (self.review.record(&one.fingerprint), held) {
                (Some(record), _) => answer(record),
                (None, Some(held)) => {
                    format!("{}\n{}", paint("left alone", Ink::Faint), escape::terminal(&held.reason))
                }
                (None, None) => String::new(),
            };
            let why = finding.reasons.first().filter(|_| finding.label == Label::Conflict);
            let why = why.map(|reason| format!("{}: {}", reason.rule, escape::terminal(&reason.message)));
            let mut lines = vec![why.unwrap_or_else(|| finding.label.name().to_owned())];
            for claim in finding.positions.iter().flat_map(|position| position.claims.first()) {
                lines.push(escape::terminal(&claim.text));
                lines.push(paint(&escape::terminal(&wording::place(&claim.path, claim.place)), Ink::Faint));
            }
            grid.row(Join::Apart, [bare_mark(&one.fingerprint).to_owned(), told, lines.join("\n")]);
        }
        for record in self.gone(findings, labels) {
            let mut lines = vec![paint("found no more", Ink::Yellow)];
            lines.extend(record.sides.iter().flat_map(|side| side.first()).map(|claim| escape::terminal(&claim.text)));
            grid.row(Join::Apart, [bare_mark(&record.fingerprint).to_owned(), answer(record), lines.join("\n")]);
        }
        grid
    }

    fn lines(&self, findings: &[Numbered<'_>], labels: &[Label], out: &mut dyn Write) -> io::Result<()> {
        for one in findings {
            // The form of a record, whatever was answered, shows what the file would hold.
            let blank = Judged { answer: Answer::Accept, instead: None, reason: String::new() };
            let shape = ReviewRecord::of(one.finding, &self.made.report, &self.made.base, blank);
            let known = self.review.record(&one.fingerprint);
            let line = json!({
                "fingerprint": one.fingerprint, "label": shape.label, "rules": shape.rules, "found": true,
                "answer": known.map(|known| known.answer), "instead": known.and_then(|known| known.instead),
                "reason": known.map(|known| &known.reason), "sides": shape.sides,
            });
            writeln!(out, "{line}")?;
        }
        for record in self.gone(findings, labels) {
            let line = json!({
                "fingerprint": record.fingerprint, "label": record.label, "rules": record.rules, "found": false,
                "answer": record.answer, "instead": record.instead, "reason": record.reason, "sides": record.sides,
            });
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// A fingerprint without the version of its making.
fn bare_mark(fingerprint: &str) -> &str {
    fingerprint.rsplit(':').next().unwrap_or(fingerprint)
}

/// The report with one finding only. It counts nothing else as left out.
fn alone(report: &Report, finding: &Finding) -> Report {
    let mut gate = report.gate.clone();
    if let Some(gate) = &mut gate {
        gate.problems.clear();
    }
    Report {
        schema: report.schema.clone(),
        tool: report.tool.clone(),
        sources: report.sources.clone(),
        documents: Vec::new(),
        stories: Vec::new(),
        findings: vec![finding.clone()],
        skipped: Vec::new(),
        totals: report.totals,
        method: report.method.clone(),
        gate,
    }
}

/// What a line says.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Judged(Judged),
    Skip,
    Stop,
    Help,
}

/// Reads a line: `a`, `accept`, `r=apart`, ... and a reason.
fn parsed(line: &str) -> Result<Said, String> {
    let (word, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let reason = reason.trim();
    let (word, instead) = match word.split_once('=') {
        Some((word, instead)) => (word, Some(instead)),
        None => (word, None),
    };
    let instead = match instead {
        None => None,
        Some("agree") => Some(Instead::Agree),
        Some("conflict") => Some(Instead::Conflict),
        Some("apart") => Some(Instead::Apart),
        Some(other) => return Err(format!("`{other}` is no label; write agree, conflict or apart")),
    };
    let judged = |answer| Ok(Said::Judged(Judged { answer, instead, reason: reason.to_owned() }));
    match word.to_lowercase().as_str() {
        "a" | "accept" if instead.is_some() => Err("what is accepted is nothing else instead".to_owned()),
        "a" | "accept" => judged(Answer::Accept),
        "r" | "reject" if !is_reason(reason) => Err("a rejection needs a reason behind it, in words".to_owned()),
        "r" | "reject" => judged(Answer::Reject),
        "" | "s" | "skip" => Ok(Said::Skip),
        "q" | "quit" => Ok(Said::Stop),
        "?" | "h" | "help" => Ok(Said::Help),
        other => Err(format!("`{other}` is no answer; write a, r, s or q, or ? for help")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_answer_with_its_reason() {
        let judged =
            |answer, instead, reason: &str| Ok(Said::Judged(Judged { answer, instead, reason: reason.into() }));
        assert_eq!(parsed("a"), judged(Answer::Accept, None, ""));
        assert_eq!(parsed("accept  both pages count hosts"), judged(Answer::Accept, None, "both pages count hosts"));
        assert_eq!(parsed("r=apart two plans"), judged(Answer::Reject, Some(Instead::Apart), "two plans"));
        assert_eq!(
            [parsed(""), parsed("S"), parsed("quit"), parsed("?")].map(Result::unwrap),
            [Said::Skip, Said::Skip, Said::Stop, Said::Help]
        );
        for wrong in ["r", "reject --", "r=wrong x", "a=agree x", "yes"] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}
