//! What a plain "dollar" means where the outlet is at home.
//!
//! In: quantities read from a text and the web address the text was published under. Out: the same with the plain dollars
//! of an outlet from Australia, Canada or another country with a dollar of its own put right. "US$5" stays as written.

use crate::lexicon;
use crate::model::{Quantity, QuantityKind};

/// Gives the plain dollars of `text` the currency of the country that `url` ends in.
pub fn in_home_currency(text: &str, mut quantities: Vec<Quantity>, url: Option<&str>) -> Vec<Quantity> {
    let Some(code) = url.and_then(home_dollar) else { return quantities };
    for quantity in &mut quantities {
        let dollars = quantity.kind == QuantityKind::Money && quantity.unit.as_deref() == Some("USD");
        if dollars && is_plain(quantity.span.of(text)) {
            quantity.unit = Some(code.to_owned());
        }
    }
    quantities
}

/// The dollar of the country whose code ends the host of `url`: AUD for `https://example.com.au/news`.
fn home_dollar(url: &str) -> Option<&'static str> {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = after_scheme.split(['/', '?', '#', ':']).next()?;
    lexicon::dollars().value(&host.rsplit_once('.')?.1.to_ascii_lowercase())
}

/// True where the words name no country: "$5", "five dollars".
fn is_plain(written: &str) -> bool {
    let folded = written.to_lowercase();
    let named = ["us", "u.s", "america", "united states", "usd"];
    let dollar = folded.contains("dollar") || folded.contains('$') || folded.contains("buck");
    dollar && !named.iter().any(|name| folded.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::quantities::quantities;
    use crate::text::tokens::tokenize;

    fn unit(text: &str, url: Option<&str>) -> Option<String> {
        let read = quantities(text, &tokenize(text), &[]);
        in_home_currency(text, read, url).first().and_then(|quantity| quantity.unit.clone())
    }

    #[test]
    fn plain_dollars_are_those_of_the_outlets_country() {
        let australian = Some("https://www.harbour-herald.com.au/news/1");
        assert_eq!(unit("It cost $5 million.", australian).as_deref(), Some("AUD"));
        assert_eq!(unit("It cost five dollars.", australian).as_deref(), Some("AUD"));
        assert_eq!(unit("It cost US$5 million.", australian).as_deref(), Some("USD"));
        assert_eq!(unit("It cost five US dollars.", australian).as_deref(), Some("USD"));
        assert_eq!(unit("It cost C$5.", australian).as_deref(), Some("CAD"));
        assert_eq!(unit("It cost $5 million.", Some("https://harbour.example/a.au")).as_deref(), Some("USD"));
        assert_eq!(unit("It cost $5 million.", None).as_deref(), Some("USD"));
    }
}
