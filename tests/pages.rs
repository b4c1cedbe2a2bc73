//! What is no contradiction on pages of documentation: orders, names in programs, listings, entries, pages of one template, histories; and
//! what beside them still is one.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use crate::gate::{Pages, TODAY, WEBHOOKS, two_conflicts};
use crossclaim::model::{Label, Severity};

#[test]
fn what_a_page_of_changes_tells_was_so_at_its_time() {
    let pages = two_conflicts("history");
    pages.write("CHANGELOG.md", "# Changes\n\nWebhooks are retried seven times before the delivery is given up.\n");
    let levels = |text: &str| -> Vec<Severity> {
        let report = pages.weighed(text, None, TODAY);
        report.findings.iter().filter(|finding| finding.label == Label::Conflict).map(|finding| finding.level).collect()
    };
    // The two pages about today still contradict each other.
    assert_eq!(levels(""), [Severity::Error, Severity::Error]);
    pages.write("limits.md", WEBHOOKS);
    assert_eq!(levels(""), [Severity::Error, Severity::Note]);
    assert_eq!(levels("[check]\nhistory = []\n"), [Severity::Error, Severity::Error]);
}

#[test]
fn orders_and_names_in_programs_contradict_nothing() {
    for (one, other) in [
        ("To enable debug mode, use the debug option.", "Do not enable debug mode when deploying in production."),
        (
            "You can use the flask command to run the application.",
            "Do not use the flask command to run the application in production.",
        ),
        ("The task_rate_limit setting sets the limit of tasks.", "There is no rate limit of tasks."),
        (
            "This runs a predefined command specified in the \"start\" property.",
            "This runs a predefined command specified in the \"stop\" property.",
        ),
        ("The soft time limit of a task ends it.", "Default: No soft time limit of a task."),
        ("# Calling Tasks\n\nThe office is open.", "The worker does not call Tasks."),
        ("When the option is left out, get waits indefinitely.", "Set them to None to wait indefinitely."),
        ("Several projects can't co-exist in one process space.", "Tasks can co-exist in one process space."),
        ("The minimum required version of the driver is 3.2.0.", "The office was opened on the third of March."),
    ] {
        let pages = Pages::new("orders", &[("a.md", one), ("b.md", other)]);
        let report = pages.weighed("", None, TODAY);
        assert_eq!(report.totals.conflict, 0, "{one} / {other}\n{:#?}", report.findings[0].reasons);
    }
    // What stands beside an order is told.
    let told = [("a.md", "The bridge at Holm is closed."), ("b.md", "Do not worry, the bridge at Holm is not closed.")];
    assert_eq!(Pages::new("told", &told).weighed("", None, TODAY).totals.conflict, 1);
}

#[test]
fn what_only_looks_like_a_remark_or_a_field_is_held_against_the_rest() {
    for (name, one, other) in [
        (
            "a.md",
            "The harbor ferry costs 12 crowns a crossing, this figure excluding fuel.",
            "The harbor ferry costs 15 crowns a crossing.",
        ),
        (
            "a.md",
            "(Holm) The pier at Holm is closed to trucks in winter (and spring).",
            "The pier at Holm is not closed to trucks in winter.",
        ),
        (
            "a.md",
            ":warning: The ferry API keeps access tokens for 30 days.",
            "The ferry API keeps access tokens for 14 days.",
        ),
        (
            "a.txt",
            ":warning: The ferry API keeps access tokens for 30 days.",
            "The ferry API keeps access tokens for 14 days.",
        ),
    ] {
        let pages = Pages::new("remarks", &[(name, one), ("b.md", other)]);
        assert_eq!(pages.weighed("", None, TODAY).totals.conflict, 1, "{one} / {other}");
    }
    let ahead =
        [("a.md", "Unlike the others, this pier is closed in winter."), ("b.md", "The pier is not closed in winter.")];
    assert_eq!(Pages::new("ahead", &ahead).weighed("", None, TODAY).totals.conflict, 0);
}

#[test]
fn a_page_that_prints_both_sides_contradicts_neither() {
    let one = "Backups of customer databases in the northern region are kept for 30 days.";
    let two = "Backups of customer databases in the southern region are kept for 14 days.";
    let other = "Backups of customer databases in the northern region are kept for 60 days.";
    let whole = format!("# All\n\n{one}\n\n{two}\n");
    // A page that puts the others together says both, as they do.
    let mut pages = vec![("a.md", format!("# A\n\n{one}\n\n{two}\n")), ("print.md", whole)];
    let conflicts = |pages: &[(&str, String)]| {
        let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, text.as_str())).collect();
        Pages::new("both", &pages).weighed("", None, TODAY).totals.conflict
    };
    assert_eq!(conflicts(&pages), 0);
    // A page that says otherwise is held against what it contradicts, wherever else that is printed.
    pages.push(("b.md", format!("# B\n\n{other}\n")));
    assert_eq!(conflicts(&pages), 1);
    pages[1].1.push_str(other);
    assert_eq!(conflicts(&pages), 1, "the page of all prints it too, and the two pages still differ");
}

/// A page of a template about ports, with a sentence under one of the headings that all of them have.
fn port(name: &str, sentence: &str) -> String {
    format!(
        "# {name}\n\n## Requirements\n\nSee the list of piers.\n\n## Building\n\n{sentence}\n\n## Testing\n\nAsk the crew of {name}.\n"
    )
}

