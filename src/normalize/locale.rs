//! Where does a document come from, and from where does it report? In: a document. Out: what its dates are reckoned from: the day
//! of publication, the order of day and month, and whether the place of its dateline lives a day ahead of its outlet.
//!
//! The country of an outlet is told by the region of the document's language or by the domain of its address. Where
//! neither tells it, it stays unknown: dates of digits are then read in the American order, and no day is widened.

use super::times::{DateOrder, Reckoning};
use crate::lexicon;
use crate::model::{Document, NamedBy};
use crate::text::fold::fold;

/// Passages at the beginning of a document that may open with a dateline.
const PASSAGES: usize = 6;

/// How far into a passage its dateline reaches, in characters.
const REACH: usize = 90;

/// Places with clocks this many hours apart are on different days for most of the day's news.
const HOURS_APART: f64 = 9.0;

/// What the dates of `document` are reckoned from.
pub(super) fn reckoning(document: &Document) -> Reckoning {
    let home = outlet_country(document);
    let order = match home.as_deref().and_then(|code| lexicon::locales().values(code)) {
        Some([.., "day"]) => DateOrder::DayFirst,
        _ => DateOrder::MonthFirst,
    };
    let place = |home: String| Some((home, dateline_country(document)?));
    let zone = home.and_then(place).map_or(0, |(home, place)| days_ahead(&home, place));
    Reckoning { published: document.published, order, zone, earlier: None }
}

/// The ISO 3166 code of the outlet's country, if it is told.
fn outlet_country(document: &Document) -> Option<String> {
    let known = |code: String| lexicon::locales().has(&code).then_some(code);
    let region = document.language.split('-').skip(1).find(|part| part.len() == 2);
    if let Some(code) = region.and_then(|region| known(region.to_ascii_lowercase())) {
        return Some(code);
    }
    let address = document.url.as_deref().map(|url| url.split_once("//").map_or(url, |(_, rest)| rest));
    let host = address.map(|rest| rest.split(['/', '?', '#', ':']).next().unwrap_or(rest));
    let named = (document.source.named_by == NamedBy::Domain).then_some(document.source.name.as_str());
    let last = host.or(named)?.trim_end_matches('.').rsplit('.').next()?.to_ascii_lowercase();
    if matches!(last.as_str(), "gov" | "mil" | "edu") { Some("us".to_owned()) } else { known(last) }
}

/// The country of the place named in the dateline ("TOKYO, Nov. 3 (Agency) -"), if there is one that is known.
fn dateline_country(document: &Document) -> Option<&'static str> {
    let opening = |text: &str| -> Option<String> {
        let end = text.char_indices().nth(REACH).map_or(text.len(), |(at, _)| at);
        let head = &text[..end];
        let dash = ["\u{2014}", " \u{2013} ", " - ", " -- "].into_iter().filter_map(|dash| head.find(dash)).min()?;
        let place = head[..dash].split([',', '(']).next()?.trim();
        place.starts_with(char::is_uppercase).then(|| fold(place))
    };
    document
        .passages
        .iter()
        .take(PASSAGES)
        .filter_map(|passage| opening(passage.span.of(&document.text)))
        .find_map(|place| country_of(&place))
}

/// The country a place lies in, or the place itself where it is a country.
fn country_of(place: &str) -> Option<&'static str> {
    if let Some([sort, inside @ ..]) = lexicon::gazetteer().values(place) {
        let country =
            if *sort == "country" { lexicon::gazetteer().entry(place) } else { inside.first()?.split('|').next() };
        return country.filter(|country| !country.is_empty());
    }
    lexicon::places().values(place).and_then(|values| values.get(1).copied()).filter(|country| !country.is_empty())
}

/// 1 where the day of `place` begins well before the day of the outlet's country, -1 where well after, else 0.
fn days_ahead(home: &str, place: &str) -> i8 {
    let middle = |values: &[&str]| -> Option<f64> {
        let (least, most) = (values.get(1)?.parse::<f64>().ok()?, values.get(2)?.parse::<f64>().ok()?);
        Some(f64::midpoint(least, most))
    };
    let locales = lexicon::locales();
    let home = locales.values(home).and_then(middle);
    let there =
        locales.rows().find(|(_, values)| values.first() == Some(&place)).and_then(|(_, values)| middle(values));
    match home.zip(there).map(|(home, there)| there - home) {
        Some(hours) if hours >= HOURS_APART => 1,
        Some(hours) if hours <= -HOURS_APART => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentForm, DocumentId, LineMap, Origin, Passage, PassageKind, Source, Span};

    fn document(language: &str, url: Option<&str>, text: &str) -> Document {
        Document {
            id: DocumentId::of([text]),
            given_id: None,
            source: Source::new("Gazette", NamedBy::Metadata),
            origin: Origin { path: "gazette.txt".to_owned(), record: None, format: "text".to_owned() },
            title: None,
            url: url.map(str::to_owned),
            published: None,
            language: language.to_owned(),
            form: DocumentForm::Article,
            text: text.to_owned(),
            passages: vec![Passage { span: Span::new(0, text.len()), kind: PassageKind::Paragraph, set_aside: None }],
            lines: LineMap::Verbatim,
            details: Default::default(),
        }
    }

    #[test]
    fn the_country_of_the_outlet_orders_day_and_month() {
        for (language, url, order) in [
            ("en-GB", None, DateOrder::DayFirst),
            ("en-US", Some("https://example.co.uk/a"), DateOrder::MonthFirst),
            ("und", Some("https://news.example.com.au/a?b"), DateOrder::DayFirst),
            ("en", Some("https://example.com/a"), DateOrder::MonthFirst),
            ("en", Some("https://bureau.example.gov"), DateOrder::MonthFirst),
            ("und", None, DateOrder::MonthFirst),
        ] {
            assert_eq!(reckoning(&document(language, url, "")).order, order, "{language} {url:?}");
        }
    }

    #[test]
    fn the_dateline_tells_whether_the_days_differ() {
        for (language, text, zone) in [
            ("en-US", "TOKYO, Nov. 24 (Agency) \u{2014} The premier resigned on Monday.", 1),
            ("en-US", "LONDON \u{2014} The premier resigned on Monday.", 0),
            ("en-JP", "WASHINGTON - The senator resigned on Tuesday.", -1),
            ("en-JP", "SEOUL - The minister resigned on Tuesday.", 0),
            ("en-US", "The premier resigned in Tokyo on Monday \u{2014} at last.", 0),
            ("und", "TOKYO \u{2014} The premier resigned on Monday.", 0),
        ] {
            assert_eq!(reckoning(&document(language, None, text)).zone, zone, "{language} {text}");
        }
    }
}
