//! What a page says about its article: JSON-LD, OpenGraph and other `meta` tags, links and times.

use super::super::dates::publication_date;
use super::super::fields::one_line;
use super::super::schema_org::{self, ARTICLES};
use super::content::Content;
use super::tree::{TEXT, Tree};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// What is known about an article besides its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    /// The main heading, where it stands on the page.
    pub(super) heading: Option<u32>,
    pub(super) outlet: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<Date>,
    /// A date that is given and is none.
    pub(super) unread_date: Option<String>,
    pub(super) modified: Option<Date>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// The agency or article it was taken from.
    pub(super) based_on: Option<String>,
    /// The text of the article, as the statements hold it.
    pub(super) body: Option<String>,
}

/// Of what is longer than this, in bytes, the beginning tells that it is no title.
const LONGEST_TITLE: usize = 2_000;

/// And of this, that it is no date.
const LONGEST_DATE: usize = 200;

/// Collects what the page says.
pub(super) fn meta(tree: &Tree, content: &Content) -> Meta {
    let tags = Tags::of(tree);
    let statements = statements(tree);
    let objects: Vec<&Map<String, Value>> = statements.iter().flat_map(schema_org::objects).collect();
    let article = objects.iter().find(|object| schema_org::is_a(object, ARTICLES)).copied();
    let said = |name: &str| article.and_then(|article| schema_org::words(article, name));
    let dates = |names: &[&str], statement: &str| -> (Option<Date>, Option<String>) {
        let written: Vec<String> = said(statement).into_iter().chain(tags.all(names)).collect();
        match written.iter().find_map(|text| publication_date(text)) {
            Some(day) => (Some(day), None),
            None => (None, written.into_iter().next()),
        }
    };
    let (mut published, mut unread_date) = dates(PUBLISHED, "datePublished");
    if published.is_none() {
        published = time_of(tree, content);
        unread_date = unread_date.filter(|_| published.is_none());
    }
    let site = objects.iter().find(|object| schema_org::is_a(object, &["WebSite"]));
    let titled = said("headline").or_else(|| tags.first(&["og:title", "twitter:title", "dc.title", "headline"]));
    let (heading, title) = title(tree, titled);
    Meta {
        title,
        heading,
        outlet: tags
            .first(&["og:site_name"])
            .filter(|name| !name.starts_with("http"))
            .or_else(|| said("publisher"))
            .or_else(|| site.and_then(|site| schema_org::words(site, "name")))
            .or_else(|| tags.first(&["application-name", "dc.publisher", "publisher"])),
        author: article
            .and_then(|article| schema_org::names(article, "author"))
            .or_else(|| tags.first(&["author", "article:author", "dc.creator", "parsely-author", "sailthru.author"]))
            .filter(|author| !author.starts_with("http")),
        published,
        unread_date,
        modified: dates(MODIFIED, "dateModified").0,
        url: tags
            .canonical
            .clone()
            .or_else(|| tags.first(&["og:url", "twitter:url"]))
            .or_else(|| said("url"))
            .or_else(|| said("mainEntityOfPage"))
            .filter(|url| url.starts_with("http")),
        language: tags.language.clone().or_else(|| said("inLanguage")).or_else(|| tags.first(&["og:locale"])),
        // An address tells more than a name: by it the other article is found.
        based_on: article
            .and_then(|article| schema_org::address(article, "isBasedOn"))
            .or_else(|| said("isBasedOn"))
            .or_else(|| said("isBasedOnUrl"))
            .or_else(|| said("sourceOrganization")),
        body: article.and_then(|article| match article.get("articleBody")? {
            Value::String(body) => Some(body.clone()),
            _ => None,
        }),
    }
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "dcterms.date",
    "citation_publication_date",
];

const MODIFIED: &[&str] =
    &["article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "lastmod", "last-modified"];

/// The `meta` and `link` tags of a page.
#[derive(Debug, Default)]
struct Tags {
    named: Vec<(String, String)>,
    canonical: Option<String>,
    language: Option<String>,
}

impl Tags {
    fn of(tree: &Tree) -> Self {
        let mut tags = Self::default();
        for node in &tree.nodes {
            let attribute = |name| tree.attribute(node, name).map(str::trim).filter(|value| !value.is_empty());
            match node.tag {
                "html" | "body" if tags.language.is_none() => tags.language = attribute("lang").map(str::to_owned),
                "meta" => {
                    let Some(value) = attribute("content") else { continue };
                    for name in ["property", "name", "itemprop", "http-equiv"] {
                        if let Some(name) = attribute(name) {
                            tags.named.push((name.to_lowercase(), one_line(value)));
                        }
                    }
                }
                "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    tags.canonical = tags.canonical.take().or_else(|| attribute("href").map(str::to_owned));
                }
                _ => {}
            }
        }
        tags.canonical = tags.canonical.filter(|url| url.starts_with("http"));
        tags
    }

    /// The values of these names, best name first.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let of = |name: &&str| {
            self.named.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
        };
        names.iter().flat_map(|name| -> Vec<String> { of(name) }).collect()
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).into_iter().next()
    }
}

