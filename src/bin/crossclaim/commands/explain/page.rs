//! What there is to say of a pair → one HTML page: the waterfall drawn, the rest as on the terminal. It loads nothing, runs no
//! script, and takes nothing of a claim for markup.

use super::bits;
use super::told::{Step, Told};
use crossclaim::report::html::{STYLE, escaped, failure};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde::Serialize;
use std::io::{self, Write};

/// The page.
const TEMPLATE: &str = include_str!("page.html");

/// The narrowest range of bits that the waterfall is drawn over, so that a weight of nearly nothing looks like it.
const LEAST_RANGE: f64 = 4.0;

/// What the template sees.
#[derive(Debug, Serialize)]
struct Page<'a> {
    version: &'static str,
    told: &'a Told,
    bars: Vec<Bar<'a>>,
    /// Where no evidence for or against lies, in percent of the width.
    zero: String,
}

/// One line of the waterfall, as it is drawn.
#[derive(Debug, Serialize)]
struct Bar<'a> {
    step: &'a Step,
    weight: String,
    sum: String,
    /// `up`, `down`, or `sum` for the prior and the total, which are drawn from zero.
    kind: &'static str,
    /// Where it begins, and how wide it is, in percent of the width.
    from: String,
    width: String,
}

/// Writes the page.
pub(super) fn write(told: &Told, out: &mut dyn Write) -> io::Result<()> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(escaped);
    environment.add_global("style", Value::from_safe_string(STYLE.to_owned()));
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(failure)?;
    environment.set_syntax(syntax);
    environment.add_template("page.html", TEMPLATE).map_err(failure)?;
    let template = environment.get_template("page.html").map_err(failure)?;
    let (bars, zero) = bars(&told.steps);
    let page = Page { version: env!("CARGO_PKG_VERSION"), told, bars, zero };
    template.render_captured_to(Serde(page), out).map_err(failure)?;
    Ok(())
}

/// The steps as bars over one range, and where zero lies in it.
fn bars(steps: &[Step]) -> (Vec<Bar<'_>>, String) {
    let sums = || steps.iter().map(|step| step.sum);
    let least = sums().fold(0.0, f64::min);
    let most = sums().fold(0.0, f64::max);
    let range = (most - least).max(LEAST_RANGE);
    let percent = |value: f64| format!("{:.2}", 100.0 * value / range);
    let mut before = 0.0;
    let bars = steps
        .iter()
        .map(|step| {
            let (kind, from) = match step.weight {
                None => ("sum", 0.0),
                Some(weight) if weight < 0.0 => ("down", before),
                Some(_) => ("up", before),
            };
            before = step.sum;
            Bar {
                step,
                weight: step.weight.map(bits).unwrap_or_default(),
                sum: bits(step.sum),
                kind,
                from: percent(from.min(step.sum) - least),
                width: percent((step.sum - from).abs()),
            }
        })
        .collect();
    (bars, percent(-least))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(weight: Option<f64>, sum: f64) -> Step {
        let text = String::new;
        Step { comparator: text(), grade: text(), left: text(), right: text(), weight, sum }
    }

    #[test]
    fn bars_hang_together_from_the_prior_to_the_total() {
        let steps = [step(None, -3.0), step(Some(6.0), 3.0), step(Some(-1.0), 2.0), step(None, 2.0)];
        let (bars, zero) = bars(&steps);
        let drawn: Vec<(&str, &str, &str)> =
            bars.iter().map(|bar| (bar.kind, bar.from.as_str(), bar.width.as_str())).collect();
        assert_eq!(zero, "50.00");
        assert_eq!(
            drawn,
            [("sum", "0.00", "50.00"), ("up", "0.00", "100.00"), ("down", "83.33", "16.67"), ("sum", "50.00", "33.33")]
        );
    }
}
