//! What documents say they were taken from → families: an article that names another as what it is based on
//! (`isBasedOn`) counts with it as one origin, whether the other was read or two name the same one.
//!
//! Only addresses are followed. The name of an agency alone joins nothing: its reports of one day are many.

use crate::label::DocumentFacts;
use crate::model::{Document, DocumentId};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use url::Url;

/// Joins the families of documents that tell by an address that they are of one origin.
pub(super) fn follow(documents: &[Document], facts: &mut FxHashMap<DocumentId, DocumentFacts>) {
    let mut of_address: BTreeMap<String, Vec<DocumentId>> = BTreeMap::new();
    for document in documents {
        if let Some(address) = document.details.based_on.as_deref().and_then(plain) {
            of_address.entry(address).or_default().push(document.id);
        }
    }
    if of_address.is_empty() {
        return;
    }
    for document in documents {
        if let Some(named) = document.url.as_deref().and_then(plain).and_then(|address| of_address.get_mut(&address)) {
            named.push(document.id);
        }
    }
    // By family, one that it was joined with; the smallest of them stands for all.
    let mut joined: BTreeMap<DocumentId, DocumentId> = BTreeMap::new();
    for documents in of_address.values() {
        let families: Vec<DocumentId> =
            documents.iter().filter_map(|id| Some(first(&joined, facts.get(id)?.family))).collect();
        if let Some(&least) = families.iter().min() {
            joined.extend(families.iter().filter(|family| **family != least).map(|family| (*family, least)));
        }
    }
    for facts in facts.values_mut() {
        facts.family = first(&joined, facts.family);
    }
}

/// The family that stands for `family`.
fn first(joined: &BTreeMap<DocumentId, DocumentId>, mut family: DocumentId) -> DocumentId {
    while let Some(&smaller) = joined.get(&family) {
        family = smaller;
    }
    family
}

/// An address as it is compared: without scheme, `www.`, a slash at its end and what points into the page. Nothing for the front
/// page of a site, which is no article.
fn plain(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let path = url.path().trim_end_matches('/');
    if path.is_empty() && url.query().is_none() {
        return None;
    }
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{path}{query}", host.strip_prefix("www.").unwrap_or(host)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Details, DocumentForm, LineMap, NamedBy, Origin, Source};

    /// Documents by address and what they are based on, and how many origins there are among them.
    fn origins(told: &[(&str, &str)]) -> usize {
        let documents: Vec<Document> = (0..)
            .zip(told)
            .map(|(at, (url, based_on))| Document {
                id: DocumentId(at),
                given_id: None,
                source: Source::new("Courier", NamedBy::Metadata),
                origin: Origin { path: format!("{at}.html"), record: None, format: "html".to_owned() },
                title: None,
                url: Some((*url).to_owned()).filter(|url| !url.is_empty()),
                published: None,
                language: "en".to_owned(),
                form: DocumentForm::Article,
                text: String::new(),
                passages: Vec::new(),
                lines: LineMap::Verbatim,
                details: Details { based_on: Some((*based_on).to_owned()), ..Details::default() },
            })
            .collect();
        let mut facts = super::super::facts(&documents);
        follow(&documents, &mut facts);
        let mut families: Vec<DocumentId> = facts.values().map(|facts| facts.family).collect();
        families.sort_unstable();
        families.dedup();
        families.len()
    }

    #[test]
    fn an_article_and_what_it_is_based_on_are_one_origin() {
        assert_eq!(
            origins(&[("https://wire.example/a1", ""), ("https://post.example/b", "http://www.wire.example/a1/")]),
            1
        );
        // Two that name one that was not read; a third joins them by what it is based on.
        let told = [("", "https://wire.example/a"), ("https://post.example/b", "https://wire.example/a#top")];
        assert_eq!(origins(&told), 1);
        let chain = [
            ("https://c.example/c", "https://b.example/b"),
            ("https://b.example/b", "https://a.example/a"),
            ("https://a.example/a", ""),
        ];
        assert_eq!(origins(&chain), 1);
    }

    #[test]
    fn a_name_or_a_front_page_joins_nothing() {
        assert_eq!(origins(&[("https://post.example/a", "Coast Wire"), ("https://herald.example/b", "Coast Wire")]), 2);
        assert_eq!(origins(&[("", "https://wire.example/"), ("https://wire.example", "")]), 2);
        assert_eq!(origins(&[("https://wire.example/a?id=1", ""), ("", "https://wire.example/a?id=2")]), 2);
    }
}
