//! A report → the map of its outlets: how often every two report the same thing, and how often they conflict.

use crate::model::Report;
use crate::report::escape::terminal as safe;
use crate::report::overview::pairs;
use serde::Serialize;
use std::collections::BTreeMap;

/// The fullness of the color of a single finding among very many.
const LEAST_FULLNESS: u32 = 3;

/// A heat map of more outlets than these is no glance; it is also quadratic in them.
const MOST_HEAT_OUTLETS: usize = 40;

/// How often outlets stand together: a row and a column for each that shares a finding with another.
#[derive(Debug, Serialize)]
pub(super) struct Heat {
    outlets: Vec<String>,
    rows: Vec<Vec<HeatCell>>,
    /// Outlets that share findings and have no row: of very many those that share most have one.
    left_out: usize,
}

#[derive(Debug, Serialize)]
struct HeatCell {
    agree: u32,
    conflict: u32,
    /// Share of agreement in steps of a tenth, for the color; absent where nothing is shared.
    shade: Option<u32>,
    /// How many findings there are, in tenths of the most that two outlets share.
    fullness: u32,
}

/// The map of a report.
pub(super) fn heat(report: &Report) -> Heat {
    let pairs = pairs(report);
    let mut shared: BTreeMap<&str, u32> = BTreeMap::new();
    for ((one, other), together) in &pairs {
        for outlet in [*one, *other] {
            *shared.entry(outlet).or_default() += together.agree + together.conflict;
        }
    }
    let mut outlets: Vec<&str> = shared.keys().copied().collect();
    outlets.sort_by_key(|outlet| (std::cmp::Reverse(shared[outlet]), *outlet));
    let left_out = outlets.len().saturating_sub(MOST_HEAT_OUTLETS);
    outlets.truncate(MOST_HEAT_OUTLETS);
    outlets.sort_unstable();
    let most = pairs.values().map(|together| together.agree + together.conflict).max().unwrap_or(0).max(1);
    let cell = |one: &str, other: &str| {
        let together = pairs.get(&(one.min(other), one.max(other)));
        let (agree, conflict) = together.map_or((0, 0), |together| (together.agree, together.conflict));
        let shade = (agree + conflict > 0).then(|| (agree * 10 + (agree + conflict) / 2) / (agree + conflict));
        // The faintest is still seen beside a cell without a finding.
        let fullness = LEAST_FULLNESS + ((10 - LEAST_FULLNESS) * (agree + conflict) + most / 2) / most;
        HeatCell { agree, conflict, shade, fullness }
    };
    let rows = outlets.iter().map(|one| outlets.iter().map(|other| cell(one, other)).collect()).collect();
    Heat { outlets: outlets.into_iter().map(safe).collect(), rows, left_out }
}
