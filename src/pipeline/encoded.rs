//! Queries and the claims of a corpus, encoded: how near each is to each, and which claims are nearest.

use super::session::Session;
use crate::meaning::Vector;
use std::sync::Arc;

/// The vectors of a search.
pub(super) struct Encoded {
    /// Of the queries, in their order.
    asked: Vec<Arc<Vector>>,
    /// Of the claims that are looked up, by their places. Nothing for what was not encoded.
    claims: Vec<Option<Told>>,
}

/// Where a claim lies.
#[derive(Clone)]
struct Told {
    /// What it is told in.
    around: Arc<Vector>,
    /// The headline over it.
    headline: Option<Arc<Vector>>,
}

impl Encoded {
    /// The queries, and of `count` claims those in `some`, of each what it is told in and the headline over it, encoded. Nothing where
    /// the program has no encoder.
    pub(super) fn of<'a>(
        queries: Vec<&'a str>,
        mut some: Vec<u32>,
        count: usize,
        told: impl Fn(u32) -> (&'a str, Option<&'a str>),
        session: &Session,
    ) -> Option<Self> {
        some.sort_unstable();
        some.dedup();
        let (asked, mut texts) = (queries.len(), queries);
        for &at in &some {
            let (around, headline) = told(at);
            texts.push(around);
            texts.extend(headline);
        }
        let mut vectors = session.vectors_of_each(&texts)?.into_iter();
        let asked: Vec<Arc<Vector>> = vectors.by_ref().take(asked).collect();
        let mut claims = vec![None; count];
        for at in some {
            let Some(around) = vectors.next() else { break };
            let headline = told(at).1.and_then(|_| vectors.next());
            claims[at as usize] = Some(Told { around, headline });
        }
        Some(Self { asked, claims })
    }

    /// How near a claim is to a query in meaning, in [0, 1]: what it is told in or its headline, whichever is nearer. A question asks for what
    /// one of them tells; together they are a longer text about more things, which is nearer to everything a little.
    pub(super) fn nearness(&self, query: usize, at: u32) -> f64 {
        let asked = &self.asked[query];
        self.claims[at as usize].as_ref().map_or(0.0, |told| {
            let over = told.headline.as_ref().map_or(0.0, |headline| asked.cosine(headline));
            asked.cosine(&told.around).max(over)
        })
    }

    /// The claims nearest to a query, at most `limit`.
    pub(super) fn nearest(&self, query: usize, limit: usize) -> Vec<u32> {
        let near = (0..self.claims.len() as u32).map(|at| (self.nearness(query, at), at));
        let mut near: Vec<(f64, u32)> = near.collect();
        let best_first = |one: &(f64, u32), two: &(f64, u32)| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1));
        if near.len() > limit {
            near.select_nth_unstable_by(limit, best_first);
            near.truncate(limit);
        }
        near.into_iter().map(|(_, at)| at).collect()
    }
}
