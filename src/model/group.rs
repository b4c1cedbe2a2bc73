//! Claims about the same thing.

use super::GroupId;
use serde::{Deserialize, Serialize};

/// A set of claims that speak of the same thing. Indexes into the list of claims, ascending.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimGroup {
    /// Hash of the identities of the members that are no guests.
    pub id: GroupId,
    /// Index of the story the group belongs to.
    pub story: u32,
    /// The claims, guests included.
    pub members: Vec<u32>,
    /// Those of the members that tell this besides what they tell in a group of their own, ascending.
    pub guests: Vec<u32>,
    /// The matched pairs of its claims, guests included, as indexes into the list of standings, ascending.
    pub links: Vec<u32>,
}

impl ClaimGroup {
    /// The members that are no guests.
    pub fn own(&self) -> Vec<u32> {
        self.members.iter().filter(|member| self.guests.binary_search(member).is_err()).copied().collect()
    }
}
