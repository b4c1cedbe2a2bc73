//! Values, places and counts → the words all formats made for reading use for them.

use crate::model::{
    Attribution, BaselineState, Bound, Finding, GateStatus, Grain, Label, Modality, Mode, Place, Polarity, Problem,
    Quantity, QuantityKind, Report, Skipped, TimeValue, Value,
};
use jiff::civil::Date;

/// A value in a few words: "at least 30 %", "2031-04-02", "not so".
pub fn value(value: &Value) -> String {
    match value {
        Value::Quantity(quantity) => quantity_words(quantity),
        Value::Time(time) => time_words(time),
        Value::Mention(mention) => mention.key.clone(),
        Value::Polarity(Polarity::Affirmed) => "stated".to_owned(),
        Value::Polarity(Polarity::Negated) => "denied".to_owned(),
        Value::Modality(modality) => modality_word(*modality).to_owned(),
        Value::Term(text) | Value::Text(text) => text.clone(),
    }
}

/// How sure a text is, in one word.
pub fn modality_word(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Probable => "probable",
        Modality::Possible => "possible",
        Modality::Planned => "planned",
        Modality::Hypothetical => "hypothetical",
    }
}

/// A place as editors read it: `path:line:column`.
pub fn place(path: &str, place: Place) -> String {
    format!("{path}:{}:{}", place.line, place.column)
}

/// One skipped input: where and why.
pub fn skipped(skipped: &Skipped) -> String {
    match skipped.place {
        Some(at) => format!("{}: {}", place(&skipped.path, at), skipped.reason),
        None => format!("{}: {}", skipped.path, skipped.reason),
    }
}

/// Who is quoted: "quoting the harbor master", "attributed to the harbor master".
pub fn attribution(attribution: &Attribution) -> String {
    let speaker = attribution.speaker.as_ref().map(|speaker| speaker.text.as_str());
    match (attribution.mode, speaker) {
        (Mode::Direct, Some(name)) => format!("quoting {name}"),
        (Mode::Indirect, Some(name)) => format!("attributed to {name}"),
        (_, None) => format!("source not named: “{}”", attribution.cue_text),
    }
}

/// The words of a claim, with the subject it took over in front in brackets: "(The mayor) left the country."
pub fn with_subject(subject: Option<&str>, text: &str) -> String {
    subject.map_or_else(|| text.to_owned(), |subject| format!("({subject}) {text}"))
}

/// `1 document`, `2 documents`.
pub fn count(number: u64, singular: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {singular}{ending}")
}

/// The counts of a run in one line.
pub fn totals(report: &Report) -> String {
    let totals = &report.totals;
    let groups = format!(
        "{}, {} agree, {} single-source",
        count(totals.conflict.into(), "conflict"),
        totals.agree,
        totals.single_source
    );
    format!(
        "{}, {}, {}: {groups}; {} skipped",
        count(totals.sources.into(), "source"),
        count(totals.documents.into(), "document"),
        count(totals.claims.into(), "claim"),
        totals.skipped
    )
}

/// What a gate makes of a report, in one line.
pub fn gate(report: &Report) -> String {
    let Some(gate) = &report.gate else { return totals(report) };
    let outcome = match gate.status {
        GateStatus::Passed => "passed",
        GateStatus::Failed => "failed",
    };
    let mut parts = vec![match gate.fail_on {
        Some(least) => format!("{} at {} or above", count(gate.failing.into(), "finding"), least.name()),
        None => "nothing can fail".to_owned(),
    }];
    if gate.max_conflicts > 0 {
        parts.push(format!("{} put up with", gate.max_conflicts));
    }
    if let Some(known) = gate.baselined {
        parts.push(format!("{known} in the baseline"));
    }
    if gate.suppressed > 0 {
        parts.push(format!("{} left alone", gate.suppressed));
    }
    if let Some(untouched) = gate.untouched.filter(|untouched| *untouched > 0) {
        parts.push(format!("{untouched} in files that did not change"));
    }
    format!(
        "check {outcome}: {}; {}, {}, {} skipped",
        parts.join(", "),
        count(report.totals.documents.into(), "document"),
        count(report.totals.claims.into(), "claim"),
        report.totals.skipped
    )
}

/// Why a gate does not count a finding, in a word or two; nothing where it does.
pub fn held_back(finding: &Finding) -> Option<&'static str> {
    let made = finding.weighed.as_ref()?;
    if made.suppression.is_some() {
        return Some("left alone");
    }
    (made.baseline == Some(BaselineState::Unchanged)).then_some("in the baseline")
}

/// A problem in one line: level and rule, where, what.
pub fn problem(problem: &Problem) -> String {
    let at = problem.place.map_or_else(|| problem.path.clone(), |at| place(&problem.path, at));
    format!("{}[{}]: {at}: {}", problem.level.name(), problem.rule, problem.message)
}

