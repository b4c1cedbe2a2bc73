//! Words → names. In: the text of a claim or sentence with its tokens, and the table of names of its document. Out: mentions
//! with their kind and the canonical name each resolves to.
//!
//! Titles and roles before a name are no part of it. A capital that is due to the beginning of a sentence or to a headline
//! makes no name by itself. Names are joined inside one document ("Harlan" after "Jane Harlan"); across documents they are
//! only given the same key where the lexicon knows them. Who a "he" or "the minister" is stays open.

mod gazetteer;

mod line;

mod runs;

mod shape;

mod table;

mod user;

pub use table::NameTable;
pub use user::UserNames;

use crate::model::{Document, Mention, PassageKind, Span};
use crate::text::tokens::Token;
use line::Line;

/// Reads the names a document tells, from all its passages. The names the user knows come before all others.
pub fn name_table(document: &Document, user: &UserNames) -> NameTable {
    let mut texts: Vec<&str> = document
        .passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Boilerplate | PassageKind::Teaser))
        .filter_map(|passage| document.text.get(passage.span.range()))
        .collect();
    if texts.is_empty() {
        texts.push(&document.text);
    }
    table::read_table(&texts, user)
}

/// The names in `text`, in order; spans point into it. With an empty table only the text and the lexicon tell.
pub fn mentions(text: &str, tokens: &[Token<'_>], names: &NameTable) -> Vec<Mention> {
    let line = Line::new(text, tokens);
    runs::find(&line, names)
        .into_iter()
        .map(|found| Mention {
            span: Span::new(tokens[found.from].start, tokens[found.to - 1].end),
            kind: found.kind,
            key: found.key,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Document, DocumentForm, DocumentId, LineMap, MentionKind, NamedBy, Origin, Passage, PassageKind, Source,
    };
    use crate::text::tokens::tokenize;
    use MentionKind::{Nationality, Organization, Person, Place};
    use proptest::prelude::*;

    fn document(lines: &[&str]) -> Document {
        let mut text = String::new();
        let mut passages = Vec::new();
        for line in lines {
            let start = text.len();
            text.push_str(line);
            passages.push(Passage {
                span: Span::new(start, text.len()),
                kind: PassageKind::Paragraph,
                set_aside: None,
            });
            text.push('\n');
        }
        Document {
            id: DocumentId::of([text.as_str()]),
            given_id: None,
            source: Source::new("The Harbor Sentinel", NamedBy::Flag),
            origin: Origin { path: "a.txt".to_owned(), record: None, format: "text".to_owned() },
            title: None,
            url: None,
            published: None,
            language: "en".to_owned(),
            form: DocumentForm::Article,
            text,
            passages,
            lines: LineMap::Verbatim,
            details: Default::default(),
        }
    }

    /// The names of `text` as (words, kind, key), read with the table of `lines`.
    fn names_in(lines: &[&str], text: &str) -> Vec<(String, MentionKind, String)> {
        let table = name_table(&document(lines), &UserNames::default());
        mentions(text, &tokenize(text), &table)
            .into_iter()
            .map(|mention| (mention.span.of(text).to_owned(), mention.kind, mention.key))
            .collect()
    }

    /// The keys in `text` where nothing but the text is known.
    fn keys(text: &str) -> Vec<String> {
        names_in(&[text], text).into_iter().map(|(_, _, key)| key).collect()
    }

    fn name(words: &str, kind: MentionKind, key: &str) -> (String, MentionKind, String) {
        (words.to_owned(), kind, key.to_owned())
    }

    #[test]
    fn titles_and_countries_are_no_part_of_a_person() {
        let text = "US President Marta Kolvane met Ruritanian envoy Jon Dask in Beijing with Brazilian Foreign Minister Pia Lunde.";
        assert_eq!(
            names_in(&[text], text),
            [
                name("US", Place, "united states"),
                name("Marta Kolvane", Person, "marta kolvane"),
                name("Ruritanian", MentionKind::Other, "ruritanian"),
                name("Jon Dask", Person, "jon dask"),
                name("Beijing", Place, "beijing"),
                name("Brazilian", Nationality, "brazil"),
                name("Pia Lunde", Person, "pia lunde"),
            ]
        );
        assert_eq!(keys("Deputy Minister of Foreign Affairs Olga Brandt resigned."), ["olga brandt"]);
        assert_eq!(keys("The president and the Prime Minister agreed."), [""; 0]);
    }

    #[test]
    fn names_of_the_user_come_before_all_others() {
        let known = |name: &str, kind, also: &[&str]| crate::model::KnownName {
            name: name.to_owned(),
            kind,
            also: also.iter().map(|written| (*written).to_owned()).collect(),
        };
        let user = UserNames::of(&[
            known("Holm River Office", Organization, &["HRO", "River Board"]),
            known("Ida Lund-Moe", Person, &["Ida Lund"]),
        ]);
        let lines = ["Report", "Mayor Ida Lund met the River Board and the HRO. Lund agreed, hro or not."];
        let table = name_table(&document(&lines), &user);
        let found: Vec<(String, MentionKind)> = mentions(lines[1], &tokenize(lines[1]), &table)
            .into_iter()
            .map(|mention| (mention.key, mention.kind))
            .collect();
        let office = ("holm river office".to_owned(), Organization);
        let lund = ("ida lund moe".to_owned(), Person);
        assert_eq!(found[..3], [lund.clone(), office.clone(), office]);
    }

    #[test]
    fn countries_resolve_from_every_form() {
        for form in ["US", "U.S.", "USA", "United States", "America"] {
            assert_eq!(keys(&format!("They flew to the {form} on Monday.")), ["united states"], "{form}");
        }
        assert_eq!(keys("He told us that it is ours."), [""; 0]);
        assert_eq!(keys("North Korea and South Korea signed."), ["north korea", "south korea"]);
        assert_eq!(keys("The U.S.-Japan alliance"), ["united states", "japan"]);
    }

    #[test]
    fn words_behind_a_known_place_belong_to_it_where_they_make_another_name() {
        assert_eq!(
            names_in(
                &[],
                "They sailed from San Francisco Bay to Chicago Harbor Trust near the Boston Police Department."
            ),
            [
                name("San Francisco Bay", Place, "san francisco bay"),
                name("Chicago Harbor Trust", Organization, "chicago harbor trust"),
                name("Boston Police Department", Organization, "boston police department"),
            ]
        );
        assert_eq!(
            names_in(&[], "They asked Jordan Verholt about Jordan."),
            [name("Jordan Verholt", Person, "jordan verholt"), name("Jordan", Place, "jordan")]
        );
    }

    #[test]
    fn a_surname_stands_for_the_full_name_told_before() {
        let lines = ["Harbor chief resigns", "Mayor Sanna Verholt resigned on Friday.", "Verholt said she was tired."];
        assert_eq!(names_in(&lines, "Verholt's aide agreed."), [name("Verholt", Person, "sanna verholt")]);
        assert_eq!(names_in(&lines, "Ms. Verholt agreed."), [name("Verholt", Person, "sanna verholt")]);
        assert_eq!(names_in(&[], "Ms. Verholt agreed."), [name("Verholt", Person, "verholt")]);
    }

    #[test]
    fn two_people_of_one_surname_are_told_apart_by_title_only() {
        let lines =
            ["Report", "Senator Paul Verholt met his sister, Judge Sanna Verholt, on Friday.", "Verholt agreed."];
        assert_eq!(names_in(&lines, "Then Verholt left.")[0].2, "verholt");
        assert_eq!(names_in(&lines, "Then Judge Verholt left.")[0].2, "sanna verholt");
        assert_eq!(names_in(&lines, "Then Senator Verholt left.")[0].2, "paul verholt");
    }

    #[test]
    fn who_is_named_before_the_full_name_comes_may_be_somebody_else() {
        let lines = ["Report", "President Verholt spoke.", "His daughter, Emma Verholt, was there."];
        assert_eq!(names_in(&lines, "Critics of Verholt left.")[0].2, "verholt");
    }

    #[test]
    fn a_title_that_nobody_of_the_name_bears_is_somebody_elses() {
        let lines = ["Report", "Emma Verholt spoke, and President Verholt listened.", "The crowd cheered Verholt."];
        assert_eq!(names_in(&lines, "Then Verholt left."), [name("Verholt", Person, "verholt")]);
        let lines = ["Report", "Senator Emma Verholt spoke, and Sen. Verholt was cheered."];
        assert_eq!(names_in(&lines, "Then Verholt left.")[0].2, "emma verholt");
    }

    #[test]
    fn a_role_in_small_letters_makes_a_person() {
        assert_eq!(
            names_in(&[], "They asked press secretary Corvina Lasky about it."),
            [name("Corvina Lasky", Person, "corvina lasky")]
        );
        assert_eq!(names_in(&[], "They asked about Corvina Lasky and it.")[0].1, MentionKind::Other);
        assert_eq!(names_in(&[], "\"We won,\" said Lasky.")[0].1, Person);
    }

    #[test]
    fn surnames_that_come_first_are_recognized_by_their_use() {
        let lines = ["Report", "President Tan Weiming called.", "The call pleased Tan, who thanked them."];
        assert_eq!(names_in(&lines, "Mr Tan agreed.")[0].2, "tan weiming");
        assert_eq!(keys("President Bak Jae-in met Bak Jong Un."), ["bak jae in", "bak jong un"]);
    }

    #[test]
    fn acronyms_stand_for_the_words_that_define_them() {
        let lines = ["The National Harbor Agency (NHA) closed the port.", "The QRB, or Quarry Review Board, agreed."];
        assert_eq!(names_in(&lines, "Now the NHA agrees."), [name("NHA", Organization, "national harbor agency")]);
        assert_eq!(names_in(&lines, "Now the QRB agrees.")[0].2, "quarry review board");
        assert_eq!(names_in(&[], "Now the NHA agrees."), [name("NHA", Organization, "nha")]);
        assert_eq!(names_in(&["They use small water pumps (SWP)."], "One SWP broke."), []);
    }

    #[test]
    fn organizations_are_known_by_their_words() {
        assert_eq!(
            names_in(
                &[],
                "Officials of Harlan Freight Corp. and the Ministry of Public Works met the Verholt City Council."
            ),
            [
                name("Harlan Freight Corp", Organization, "harlan freight corp"),
                name("Ministry of Public Works", Organization, "ministry of public works"),
                name("Verholt City Council", Organization, "verholt city council"),
            ]
        );
        let lines = ["Profits at Harlan Freight Corp rose."];
        assert_eq!(names_in(&lines, "Analysts praised Harlan Freight.")[0].2, "harlan freight corp");
    }

    #[test]
    fn a_capital_at_a_beginning_makes_no_name() {
        assert_eq!(keys("Police arrested two men. Officials said: Nobody was hurt."), [""; 0]);
        assert_eq!(keys("\"Nothing happened,\" the farmer said."), [""; 0]);
        assert_eq!(keys("Yesterday Marta Kolvane spoke."), ["marta kolvane"]);
        assert_eq!(keys("On Monday in March I left."), [""; 0]);
    }

    #[test]
    fn a_headline_names_only_what_is_clearly_a_name() {
        assert_eq!(keys("Bridge Collapse Kills Seven People In Brazil, Officials Say"), ["brazil"]);
        assert_eq!(keys("Marta Kolvane Denies Taking Money From School Fund"), ["marta kolvane"]);
        assert_eq!(keys("BRIDGE COLLAPSE KILLS SEVEN PEOPLE IN US TOWN"), [""; 0]);
    }

    #[test]
    fn particles_initials_and_apostrophes_stay_inside() {
        assert_eq!(keys("They met Maria de la Cruz and Tim O'Brien."), ["maria de la cruz", "tim o'brien"]);
        assert_eq!(keys("They met J. K. Verholt and Jean-Luc Maret."), ["j k verholt", "jean luc maret"]);
        assert_eq!(keys("They met Robert S. Verholt III."), ["robert s verholt iii"]);
        let lines = ["Report", "Hassan al-Durani spoke.", "Durani left."];
        assert_eq!(names_in(&lines, "Then Durani left.")[0].2, "hassan al durani");
    }

    #[test]
    fn accents_and_ideographs_do_not_disturb() {
        assert_eq!(keys("They met José Verhólt (習近平) in São Paulo."), ["jose verholt", "sao paulo"]);
    }

    #[test]
    fn long_runs_are_read_in_linear_time() {
        let text = "\"'Verholt de la ".repeat(20_000);
        let found = mentions(&text, &tokenize(&text), &NameTable::default());
        assert!(!found.is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_spans_are_ordered(
            text in "([A-Z][a-z]{0,3}|[A-Z.]{1,4}|de|van|of|the|and|or|Mr|President|Minister|Harbor|Agency|China|St|[ .,:'\"()&\u{2019}-]|習|É|\\PC){0,40}"
        ) {
            let table = name_table(&document(&[&text]), &UserNames::default());
            for names in [&table, &NameTable::default()] {
                let found = mentions(&text, &tokenize(&text), names);
                for pair in found.windows(2) {
                    prop_assert!(pair[0].span.end <= pair[1].span.start);
                }
                for mention in &found {
                    prop_assert!(!mention.key.is_empty());
                    prop_assert!(text.get(mention.span.range()).is_some());
                }
            }
        }
    }
}
