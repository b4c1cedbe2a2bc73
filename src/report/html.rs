//! One HTML file that holds everything: overview, matrix, every finding side by side, sources, method. It needs no network,
//! reads without JavaScript, and takes nothing from an article for markup.
//!
//! The page is a template over the page of `view`; `--template` gives another one. Values are escaped by the template
//! engine, and what is not seen (marks that reorder text) is dropped before.

mod heat;

mod link;

mod view;

use super::{Reporter, Style};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Report;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use std::io;

/// `--format html` with its own template.
pub(super) static BUILT_IN: Html = Html { template: None };

/// The page that comes with the program.
pub const TEMPLATE: &str = include_str!("html/report.html");

/// The looks of the page, which other pages of the program share; a template has them as `style`.
pub const STYLE: &str = include_str!("html/style.css");

/// What the template calls itself in messages. The ending says to the engine that values are escaped for HTML.
const NAME: &str = "report.html";

/// Writes the report through a template.
#[derive(Debug, Clone)]
pub struct Html {
    template: Option<String>,
}

impl Html {
    /// A reporter with a template of the user's, in the syntax of Jinja; `docs/reports.md` lists what it can use.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] where the text is no template, with the line.
    pub fn with_template(text: String) -> Result<Self> {
        let html = Self { template: Some(text) };
        html.environment().map_err(|error| Error::new(ErrorKind::Configuration, complaint(&error)))?;
        Ok(html)
    }

    fn environment(&self) -> std::result::Result<Environment<'_>, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        // A misspelt name in a user's template is an error and not an empty place in the report.
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_formatter(escaped);
        environment.add_global("style", minijinja::Value::from_safe_string(STYLE.to_owned()));
        environment.add_template(NAME, self.template.as_deref().unwrap_or(TEMPLATE))?;
        Ok(environment)
    }
}

impl Reporter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn media_type(&self) -> &'static str {
        "text/html"
    }

    fn is_for_eyes(&self) -> bool {
        true
    }

    fn summary(&self) -> &'static str {
        "one file for a browser: overview, matrix, findings side by side, sources and method"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let environment = self.environment().map_err(failure)?;
        let template = environment.get_template(NAME).map_err(failure)?;
        template.render_captured_to(Serde(view::Page::of(report)), out).map_err(failure)?;
        Ok(())
    }
}

/// Writes a value with what has a meaning in HTML escaped. The engine's own escaping spells out slashes too, which are a tenth
/// of a page full of paths and addresses and mean nothing where `<` is escaped.
///
/// # Errors
///
/// What the output says.
pub fn escaped(
    out: &mut minijinja::Output<'_>,
    state: &mut minijinja::State<'_, '_>,
    value: &minijinja::Value,
) -> std::result::Result<(), minijinja::Error> {
    let Some(text) = value.as_str().filter(|_| !value.is_safe() && *state.auto_escape() == AutoEscape::Html) else {
        return minijinja::escape_formatter(out, state, value);
    };
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    Ok(out.write_str(rest)?)
}

/// What came of writing a page: the error of the output where that was it, so that a reader who goes away is known for one, else
/// what is wrong with the template.
pub fn failure(error: minijinja::Error) -> io::Error {
    let of_output = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<io::Error>());
    io::Error::new(of_output.map_or(io::ErrorKind::InvalidData, io::Error::kind), complaint(&error))
}

/// What is wrong with a template, and where.
fn complaint(error: &minijinja::Error) -> String {
    let line = error.line().map(|line| format!(" in line {line}")).unwrap_or_default();
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    format!("the template is wrong{line}: {}{detail}", error.kind())
}
