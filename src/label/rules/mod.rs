//! The rules, one file and one page each; the page is its documentation, the output of `explain`, and its test.

use super::Rule;

/// Every rule, in the order in which reasons are listed.
pub static RULES: &[&dyn Rule] = &[];
