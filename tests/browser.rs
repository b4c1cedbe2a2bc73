//! Does the page work in a browser? The page of the rich report in headless Chromium: a script of the test's own, added behind
//! the page's, uses it as a reader would and writes down what it saw.
//!
//! Where no browser is installed nothing is tried, and a line on standard error says so.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use crate::reports::rich;
use crossclaim::report::{Style, reporter};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What browsers of the family are called.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The first of them that is on the path.
fn browser() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let found = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    found.into_iter().find(|file| file.is_file())
}

/// What `script` wrote into the page that the browser made of the rich report; nothing where there is no browser.
fn seen(name: &str, script: &str) -> Option<Value> {
    let Some(browser) = browser() else {
        // Past the harness, which keeps what a passing test prints.
        let _ = writeln!(std::io::stderr(), "note: no browser is installed, so {name} was not tried");
        return None;
    };
    let mut bytes = Vec::new();
    reporter("html").unwrap().write(&rich(), &Style::default(), &mut bytes).unwrap();
    let page = String::from_utf8(bytes).unwrap();
    let probe = format!(
        "<pre id=\"seen\"></pre><script>window.addEventListener('load', function () {{ var seen = {{}};
         {script}
         document.getElementById('seen').textContent = JSON.stringify(seen); }});</script></body>"
    );
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("report.html");
    fs::write(&file, page.replace("</body>", &probe)).unwrap();
    let done = Command::new(browser)
        // Inside of a container there is no sandbox to be had; the page is the test's own.
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1000,800"])
        .args(["--virtual-time-budget=4000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&done.stdout).into_owned();
    let _ = fs::remove_dir_all(&folder);
    let told = dom.split("<pre id=\"seen\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    let told = told.unwrap_or_else(|| panic!("{name}: {dom}\n{}", String::from_utf8_lossy(&done.stderr)));
    let told = told.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    Some(serde_json::from_str(&told).unwrap_or_else(|error| panic!("{name}: {error}: {told}")))
}

#[test]
fn findings_are_filtered_sorted_and_stepped_through_by_keys() {
    let script = r#"
        var get = function (id) { return document.getElementById(id); };
        var shown = function () { return get('shown').textContent; };
        var press = function (key) {
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: key, bubbles: true, cancelable: true }));
        };
        var change = function (one) { one.dispatchEvent(new Event('change', { bubbles: true })); };
        seen.first = shown();
        seen.folded = !get('alone').open;
        seen.wide = document.documentElement.scrollWidth <= window.innerWidth;
        press('/');
        seen.slash = document.activeElement.id;
        press('Escape');
        seen.escaped = document.activeElement.id !== 'words';
        press('j'); press('j'); press('k');
        seen.here = document.querySelectorAll('.here').length;
        seen.stepped = document.activeElement.className + ' ' + document.activeElement.textContent;
        get('sort').value = 'confidence';
        change(get('sort'));
        seen.sorted = Array.prototype.map.call(get('list').children, function (one) { return one.dataset.c; });
        get('outlet').selectedIndex = 3;
        change(get('outlet'));
        seen.outlet = get('outlet').selectedOptions[0].textContent + ': ' + shown();
        get('outlet').value = '';
        document.forms[0].elements.label[2].click();
        seen.unfolded = get('alone').open;
        seen.all = shown();
    "#;
    let Some(seen) = seen("filters", script) else { return };
    assert_eq!(seen["first"], "5 of 8 shown");
    assert_eq!(seen["folded"], true, "what one outlet reports is folded at first");
    assert_eq!(seen["wide"], true, "the page itself does not scroll sideways");
    assert_eq!((&seen["slash"], &seen["escaped"]), (&"words".into(), &true.into()));
    assert_eq!((&seen["here"], &seen["stepped"]), (&1.into(), &"number 1".into()));
    assert_eq!(seen["sorted"], serde_json::json!(["0.97", "0.91", "0.88", "0.85", "0.80"]));
    assert_eq!(seen["outlet"], "Inland Herald: 3 of 8 shown");
    assert_eq!((&seen["unfolded"], &seen["all"]), (&true.into(), &"8 of 8 shown".into()));
}

#[test]
fn words_are_searched_and_an_address_opens_its_finding() {
    let alone = rich().findings.last().unwrap().group;
    let script = format!(
        "var words = document.getElementById('words'), target = document.getElementById('{alone}');
         seen.before = target.offsetParent !== null;
         location.hash = '{alone}';
         window.dispatchEvent(new Event('hashchange'));
         seen.after = target.offsetParent !== null;
         words.value = 'NORDLINE';
         words.dispatchEvent(new Event('input', {{ bubbles: true }}));
         setTimeout(function () {{
             seen.found = document.getElementById('shown').textContent;
             document.getElementById('seen').textContent = JSON.stringify(seen);
         }}, 400);"
    );
    let Some(seen) = seen("search", &script) else { return };
    assert_eq!((&seen["before"], &seen["after"]), (&false.into(), &true.into()));
    assert_eq!(seen["found"], "1 of 8 shown");
}

#[test]
fn without_a_script_everything_is_there_and_nothing_that_needs_one() {
    let mut bytes = Vec::new();
    reporter("html").unwrap().write(&rich(), &Style::default(), &mut bytes).unwrap();
    let page = String::from_utf8(bytes).unwrap();
    let (before, rest) = page.split_once("<script>").unwrap();
    let bare = format!("{before}{}", rest.split_once("</script>").unwrap().1);
    assert!(!bare.contains(" hidden") && bare.contains(".bar {") && bare.contains("display: none"));
    for finding in rich().findings {
        let id = format!("id=\"{}\"", finding.group);
        assert!(bare.contains(&id), "{id}");
    }
}
