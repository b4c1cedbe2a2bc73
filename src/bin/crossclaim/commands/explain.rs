//! `explain A B`: a comparison step by step, and what would flip its label; `explain RULE-ID`: the rule's page.

use super::inputs::tell_skipped;
use super::show::frames;
use crate::args::{Cli, ExplainArgs};
use crate::exit::{Exit, Failure};
use crate::output::write_to;
use crate::settings;
use crate::terminal::{Destination, style};
use crossclaim::config::did_you_mean;
use crossclaim::label::rules::RULES;
use crossclaim::model::{NormalClaim, Polarity, Value};
use crossclaim::pipeline::{self, Explained, PairLabel, PairOutcome};
use crossclaim::report::grid::{Grid, Ink, Join, inked, paint};
use crossclaim::report::{Style, escape, wording};
use std::io::{self, Write};

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &ExplainArgs) -> Result<Exit, Failure> {
    let Some(right) = &args.right else { return explain_rule(&args.left) };
    if args.left.trim().is_empty() || right.trim().is_empty() {
        return Err(Failure::usage("a claim to compare is empty"));
    }
    let settings = settings::settings(cli, &args.paths, &args.sources, args.threshold)?;
    let style = style(cli.color, Destination::Screen, settings.report.width);
    let threshold = settings.compare.threshold;
    if args.paths.is_empty() {
        let outcome = pipeline::compare_pair(&args.left, right, None, None, &settings);
        write_to(None, |out| write_outcome(&outcome, threshold, &style, out))?;
        return Ok(Exit::Clean);
    }
    let explained = pipeline::explain(&args.paths, [&args.left, right], &settings)?;
    if !cli.quiet {
        tell_skipped(&explained.skipped);
    }
    write_to(None, |out| {
        write_outcome(&explained.outcome, threshold, &style, out)?;
        write_grouping(&explained, threshold, &style, out)
    })?;
    Ok(Exit::Clean)
}

/// Prints the page of a rule.
fn explain_rule(id: &str) -> Result<Exit, Failure> {
    if let Some(rule) = RULES.iter().find(|rule| rule.meta().id == id) {
        write_to(None, |out| writeln!(out, "{}", rule.meta().page.trim_end()))?;
        return Ok(Exit::Clean);
    }
    let hint = match did_you_mean(id, RULES.iter().map(|rule| rule.meta().id)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`crossclaim list rules` names them; to compare two claims, write both".to_owned(),
    };
    Err(Failure::usage(format!("no rule is called `{id}`; {hint}")))
}

/// Everything there is to say about a pair: the label, the claims with their values, the waterfall, the reasons.
fn write_outcome(outcome: &PairOutcome, threshold: f64, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let ink = match outcome.label {
        PairLabel::Conflict => Ink::Red,
        PairLabel::Agree => Ink::Green,
        PairLabel::Unmatched => Ink::Yellow,
    };
    let heading = |text: &str, out: &mut dyn Write| writeln!(out, "\n{}", inked(&paint(text, Ink::Bold), style.color));
    let kind = outcome.kind.map(|kind| format!(" ({})", kind.name())).unwrap_or_default();
    let label = inked(&paint(outcome.label.name(), ink), style.color);
    writeln!(out, "{label}{kind}: the same thing with probability {:.3}, threshold {threshold}", outcome.score)?;

    heading("The claims", out)?;
    let mut claims = Grid::new(["", "Claim", "Values read from it"]);
    for (name, normal) in [("A", &outcome.left), ("B", &outcome.right)] {
        let words = wording::with_subject(normal.claim.carried().as_deref(), normal.claim.text());
        let row = [name.to_owned(), escape::terminal(&words), values(normal).join("\n")];
        claims.row(Join::Apart, row);
    }
    claims.write(style, out)?;
    for (name, normal) in [("A", &outcome.left), ("B", &outcome.right)] {
        for told in frames::lines(normal) {
            writeln!(out, "{name} tells {}", escape::terminal(&told))?;
        }
    }

    heading("The comparison, in bits of evidence (+1 doubles the odds)", out)?;
    waterfall(outcome).write(style, out)?;
    if let Some(veto) = &outcome.comparison.veto {
        writeln!(out, "Vetoed by {veto}: the two are not matched whatever their weight.")?;
    }
    write_alignment(outcome, out)?;

    if !outcome.reasons.is_empty() {
        heading("Why they conflict", out)?;
    }
    for reason in &outcome.reasons {
        writeln!(out, "- {}: {}", reason.rule, escape::terminal(&reason.message))?;
        let (left, right) = (&reason.left, &reason.right);
        writeln!(
            out,
            "  A “{}” is {}; B “{}” is {}",
            escape::terminal(&left.text),
            escape::terminal(&wording::value(&left.value)),
            escape::terminal(&right.text),
            escape::terminal(&wording::value(&right.value))
        )?;
    }
    if !outcome.explained_away.is_empty() {
        heading("Considered and not raised", out)?;
    }
    for away in &outcome.explained_away {
        writeln!(out, "- {}, explained by {}: {}", away.rule, away.by, escape::terminal(&away.message))?;
    }
    if !outcome.flips.is_empty() {
        heading("What would change the label", out)?;
    }
    for flip in &outcome.flips {
        writeln!(out, "- {}", escape::terminal(flip))?;
    }
    Ok(())
}

