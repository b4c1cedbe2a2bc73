//! Sentences → claims.

use crate::model::{Document, Extracted, Segmented};

/// Finds the claims of a document.
pub fn extract(document: &Document, segmented: &Segmented) -> Extracted {
    let _ = (document, segmented);
    Extracted::default()
}
