//! Has it become worse? Precision and recall per label over all stories, against floors.
//!
//! The floors stand beside the stories, in `fixtures/stories/floors.json` and `fixtures/retold/floors.json`. A figure below its floor fails; a figure well above it is printed
//! with the line that raises the floor.

use super::stories::expected::{folder, retold_folder, stories_of};
use super::stories::report_of;
use super::stories::scoring::{Counts, answers, header, score};
use std::collections::BTreeMap;
use std::path::Path;

/// A figure may lie this far above its floor before the test asks for the floor to be raised: less than the change that
/// one or two pairs make, so that an unrelated change does not ask for it.
const SLACK: f64 = 0.02;

#[test]
fn no_figure_falls_below_its_floor() {
    none_falls(&folder());
}

/// Stories of which no outlet has a sentence of another: the hard case, on which there is most to gain.
#[test]
fn no_figure_of_the_retold_stories_falls_below_its_floor() {
    none_falls(&retold_folder());
}

#[allow(clippy::print_stdout, reason = "the figures are read by whoever asks for them")]
fn none_falls(folder: &Path) {
    let json = std::fs::read_to_string(folder.join("floors.json")).expect("the floors");
    let floors: BTreeMap<String, f64> = serde_json::from_str(&json).expect("a table of floors");
    let mut total = Counts::default();
    let mut wrong_conflicts = Vec::new();
    let mut wrong_matches = Vec::new();
    println!("{}", header());
    for story in stories_of(folder) {
        let score = score(&story, &answers(&report_of(&story)));
        println!("{}", score.counts.line(&story.slug));
        wrong_conflicts.extend(score.wrong_conflicts);
        wrong_matches.extend(score.wrong_matches);
        total += score.counts;
    }
    println!("{}", total.line("all"));
    println!("conflicts that are none:\n{}", wrong_conflicts.join("\n"));
    println!("agreements between claims about different things:\n{}", wrong_matches.join("\n"));
    let figures = BTreeMap::from(total.figures());
    let names: Vec<&str> = floors.keys().map(String::as_str).collect();
    assert_eq!(names, figures.keys().copied().collect::<Vec<_>>(), "floors.json has one floor for each figure");
    let mut fallen = Vec::new();
    for (name, figure) in figures {
        let floor = floors[name];
        println!("{name:<20} {figure:.3}  floor {floor:.3}");
        if figure < floor {
            fallen.push(format!("{name} is {figure:.4}, its floor is {floor}"));
        } else if figure > floor + SLACK {
            let raised = (figure * 100.0).floor() / 100.0;
            println!("  raise it in {}: \"{name}\": {raised:.2}", folder.join("floors.json").display());
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