/// What became of the pair in its corpus: whether it was compared at all, and whether the two came into one group.
fn write_grouping(explained: &Explained, threshold: f64, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", inked(&paint("In this corpus", Ink::Bold), style.color))?;
    if explained.one_outlet {
        return writeln!(out, "- Both claims are of one outlet, so they are not held against each other.");
    }
    match explained.keys.as_slice() {
        [] => writeln!(out, "- No key brought the two together, so they were not compared (`crossclaim list keys`).")?,
        keys => writeln!(out, "- Brought together by {}.", keys.join(", "))?,
    }
    let Some(gap) = &explained.gap else { return writeln!(out, "- Both stand in one group.") };
    let group = |members: &[u32]| match members.len() {
        1 => "a group by itself".to_owned(),
        count => format!("in a group of {count} claims"),
    };
    writeln!(
        out,
        "- Not in one group: A is {}, B {}; over {} of different outlets the mean score is {:.3}, threshold {threshold}.",
        group(&gap.left),
        group(&gap.right),
        if gap.pairs == 1 { "their one pair".to_owned() } else { format!("their {} pairs", gap.pairs) },
        gap.mean
    )?;
    if let Some([one, two]) = &explained.apart {
        let (one, two) = (escape::terminal(one), escape::terminal(two));
        writeln!(out, "- “{one}” and “{two}” stand apart, which keeps their groups apart.")?;
    }
    Ok(())
}

/// Each level with its weight and the sum so far, from the prior to the total.
fn waterfall(outcome: &PairOutcome) -> Grid {
    let comparison = &outcome.comparison;
    let mut grid = Grid::new(["Comparator", "Grade", "A", "B", "Weight", "Sum"]);
    let words = |normal: &NormalClaim, span| escape::terminal(normal.claim.words(span));
    // The weight is the prior plus all levels, so the prior is what the levels leave.
    let mut sum = comparison.weight - comparison.levels.iter().map(|level| level.weight).sum::<f64>();
    let row = |cells: [&str; 4], weight: String, sum: f64| {
        let [comparator, grade, left, right] = cells.map(str::to_owned);
        [comparator, grade, left, right, weight, bits(sum)]
    };
    grid.row(Join::Apart, row(["prior", "before any comparison", "", ""], String::new(), sum));
    for level in &comparison.levels {
        sum += level.weight;
        let value = level.value.map(|value| format!(" ({value:.2})")).unwrap_or_default();
        let veto = if level.veto { ", veto" } else { "" };
        let grade = format!("{}{value}{veto}", level.grade);
        let left = level.left.map(|span| words(&outcome.left, span)).unwrap_or_default();
        let right = level.right.map(|span| words(&outcome.right, span)).unwrap_or_default();
        grid.row(Join::Continued, row([&level.comparator, &grade, &left, &right], bits(level.weight), sum));
    }
    let total = format!("{:.3} as a probability", comparison.score);
    grid.row(Join::Apart, row(["total", &total, "", ""], String::new(), comparison.weight));
    grid
}

/// A weight with its sign; no negative zero.
fn bits(weight: f64) -> String {
    if weight.abs() < 0.005 { "0.00".to_owned() } else { format!("{weight:+.2}") }
}

