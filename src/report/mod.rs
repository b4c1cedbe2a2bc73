//! Finished report → bytes.
//!
//! What comes in: the parts the stages made, which [`assemble`](assemble::assemble) sorts into a
//! [`Report`], then a finished report and a [`Style`]. What goes out: one format's bytes. No reporter compares
//! anything or looks at a clock or a terminal: the style says all it needs to know.

pub mod assemble;

pub mod escape;

pub mod excerpt;

pub mod grid;

pub mod select;

pub mod style;

pub mod wording;

mod telling;

mod selectors;

mod overview;

mod table;

mod matrix;

mod full;

mod json;

mod jsonl;

mod markdown;

mod csv;

mod jsonld;

pub mod html;

mod located;

mod xml;

mod sarif;

mod github;

mod summary;

mod gitlab;

mod junit;

mod rdjsonl;

mod checkstyle;

pub mod diff;

pub use style::{Color, GroupBy, Listing, Style};

use crate::model::Report;
use std::io;

/// One output format.
pub trait Reporter: Sync {
    /// What `--format` calls it.
    fn name(&self) -> &'static str;

    /// Its media type.
    fn media_type(&self) -> &'static str;

    /// One line: what it is for.
    fn summary(&self) -> &'static str;

    /// Whether it is made to be read by people, who are shown what matters and told what is left out.
    fn is_for_eyes(&self) -> bool {
        false
    }

    /// Writes the whole report.
    fn write(&self, report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()>;
}

/// Every reporter, the default first.
pub static REPORTERS: &[&dyn Reporter] = &[
    &table::Table,
    &matrix::Matrix,
    &full::Full,
    &json::Json,
    &jsonl::JsonLines,
    &markdown::Markdown,
    &csv::Csv,
    &jsonld::JsonLd,
    &html::BUILT_IN,
    &sarif::Sarif,
    &github::GitHub,
    &summary::Summary,
    &gitlab::GitLab,
    &junit::Junit,
    &rdjsonl::Rdjsonl,
    &checkstyle::Checkstyle,
];

/// The reporter called `name`.
pub fn reporter(name: &str) -> Option<&'static dyn Reporter> {
    REPORTERS.iter().copied().find(|reporter| reporter.name() == name)
}
