//! `explain A B`: a comparison step by step, and what would flip its label, on a terminal or as a page; `explain RULE-ID`: the
//! rule's page.

mod told;

mod page;

use super::inputs::tell_skipped;
use crate::args::{Cli, ExplainArgs, ExplainFormat};
use crate::exit::{Exit, Failure};
use crate::output::{destination, write_to};
use crate::settings;
use crate::terminal::style;
use crossclaim::config::did_you_mean;
use crossclaim::label::rules::RULES;
use crossclaim::model::{NormalClaim, Polarity, Value};
use crossclaim::pipeline;
use crossclaim::report::grid::{Grid, Ink, Join, inked, paint};
use crossclaim::report::{Style, escape, wording};
use std::io::{self, Write};
use told::Told;

/// Runs the command.
pub(crate) fn run(cli: &Cli, args: &ExplainArgs) -> Result<Exit, Failure> {
    let Some(right) = &args.right else {
        if args.format != ExplainFormat::Table || args.output.is_some() {
            return Err(Failure::usage(
                "--format and --output are for two claims; the page of a rule is printed as it is",
            ));
        }
        return explain_rule(&args.left);
    };
    if args.left.trim().is_empty() || right.trim().is_empty() {
        return Err(Failure::usage("a claim to compare is empty"));
    }
    let settings = settings::settings(cli, &args.paths, &args.sources, args.threshold)?;
    let style = style(cli.color, destination(args.output.as_deref()), settings.report.width);
    let threshold = settings.compare.threshold;
    let told = if args.paths.is_empty() {
        Told::of(&pipeline::compare_pair(&args.left, right, None, None, &settings), None, threshold)
    } else {
        let explained = pipeline::explain(&args.paths, [&args.left, right], &settings)?;
        if !cli.quiet {
            tell_skipped(&explained.skipped);
        }
        Told::of(&explained.outcome, Some(&explained), threshold)
    };
    write_to(args.output.as_deref(), |out| match args.format {
        ExplainFormat::Table => write_told(&told, &style, out),
        ExplainFormat::Html => page::write(&told, out),
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
fn write_told(told: &Told, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let ink = match told.label {
        "conflict" => Ink::Red,
        "agree" => Ink::Green,
        _ => Ink::Yellow,
    };
    let heading = |text: &str, out: &mut dyn Write| writeln!(out, "\n{}", inked(&paint(text, Ink::Bold), style.color));
    let kind = told.kind.map(|kind| format!(" ({kind})")).unwrap_or_default();
    let label = inked(&paint(told.label, ink), style.color);
    writeln!(out, "{label}{kind}: the same thing with probability {}, threshold {}", told.score, told.threshold)?;

    heading("The claims", out)?;
    let mut claims = Grid::new(["", "Claim", "Values read from it"]);
    for claim in &told.claims {
        claims.row(Join::Apart, [claim.name.to_owned(), claim.words.clone(), claim.values.join("\n")]);
    }
    claims.write(style, out)?;
    for claim in &told.claims {
        for tells in &claim.tells {
            writeln!(out, "{} tells {tells}", claim.name)?;
        }
    }

    heading("The comparison, in bits of evidence (+1 doubles the odds)", out)?;
    waterfall(told).write(style, out)?;
    if let Some(veto) = &told.veto {
        writeln!(out, "Vetoed by {veto}: the two are not matched whatever their weight.")?;
    }
    if let Some(words) = &told.words {
        let list = |words: &[String]| if words.is_empty() { "none".to_owned() } else { words.join(", ") };
        writeln!(out, "Shared words: {}", list(&words.shared))?;
        writeln!(out, "Only in A: {} ({} % shared)", list(&words.left_only), words.left_percent)?;
        writeln!(out, "Only in B: {} ({} % shared)", list(&words.right_only), words.right_percent)?;
    }

    if !told.reasons.is_empty() {
        heading("Why they conflict", out)?;
    }
    for reason in &told.reasons {
        writeln!(out, "- {}: {}", reason.rule, reason.message)?;
        let (left, right) = (&reason.left, &reason.right);
        writeln!(out, "  A “{left}” is {}; B “{right}” is {}", reason.left_value, reason.right_value)?;
    }
    if !told.explained_away.is_empty() {
        heading("Considered and not raised", out)?;
    }
    for away in &told.explained_away {
        writeln!(out, "- {}, explained by {}: {}", away.rule, away.by, away.message)?;
    }
    for (title, lines) in [("What would change the label", &told.flips), ("In this corpus", &told.corpus)] {
        if !lines.is_empty() {
            heading(title, out)?;
        }
        for line in lines {
            writeln!(out, "- {line}")?;
        }
    }
    Ok(())
}

/// Each level with its weight and the sum so far, from the prior to the total.
fn waterfall(told: &Told) -> Grid {
    let mut grid = Grid::new(["Comparator", "Grade", "A", "B", "Weight", "Sum"]);
    for step in &told.steps {
        let join = if step.weight.is_some() { Join::Continued } else { Join::Apart };
        let weight = step.weight.map(bits).unwrap_or_default();
        let [comparator, grade, left, right] =
            [&step.comparator, &step.grade, &step.left, &step.right].map(String::clone);
        grid.row(join, [comparator, grade, left, right, weight, bits(step.sum)]);
    }
    grid
}

/// A weight with its sign; no negative zero.
fn bits(weight: f64) -> String {
    if weight.abs() < 0.005 { "0.00".to_owned() } else { format!("{weight:+.2}") }
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
        // What is counted is kept by its stem; a reader wants to see the word as it was written.
        let written = |stem: &String| {
            let term = form.terms.iter().find(|term| term.stem == *stem);
            term.map_or_else(|| stem.clone(), |term| term.word.to_string())
        };
        let of: Vec<String> = quantity.of.iter().map(written).collect();
        let of = if of.is_empty() { String::new() } else { format!(" of {}", of.join(" ")) };
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
    use crossclaim::pipeline::PairLabel;

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
            inference: None,
        };
        outcome.label = PairLabel::Unmatched;
        let mut bytes = Vec::new();
        write_told(&Told::of(&outcome, None, 0.5), &Style::default(), &mut bytes).unwrap();
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
    fn the_page_shows_the_same_numbers_and_takes_no_claim_for_markup() {
        let (one, other) = ("Nine people <b>were</b> hurt \u{202e}in the fire", "Twelve people were hurt in the fire");
        let outcome = pipeline::compare_pair(one, other, None, None, &Settings::default());
        let told = Told::of(&outcome, None, 0.5);
        let (mut table, mut html) = (Vec::new(), Vec::new());
        write_told(&told, &Style { width: 1000, ..Style::default() }, &mut table).unwrap();
        page::write(&told, &mut html).unwrap();
        let (table, html) = (String::from_utf8(table).unwrap(), String::from_utf8(html).unwrap());
        assert!(told.steps.len() > 4);
        for step in &told.steps {
            for cell in [&step.comparator, &step.grade, &bits(step.sum)] {
                assert!(table.contains(cell.as_str()) && html.contains(&format!(">{cell}<")), "{cell}: {html}");
            }
        }
        assert!(html.contains("people &lt;b&gt;were&lt;/b&gt; hurt in") && !html.contains('\u{202e}'), "{html}");
        assert!(!html.contains("<script") && html.contains("default-src 'none'"));
    }

    #[test]
    fn an_unknown_rule_is_refused() {
        match explain_rule("no-such-rule") {
            Err(Failure::Run(error)) => assert!(error.to_string().starts_with("no rule is called `no-such-rule`; ")),
            other => panic!("{other:?}"),
        }
    }
}
