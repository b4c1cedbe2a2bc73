//! Has it become worse? Precision and recall per label over all stories, against floors that only rise.
//!
//! The floors stand in `fixtures/stories/floors.json`. A figure below its floor fails; a figure well above it is printed
//! with the line that raises the floor.

use super::stories::expected::{folder, stories};
use super::stories::report_of;
use super::stories::scoring::{Counts, answers, header, score};
use std::collections::BTreeMap;

/// A figure may lie this far above its floor before the test asks for the floor to be raised: less than the change that
/// one or two pairs make, so that an unrelated change does not ask for it.
const SLACK: f64 = 0.02;

#[test]
fn no_figure_falls_below_its_floor() {
    let json = std::fs::read_to_string(folder().join("floors.json")).unwrap();
    let floors: BTreeMap<String, f64> = serde_json::from_str(&json).unwrap();
    let mut total = Counts::default();
    let mut wrong_conflicts = Vec::new();
    let mut wrong_matches = Vec::new();
    println!("{}", header());
    for story in stories() {
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
            println!("  raise it in fixtures/stories/floors.json: \"{name}\": {raised:.2}");
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