/// Which words stand for which, and which have no partner.
fn write_alignment(outcome: &PairOutcome, out: &mut dyn Write) -> io::Result<()> {
    let alignment = &outcome.comparison.alignment;
    let word = |normal: &NormalClaim, index: u32| {
        normal.form.terms.get(index as usize).map_or(String::new(), |term| escape::terminal(&term.word))
    };
    if alignment.pairs.is_empty() && alignment.left_only.is_empty() && alignment.right_only.is_empty() {
        return Ok(());
    }
    let pairs = alignment.pairs.iter().map(|pair| {
        let (left, right) = (word(&outcome.left, pair.left), word(&outcome.right, pair.right));
        if left == right { left } else { format!("{left} ~ {right} ({:.2})", pair.strength) }
    });
    let list = |words: &[u32], normal: &NormalClaim| {
        let words: Vec<String> = words.iter().map(|&index| word(normal, index)).collect();
        if words.is_empty() { "none".to_owned() } else { words.join(", ") }
    };
    let pairs: Vec<String> = pairs.collect();
    let shared = if pairs.is_empty() { "none".to_owned() } else { pairs.join(", ") };
    writeln!(out, "Shared words: {shared}")?;
    writeln!(
        out,
        "Only in A: {} ({:.0} % shared)",
        list(&alignment.left_only, &outcome.left),
        alignment.left_coverage * 100.0
    )?;
    writeln!(
        out,
        "Only in B: {} ({:.0} % shared)",
        list(&alignment.right_only, &outcome.right),
        alignment.right_coverage * 100.0
    )
}

/// The values of a claim, one a line: the words, and what was read from them.
pub(super) fn values(normal: &NormalClaim) -> Vec<String> {
    let form = &normal.form;
    let line = |span, value: &Value| {
        let words = normal.claim.words(span);
        escape::terminal(&format!("“{words}”: {}", wording::value(value)))
    };
    let mut lines: Vec<String> = Vec::new();
    for quantity in &form.quantities {
        let of = if quantity.of.is_empty() { String::new() } else { format!(" of {}", quantity.of.join(" ")) };
        lines.push(format!("{}{}", line(quantity.span, &Value::Quantity(quantity.clone())), escape::terminal(&of)));
    }
    lines.extend(form.times.iter().map(|time| line(time.span, &Value::Time(time.clone()))));
    lines.extend(form.entities.iter().map(|mention| line(mention.span, &Value::Mention(mention.clone()))));
    if form.polarity == Polarity::Negated {
        lines.push("negated".to_owned());
    }
    lines.push(wording::modality_word(form.modality).to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossclaim::config::Settings;
    use crossclaim::model::{Alignment, Comparison, Level, Span};

    #[test]
    fn weights_carry_their_sign() {
        assert_eq!([bits(1.5), bits(-0.25), bits(-0.001)], ["+1.50", "-0.25", "0.00"]);
    }

    #[test]
    fn the_waterfall_runs_from_the_prior_to_the_total() {
        let mut outcome = pipeline::compare_pair("Nine were hurt", "Ten were hurt", None, None, &Settings::default());
        let level = |comparator: &str, weight: f64, left: Option<Span>, veto: bool| Level {
            comparator: comparator.to_owned().into(),
            grade: "alike".into(),
            weight,
            value: Some(0.5),
            left,
            right: None,
            veto,
        };
        outcome.comparison = Comparison {
            left: 0,
            right: 1,
            levels: vec![level("terms", 6.25, Some(Span::new(0, 4)), false), level("entities", -1.5, None, true)],
            weight: 1.75,
            score: 0.771,
            alignment: Alignment::default(),
            veto: Some("entities".into()),
        };
        outcome.label = PairLabel::Unmatched;
        let mut bytes = Vec::new();
        write_outcome(&outcome, 0.5, &Style::default(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let cells = |row: &str| {
            let line = text.lines().find(|line| line.contains(row)).unwrap_or_else(|| panic!("{row}: {text}"));
            line.split(['│', '┆']).map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(cells("prior"), ["prior", "before any comparison", "-3.00"]);
        assert_eq!(cells("terms"), ["terms", "alike (0.50)", "Nine", "+6.25", "+3.25"]);
        assert_eq!(cells("│ entities"), ["entities", "alike (0.50), veto", "-1.50", "+1.75"]);
        assert_eq!(cells("total"), ["total", "0.771 as a probability", "+1.75"]);
        assert!(text.contains("Vetoed by entities") && text.starts_with("unmatched"), "{text}");
    }

    #[test]
    fn an_unknown_rule_is_refused() {
        match explain_rule("no-such-rule") {
            Err(Failure::Run(error)) => assert!(error.to_string().starts_with("no rule is called `no-such-rule`; ")),
            other => panic!("{other:?}"),
        }
    }
}
