//! Scores → a tree: the best head of each word, and where these do not form a tree, the best tree.

use crate::model::Model;
use crate::names::Relation;
use crate::shape::*;

/// The relation of each word to its head, `scores` having been asked for these heads; a word is `root` if and only if it has
/// no head.
pub(crate) fn relations(model: &Model<'_>, scores: &[f32], heads: &[usize]) -> Vec<Relation> {
    let root = model.relations.iter().position(|&relation| relation == Relation::Root);
    heads
        .iter()
        .zip(scores.chunks_exact(RELATIONS))
        .map(|(&head, line)| match head {
            0 => Relation::Root,
            _ => best(line[..model.relations.len()].iter().enumerate().filter(|&(at, _)| Some(at) != root))
                .map_or(Relation::Dep, |at| model.relations[at]),
        })
        .collect()
}

/// The place of the largest number, the first of equals.
pub(crate) fn best<'a>(numbers: impl Iterator<Item = (usize, &'a f32)>) -> Option<usize> {
    let mut found: Option<(usize, f32)> = None;
    for (at, &value) in numbers {
        if found.is_none_or(|(_, most)| value > most) {
            found = Some((at, value));
        }
    }
    found.map(|(at, _)| at)
}

/// The heads of the best tree with one root. Mostly each word's best head gives one; only where there is a ring, or more
/// than one root, is a tree searched for, by contracting rings (Chu, Liu and Edmonds).
pub(crate) fn best_tree(arcs: &[f32], count: usize) -> Vec<usize> {
    let line = |word: usize| &arcs[word * (count + 1)..(word + 1) * (count + 1)];
    let heads: Vec<usize> = (0..count).map(|word| best(line(word).iter().enumerate()).unwrap_or(0)).collect();
    if heads.iter().filter(|&&head| head == 0).count() == 1 && ring(&heads).is_none() {
        return heads;
    }
    // So much is taken off arcs from the root that the best tree has as few of them as a tree can have: one.
    let nodes = count + 1;
    let mut graph = vec![f32::NEG_INFINITY; nodes * nodes];
    for word in 0..count {
        for head in 0..nodes {
            graph[(word + 1) * nodes + head] = line(word)[head] - if head == 0 { 1e4 } else { 0.0 };
        }
    }
    contract(&graph, nodes)[1..].to_vec()
}

/// The words of a ring among `heads`, if there is one. Heads count from 1, 0 is the root.
fn ring(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && seen[at] == start {
            let mut members = vec![at];
            let mut next = heads[at - 1];
            while next != at {
                members.push(next);
                next = heads[next - 1];
            }
            return Some(members);
        }
    }
    None
}

/// The best tree over `nodes` nodes, node 0 its root: the head of every node. `graph[to * nodes + from]` is an arc's score.
fn contract(graph: &[f32], nodes: usize) -> Vec<usize> {
    let mut heads = vec![0_usize; nodes];
    for node in 1..nodes {
        let line = &graph[node * nodes..(node + 1) * nodes];
        heads[node] = best(line.iter().enumerate().filter(|&(from, _)| from != node)).unwrap_or(0);
    }
    let Some(members) = ring(&heads[1..]) else { return heads };
    let mut inside = vec![false; nodes];
    for &member in &members {
        inside[member] = true;
    }
    // The ring becomes the last node of a smaller graph.
    let outside: Vec<usize> = (0..nodes).filter(|&node| !inside[node]).collect();
    let small = outside.len() + 1;
    let whole = small - 1;
    let mut reduced = vec![f32::NEG_INFINITY; small * small];
    let (mut entered, mut left) = (vec![0_usize; small], vec![0_usize; small]);
    for (at, &node) in outside.iter().enumerate() {
        for (other, &from) in outside.iter().enumerate() {
            reduced[at * small + other] = graph[node * nodes + from];
        }
        // An arc out of the ring begins at its best member; an arc into it replaces the member's own head.
        for &member in &members {
            let out = graph[node * nodes + member];
            if out > reduced[at * small + whole] {
                reduced[at * small + whole] = out;
                left[at] = member;
            }
            let into = graph[member * nodes + node] - graph[member * nodes + heads[member]];
            if into > reduced[whole * small + at] || entered[at] == 0 {
                reduced[whole * small + at] = into;
                entered[at] = member;
            }
        }
    }
    let found = contract(&reduced, small);
    for (at, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if found[at] == whole { left[at] } else { outside[found[at]] };
    }
    let from = found[whole];
    heads[entered[from]] = outside[from];
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best tree with one root by trying all choices of heads.
    fn by_trying(arcs: &[f32], count: usize) -> f32 {
        let mut most = f32::NEG_INFINITY;
        for code in 0..(count + 1).pow(count as u32) {
            let heads: Vec<usize> = (0..count).map(|word| code / (count + 1).pow(word as u32) % (count + 1)).collect();
            if heads.iter().filter(|&&head| head == 0).count() == 1 && ring(&heads).is_none() {
                most = most.max((0..count).map(|word| arcs[word * (count + 1) + heads[word]]).sum());
            }
        }
        most
    }

    #[test]
    fn the_best_tree_is_found_whatever_rings_the_best_heads_form() {
        let mut state = 1_u64;
        for round in 0..3000 {
            let count = 1 + round % 5;
            let mut arcs: Vec<f32> = (0..count * (count + 1))
                .map(|_| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    (state >> 60) as f32
                })
                .collect();
            for word in 0..count {
                arcs[word * (count + 1) + word + 1] = f32::NEG_INFINITY;
            }
            let heads = best_tree(&arcs, count);
            assert_eq!(heads.iter().filter(|&&head| head == 0).count(), 1);
            assert_eq!(ring(&heads), None);
            let sum: f32 = (0..count).map(|word| arcs[word * (count + 1) + heads[word]]).sum();
            assert_eq!(sum, by_trying(&arcs, count), "{arcs:?}");
        }
    }
}
