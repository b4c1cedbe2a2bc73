//! `eval`: what people say of claims → how often the program says the same. Pairs of texts, and groups of claims in articles.

mod pairs;

mod sweep;

mod gold;

mod groups;

pub(crate) use groups::run as groups;
pub(crate) use pairs::run as pairs;

/// A share with three digits; a dash where there is nothing to share.
fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.3}", part as f64 / whole as f64) }
}
