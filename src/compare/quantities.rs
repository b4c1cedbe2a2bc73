//! Whether two claims give the same figures. Different figures for one thing do not part two claims: that is a conflict
//! for the rules to judge. They only bring them no nearer.

use super::levels::{Comparator, Grade, LevelMeta};
use super::{Sides, weights};
use crate::model::{Quantity, QuantityKind};

/// Share of the figures of the side with fewer that the other side has too.
pub(super) struct Quantities;

impl Comparator for Quantities {
    fn id(&self) -> &'static str {
        "quantities"
    }

    fn levels(&self) -> &'static [LevelMeta] {
        weights::QUANTITIES
    }

    fn grade(&self, sides: &Sides<'_>) -> Grade {
        let counted = |quantity: &&Quantity| quantity.kind != QuantityKind::Identifier;
        let left: Vec<&Quantity> = sides.left.claim.form.quantities.iter().filter(counted).collect();
        let right: Vec<&Quantity> = sides.right.claim.form.quantities.iter().filter(counted).collect();
        let fewer = left.len().min(right.len());
        if fewer == 0 {
            return Grade::MISSING;
        }
        let mut taken = vec![false; right.len()];
        let mut shared = 0;
        let mut example = None;
        for one in &left {
            let found = right.iter().enumerate().find(|(at, two)| !taken[*at] && same_figure(one, two));
            if let Some((at, two)) = found {
                taken[at] = true;
                shared += 1;
                example.get_or_insert((one.span, two.span));
            }
        }
        let (from, to) = example.unwrap_or((left[0].span, right[0].span));
        Grade::between(f64::from(shared) / fewer as f64, from, to)
    }
}

/// True where both write the same interval of the same sort and unit.
fn same_figure(one: &Quantity, two: &Quantity) -> bool {
    let like_kind = one.kind == two.kind && one.unit == two.unit;
    let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        (None, None) => true,
        _ => false,
    };
    like_kind && (near(one.low, two.low) || near(one.high, two.high)) && (one.low.is_some() || one.high.is_some())
}
