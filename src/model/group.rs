//! Claims about the same thing.

use super::GroupId;
use serde::{Deserialize, Serialize};

/// A set of claims that speak of the same thing. Indexes into the list of claims, ascending.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimGroup {
    /// Hash of the members' identities.
    pub id: GroupId,
    /// Index of the story the group belongs to.
    pub story: u32,
    /// The claims.
    pub members: Vec<u32>,
    /// The pairs of claims that hold the group together, as indexes into the list of standings, ascending.
    pub links: Vec<u32>,
}
