//! Checkstyle XML: an element a file, in it an error for each side of a conflict that stands there.

use super::located::{located, plain_path};
use super::xml::legal;
use super::{Reporter, Style};
use crate::model::{Place, Report, Severity};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use std::collections::BTreeMap;
use std::io;

/// `--format checkstyle`.
pub(super) struct Checkstyle;

impl Reporter for Checkstyle {
    fn name(&self) -> &'static str {
        "checkstyle"
    }

    fn media_type(&self) -> &'static str {
        "application/xml"
    }

    fn summary(&self) -> &'static str {
        "for tools that read Checkstyle XML: errors by file"
    }

    fn write(&self, report: &Report, _style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let mut files: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
        for one in located(report).iter().filter(|one| one.is_live()) {
            let severity = match one.level {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "info",
            };
            for (at, side) in one.sides.iter().enumerate() {
                let mark = Mark { place: side.place, severity, message: one.message(at), source: one.rule.to_owned() };
                files.entry(plain_path(side.path).to_owned()).or_default().push(mark);
            }
        }
        for entry in &report.skipped {
            let message = format!("not read: {}", entry.reason);
            let mark = Mark { place: entry.place, severity: "warning", message, source: "not-read".to_owned() };
            files.entry(plain_path(&entry.path).to_owned()).or_default().push(mark);
        }
        let mut xml = Writer::new_with_indent(out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = BytesStart::new("checkstyle");
        root.push_attribute(("version", "4.3"));
        xml.write_event(Event::Start(root))?;
        for (path, mut marks) in files {
            marks.sort_by_key(|mark| mark.place);
            let mut file = BytesStart::new("file");
            file.push_attribute(("name", legal(&path).as_str()));
            xml.write_event(Event::Start(file))?;
            for mark in marks {
                let mut error = BytesStart::new("error");
                let place = mark.place.unwrap_or(Place { line: 1, column: 1 });
                error.push_attribute(("line", place.line.to_string().as_str()));
                error.push_attribute(("column", place.column.to_string().as_str()));
                error.push_attribute(("severity", mark.severity));
                error.push_attribute(("message", legal(&mark.message).as_str()));
                error.push_attribute(("source", format!("crossclaim.{}", mark.source).as_str()));
                xml.write_event(Event::Empty(error))?;
            }
            xml.write_event(Event::End(BytesEnd::new("file")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("checkstyle")))?;
        xml.into_inner().write_all(b"\n")
    }
}

/// One error.
struct Mark {
    place: Option<Place>,
    severity: &'static str,
    message: String,
    source: String,
}