/// How many of the findings labelled `label` a selection left out of `report`.
pub fn left_out(report: &Report, label: Label) -> u64 {
    // A gate tells itself what it holds back, and asks for conflicts alone.
    if report.gate.is_some() {
        return 0;
    }
    let total = match label {
        Label::Conflict => report.totals.conflict,
        Label::Agree => report.totals.agree,
        Label::SingleSource => report.totals.single_source,
    };
    let shown = report.findings.iter().filter(|finding| finding.label == label).count() as u64;
    u64::from(total).saturating_sub(shown)
}

/// Who stands behind an agreement: "3 outlets, 2 origins".
pub fn corroboration(finding: &Finding) -> String {
    let outlets = count(finding.outlets.into(), "outlet");
    match finding.origins {
        origins if origins == finding.outlets => outlets,
        origins => format!("{outlets}, {}", count(origins.into(), "origin")),
    }
}

fn quantity_words(quantity: &Quantity) -> String {
    let bound = match quantity.bound {
        Bound::Exact | Bound::Range => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::MoreThan => "more than ",
        Bound::AtMost => "at most ",
        Bound::LessThan => "less than ",
    };
    let amount = match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high => number(low),
        (Some(low), Some(high)) if quantity.kind == QuantityKind::Score => format!("{}-{}", number(low), number(high)),
        (Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
        (Some(end), None) | (None, Some(end)) => number(end),
        (None, None) => "an unknown number".to_owned(),
    };
    let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{bound}{amount}{unit}")
}

/// A number with its thousands set apart by commas.
fn number(value: f64) -> String {
    let written = format!("{value}");
    let (sign, digits) = match written.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", written.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() < 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return written;
    }
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

fn time_words(time: &TimeValue) -> String {
    match (time.from, time.until) {
        // A part of a month or year ("late 2030") and an open end are told by their days.
        (Some(from), Some(until)) if until.yesterday().is_ok_and(|last| last == from) => from.to_string(),
        (Some(from), Some(until)) if time.grain == Grain::Month && from.day() == 1 && until == month_after(from) => {
            from.strftime("%Y-%m").to_string()
        }
        (Some(from), Some(until))
            if time.grain == Grain::Year
                && from.day_of_year() == 1
                && until == from.last_of_year().tomorrow().unwrap_or(until) =>
        {
            from.year().to_string()
        }
        (Some(from), Some(until)) => format!("{from} to {}", until.yesterday().unwrap_or(until)),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("before {until}"),
        (None, None) => time.written.clone(),
    }
}

fn month_after(from: Date) -> Date {
    from.last_of_month().tomorrow().unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Anchor, Span};
    use jiff::civil::date;

    fn quantity(low: Option<f64>, high: Option<f64>, bound: Bound, unit: Option<&str>) -> String {
        let unit = unit.map(str::to_owned);
        let span = Span::new(0, 1);
        quantity_words(&Quantity {
            span,
            kind: QuantityKind::Count,
            low,
            high,
            bound,
            unit,
            of: Vec::new(),
            precision: 0.5,
        })
    }

    #[test]
    fn quantities_keep_their_bounds_and_units() {
        assert_eq!(quantity(Some(30.0), None, Bound::AtLeast, None), "at least 30");
        assert_eq!(quantity(Some(3.5), Some(3.5), Bound::Exact, Some("%")), "3.5 %");
        assert_eq!(quantity(Some(10.0), Some(15.0), Bound::Range, Some("km")), "10 to 15 km");
        assert_eq!(quantity(Some(1_250_000.5), Some(1_250_000.5), Bound::Exact, Some("EUR")), "1,250,000.5 EUR");
        assert_eq!(quantity(Some(2031.0), Some(2031.0), Bound::Exact, None), "2031");
    }

    #[test]
    fn times_are_told_as_fine_as_the_text_told_them() {
        let time = |grain, from, until| {
            let written = "monday".to_owned();
            time_words(&TimeValue { span: Span::new(0, 1), from, until, grain, anchor: Anchor::Absolute, written })
        };
        let (march, april) = (Some(date(2031, 3, 1)), Some(date(2031, 4, 1)));
        assert_eq!(time(Grain::Day, march, Some(date(2031, 3, 2))), "2031-03-01");
        assert_eq!(time(Grain::Month, march, april), "2031-03");
        assert_eq!(time(Grain::Month, Some(date(2031, 3, 16)), april), "2031-03-16 to 2031-03-31");
        assert_eq!(time(Grain::Year, Some(date(2031, 1, 1)), Some(date(2032, 1, 1))), "2031");
        assert_eq!(time(Grain::Month, march, None), "from 2031-03-01");
        assert_eq!(time(Grain::Range, march, april), "2031-03-01 to 2031-03-31");
        assert_eq!(time(Grain::Range, None, april), "before 2031-04-01");
        assert_eq!(time(Grain::Day, None, None), "monday");
    }
}
