//! Is the page of a report safe, whole, small and legible? The rich report of `reports`, and many like it, as HTML.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use crate::reports::{rich, written};
use crossclaim::model::{GroupId, Report};
use crossclaim::report::html::Html;
use crossclaim::report::{Reporter, Style};

/// The page of a report whose articles try to break out of it.
fn hostile_page() -> String {
    let mut report = rich();
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)> \"quoted\" </style> {{ counts }} \u{202e}";
    report.sources[0].name = evil.to_owned();
    for claim in report.findings.iter_mut().flat_map(|finding| &mut finding.positions).flat_map(|side| &mut side.claims)
    {
        claim.text = format!("{evil} {}", claim.text);
        claim.source = evil.to_owned();
    }
    report.documents[0].title = Some(evil.to_owned());
    report.documents[0].url = Some("javascript:alert(3)".to_owned());
    written("html", &report, &Style::default())
}

#[test]
fn an_article_cannot_write_into_the_page() {
    let page = hostile_page();
    assert_eq!(page.matches("<script").count(), 1, "only the page's own");
    assert!(!page.contains("<img") && !page.contains("javascript:") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;"), "what an article holds is shown as text");
    assert!(page.contains("{{ counts }}"), "and is no template");
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let page = written("html", &rich(), &Style::default());
    for outside in [" src=", "<link", "@import", "url(", "<iframe", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("https://harborpost.example/ferry_(live)#:~:text=Twelve%20dead"), "{page}");
}

#[test]
fn every_finding_has_its_place_in_the_page_and_every_link_its_target() {
    let page = written("html", &rich(), &Style::default());
    for finding in rich().findings {
        assert_eq!(page.matches(&format!("id=\"{}\"", finding.group)).count(), 1);
    }
    let inner = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let mut links = 0;
    for target in inner {
        assert!(page.contains(&format!("id=\"{target}\"")), "nothing is called {target}");
        links += 1;
    }
    assert!(links > 10, "{links}");
}

#[test]
fn a_template_of_the_users_lays_the_page_out_and_its_mistakes_are_told() {
    let html =
        Html::with_template("{% for f in findings %}{{ f.label }}: {{ f.title }}\n{% endfor %}".to_owned()).unwrap();
    let mut bytes = Vec::new();
    html.write(&rich(), &Style::default(), &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("conflict: ") && text.lines().count() == rich().findings.len(), "{text}");
    let wrong = Html::with_template("one\n{% for %}".to_owned()).unwrap_err().to_string();
    assert!(wrong.contains("line 2"), "{wrong}");
    let misspelt = Html::with_template("{{ fnidings.none }}".to_owned()).unwrap();
    assert!(misspelt.write(&rich(), &Style::default(), &mut Vec::new()).is_err(), "an unknown name is no empty place");
}

/// A report of so many findings as a big corpus has: those of the rich one, again and again under other names.
fn big(findings: usize) -> Report {
    let mut report = rich();
    let few = std::mem::take(&mut report.findings);
    let again = few.iter().cycle().take(findings).enumerate();
    report.findings = again
        .map(|(at, finding)| {
            let mut finding = finding.clone();
            finding.group = GroupId::of([at.to_string().as_str()]);
            for claim in finding.positions.iter_mut().flat_map(|side| &mut side.claims) {
                claim.text = format!("{} Number {at} of the report, with words as an article has them.", claim.text);
            }
            finding
        })
        .collect();
    report
}

#[test]
fn a_page_of_five_thousand_findings_stays_small() {
    let page = written("html", &big(5_000), &Style::default());
    assert_eq!(page.matches("<article ").count(), 5_000);
    assert!(page.len() < 20_000_000, "{} bytes", page.len());
    // What lies under one outlet's name is most of a page and is told in few words.
    let alone = page.split("<article class=\"finding single-source\"").nth(1).unwrap();
    let markup = alone.len() - alone.find("</article>").map_or(0, |end| alone.len() - end);
    assert!(markup < 900, "{markup} bytes for one finding of one outlet");
}

#[test]
fn what_several_outlets_print_word_for_word_is_quoted_once() {
    let page = written("html", &rich(), &Style::default());
    let words = "Divers searched the wreck until dusk.";
    let copy = page.split("<article ").find(|part| part.contains(words) && part.contains("same-origin")).unwrap();
    assert_eq!(copy.matches("<blockquote>").count(), 1, "{copy}");
    assert!(copy.contains("<b>Coast Wire</b>") && copy.contains("<br><b>Harbor Post</b>"), "{copy}");
}

/// The colors of one mode by name: red, green and blue from 0 to 255.
fn colors(css: &str) -> std::collections::BTreeMap<&str, [u8; 3]> {
    let declared = css.split(';').filter_map(|part| part.rsplit_once(": #"));
    declared
        .map(|(name, hex)| {
            // `#fff` is short for `#ffffff`.
            let twice = if hex.trim().len() == 3 { 2 } else { 1 };
            let hex: String = hex.trim().chars().flat_map(|digit| std::iter::repeat_n(digit, twice)).collect();
            let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            (name.rsplit("--").next().unwrap(), [byte(0), byte(2), byte(4)])
        })
        .collect()
}

/// Contrast ratio of WCAG 2.2: relative luminance of the lighter color plus .05 over that of the darker plus .05.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |color: [u8; 3]| {
        let part = |value: u8| {
            let share = f64::from(value) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color[0]) + 0.7152 * part(color[1]) + 0.0722 * part(color[2])
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_of_the_page_stands_out_from_its_ground_as_wcag_aa_asks() {
    let style = crossclaim::report::html::STYLE;
    assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
    let pairs = [
        ("ink", "paper"),
        ("ink", "card"),
        ("soft", "paper"),
        ("soft", "card"),
        ("soft", "single-wash"),
        ("ink", "single-wash"),
        ("link", "paper"),
        ("link", "card"),
        ("conflict", "card"),
        ("conflict", "conflict-wash"),
        ("agree", "card"),
        ("agree", "agree-wash"),
        ("single", "single-wash"),
        ("mark-ink", "mark"),
    ];
    let block = |from: &str| -> String {
        let start = style.find(from).unwrap_or_else(|| panic!("no {from}"));
        style[start..].split_once(":root {").unwrap().1.split('}').next().unwrap().to_owned()
    };
    let light = block(":root");
    let dark = block("prefers-color-scheme: dark");
    let print = block("@media print");
    for (mode, own) in [("light", &light), ("dark", &dark), ("print", &print)] {
        // What a mode says nothing of stays as it is in the light.
        let mut known = colors(&light);
        known.extend(colors(own));
        for (text, ground) in pairs {
            let ratio = contrast(known[text], known[ground]);
            assert!(ratio >= 4.5, "{mode}: {text} on {ground} is {ratio:.2}");
        }
    }
}