/// The JSON-LD texts of a page.
fn statements(tree: &Tree) -> Vec<Value> {
    let is_statement = |kind: &str| kind.trim().to_ascii_lowercase().starts_with("application/ld+json");
    tree.nodes
        .iter()
        .filter(|node| node.tag == "script" && tree.attribute(node, "type").is_some_and(is_statement))
        .filter_map(|node| tree.nodes.get(node.first as usize).filter(|text| text.tag == TEXT))
        .filter_map(|text| {
            let words = tree.words(text).trim().trim_end_matches(';');
            // Line breaks inside of strings are a common mistake that browsers' readers of it forgive.
            serde_json::from_str(words).or_else(|_| serde_json::from_str(&words.replace(char::is_control, " "))).ok()
        })
        .collect()
}

/// The day of the first time in the article that says when it was published, or of the only one there.
fn time_of(tree: &Tree, content: &Content) -> Option<Date> {
    let mut days = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let is_said = tree.attribute(node, "itemprop").is_some_and(|prop| prop == "datePublished");
        if node.tag != "time" && !is_said {
            continue;
        }
        let written = tree.attribute(node, "datetime").or_else(|| tree.attribute(node, "content")).map(str::to_owned);
        let day = publication_date(&written.unwrap_or_else(|| one_line(&tree.text_of(at as u32, LONGEST_DATE))));
        if is_said && day.is_some() {
            return day;
        }
        // Times of comments and of other articles stand in parts that are left out; their own parent is asked.
        if !content.left_out[node.parent as usize] {
            days.extend(day);
        }
    }
    let first = *days.first()?;
    days.iter().all(|day| *day == first).then_some(first)
}

/// The title of the article and the heading that shows it. Of what the page says elsewhere, the name of the outlet may be part.
fn title(tree: &Tree, said: Option<String>) -> (Option<u32>, Option<String>) {
    let text = |at: usize| one_line(&tree.text_of(at as u32, LONGEST_TITLE));
    let all = |tag: &'static str| {
        let found = tree.nodes.iter().enumerate().filter(move |(_, node)| node.tag == tag);
        found.map(|(at, _)| (at as u32, text(at))).filter(|(_, words)| !words.is_empty()).collect::<Vec<_>>()
    };
    let mut headings = all("h1");
    let first = headings.len();
    headings.extend(all("h2"));
    let page = all("title").into_iter().next().map(|(_, words)| words);
    let told = said.iter().chain(&page);
    // A heading that the page's own title begins with, or is a part of, is the headline.
    for told in told {
        let plain = letters(told);
        let fits = |words: &str| {
            let words = letters(words);
            // The name of the site, often a heading too, is a small part of the page's title.
            words.len() * 2 >= plain.len() && (plain.contains(&words) || words.contains(&plain))
        };
        if let Some((at, words)) = headings.iter().find(|(_, words)| fits(words)) {
            return (Some(*at), Some(words.clone()));
        }
    }
    match (said, &headings[..first], page) {
        (Some(said), ..) => (None, Some(said)),
        (None, [(at, words)], None) => (Some(*at), Some(words.clone())),
        (None, _, page) => (None, page.map(without_site)),
    }
}

/// A page's title without the name of the outlet after a mark at its end.
fn without_site(title: String) -> String {
    let marks = [" | ", " - ", " \u{2013} ", " \u{2014} ", " \u{AB} ", " \u{BB} ", " :: "];
    let cut = marks.iter().filter_map(|mark| title.rfind(mark)).max();
    match cut {
        Some(at) if at * 2 > title.len() => title[..at].to_owned(),
        _ => title,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlets_name_is_cut_from_a_pages_title() {
        assert_eq!(
            without_site("Pier to close for two years | Marlow Courier".to_owned()),
            "Pier to close for two years"
        );
        assert_eq!(without_site("Pier - what the long and winding story tells us now".to_owned()).len(), 51);
    }
}
