//! Comparisons → groups of claims about the same thing, stories of documents, and families of copies.
//!
//! What comes in: the matched pairs with how they stand to each other. What goes out: groups of claims of two or more outlets. A pair that
//! stands apart is never in one group, and a claim joins a group only when it is near to its members on the whole, so that a vague
//! third cannot chain two claims that have nothing to do with each other.

mod both_told;

mod copies;

mod gap;

mod groups;

mod guests;

mod stories;

pub use both_told::part_what_both_tell;
pub use copies::{Families, families, families_of, tells_copies};
pub use gap::{Gap, gap};
pub use groups::{ClusterSettings, group_id, groups};
pub use stories::stories;