#[test]
fn pages_of_one_template_are_each_about_their_own_topic() {
    let conflicts = |pages: &[(&str, String)]| {
        let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, text.as_str())).collect();
        Pages::new("template", &pages).weighed("", None, TODAY).totals.conflict
    };
    let (yes, no) = (
        "The port supports night ferries of the outer line.",
        "The port does not support night ferries of the outer line.",
    );
    let both = [("holm.md", port("Holm", yes)), ("marlow.md", port("Marlow", no))];
    assert_eq!(conflicts(&both), 0);
    // The page that puts them together says of each what its page says, and nothing of the other.
    let whole = format!("# All ports\n\n#{}\n#{}", both[0].1.replace("## ", "### "), both[1].1.replace("## ", "### "));
    assert_eq!(conflicts(&[both[0].clone(), both[1].clone(), ("print.md", whole)]), 0);
    // What names the topic of the other page is held against that.
    let named = [
        ("holm.md", port("Holm", "The port of Holm supports night ferries of the outer line.")),
        ("marlow.md", port("Marlow", "The port of Holm does not support night ferries of the outer line.")),
    ];
    assert_eq!(conflicts(&named), 1);
    // So are two versions of one page, and pages that no template was made for.
    assert_eq!(conflicts(&[("old/holm.md", port("Holm", yes)), ("new/holm.md", port("Holm", no))]), 1);
    // A page that puts others together hides nothing that two of them say of one thing.
    let kept = |days| format!("Backups of customer databases are kept for {days} days.");
    let long = |name: &str, one: &str, two: &str, sentence: &str| {
        format!("# {name}\n\nAll about it.\n\n## {one}\n\nSee the list of piers.\n\n## {two}\n\n{sentence}\n")
    };
    let (one, two) =
        (long("Backups", "Nights", "Retention", &kept(30)), long("Limits", "Quotas", "Storage", &kept(14)));
    let all = ["Backups", "Limits", "Piers", "Crews", "Tides"].map(|name| match name {
        "Backups" => format!("#{}", one.replace("## ", "### ")),
        "Limits" => format!("#{}", two.replace("## ", "### ")),
        _ => format!("## {name}\n\nTo be written.\n"),
    });
    let whole = format!("# Guide\n\n{}", all.join("\n"));
    assert_eq!(conflicts(&[("backups.md", one), ("limits.md", two), ("print.md", whole)]), 1);
    let free = [("a.md", format!("# Ferries\n\n{yes}\n")), ("b.md", format!("# Piers\n\n## At night\n\n{no}\n"))];
    assert_eq!(conflicts(&free), 1);
}

#[test]
fn an_entry_is_about_what_its_heading_names() {
    let page =
        |heading: &str, field: &str| format!("# Guide\n\n## Overview\n\nAll of it.\n\n## {heading}\n\n{field}\n");
    for (one, other, expected) in [("Uploads", "Downloads", 0), ("Uploads", "Uploads", 1)] {
        let pages = [
            page(one, "Longest queue wait: 30 seconds for all night ferries."),
            page(other, "Longest queue wait: 45 seconds for all night ferries."),
        ];
        let pages = Pages::new("entries", &[("a.md", &pages[0]), ("b.md", &pages[1])]);
        assert_eq!(pages.weighed("", None, TODAY).totals.conflict, expected, "{one} / {other}");
    }
}

#[test]
fn numbers_that_name_listings_and_memos_are_no_figures() {
    for (one, other) in [
        ("Listing 19-5 shows a pier with two berths.", "Listing 19-12 shows a pier with two berths."),
        ("Now enter the table of berths of Listing 1-1.", "Now enter the table of berths of Listing 21-1."),
        (
            "See RFC 2093 for more details of the harbor protocol.",
            "See RFC 2086 for more details of the harbor protocol.",
        ),
        (
            "These gates are all set to the 'allow' level by default.",
            "These gates are all set to the 'deny' level by default.",
        ),
    ] {
        let pages = Pages::new("named", &[("a.md", one), ("b.md", other)]);
        assert_eq!(pages.weighed("", None, TODAY).totals.conflict, 0, "{one} / {other}");
    }
}

#[test]
fn listings_and_orders_contradict_nothing() {
    let prose = "<p>The harbor service writes one line for every ferry that leaves, and keeps it for a year.</p>";
    let page = |listing: &str| format!("<html><body><h1>Log</h1>{prose}{listing}{prose}</body></html>");
    for listing in [
        "<pre><code>Ferry left in NN.5 s. The pier was free after NN minutes of waiting.</code></pre>",
        "<pre><button>copy</button> <code class=\"language-sh\">The pier was free after NN minutes.</code></pre>",
        "<div class=\"highlight-text\"><div class=\"highlight\"><pre><span></span>The pier was free after NN minutes.</pre></div></div>",
    ] {
        let (one, other) = (page(&listing.replace("NN", "12")), page(&listing.replace("NN", "40")));
        let pages = Pages::new("listings", &[("a.html", &one), ("b.html", &other)]);
        assert_eq!(pages.weighed("", None, TODAY).totals.conflict, 0, "{listing}");
    }
    let (one, other) = (
        page("<pre>The pier was free after 12 minutes.</pre>"),
        page("<pre>The pier was free after 40 minutes.</pre>"),
    );
    let pages = Pages::new("listings", &[("a.html", &one), ("b.html", &other)]);
    assert_eq!(pages.weighed("", None, TODAY).totals.conflict, 1, "preformatted prose is prose");
    let orders =
        [("a.md", "Benchmark the specified integration test."), ("b.md", "Test the specified integration benchmark.")];
    assert_eq!(Pages::new("orders-swapped", &orders).weighed("", None, TODAY).totals.conflict, 0);
}
