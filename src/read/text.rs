//! Plain text: one article to a file.

use super::encoding::{Unreadable, whole};
use super::ignores::{blanked, ignores, in_text};
use super::{Draft, Given, ReadSettings, Reader, blocks, soft};
use crate::model::{Details, DocumentForm};
use std::io::BufRead;

/// Reads `.txt`. The text is kept to the byte but for soft hyphens and words parted at line ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainText;

impl Reader for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        !head.contains(&0)
    }

    fn read(&self, file: &mut dyn BufRead, settings: &ReadSettings, give: &mut dyn FnMut(Given)) {
        give(whole(file, settings.limit()).and_then(draft).into());
    }
}

fn draft(text: String) -> Result<Draft, Unreadable> {
    let comments = in_text(&text);
    let asked = ignores(&text, &comments);
    let (text, lines) = soft::read_as_meant(blanked(text, &comments));
    let passages = blocks::passages(&text, 0);
    if passages.is_empty() {
        return Err(Unreadable::file("is empty"));
    }
    Ok(Draft {
        record: None,
        given_id: None,
        outlet: None,
        title: None,
        url: None,
        published: None,
        language: None,
        form: DocumentForm::Article,
        text,
        passages,
        lines,
        unread_date: None,
        details: Details { ignores: asked, ..Details::default() },
    })
}
