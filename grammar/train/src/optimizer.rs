//! Adam over the dense parameters, and over the rows of the embedding table that a batch touched.

use crate::net::{Gradient, LAYER_BIAS, Layout, Random};
use crossclaim_grammar::shape::*;
use std::collections::BTreeMap;

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.95;
/// The longest step a batch may ask for, as the norm of its gradient.
const CLIP: f32 = 3.0;

/// Parameters with their running moments.
pub(crate) struct Adam {
    pub(crate) dense: Vec<f32>,
    pub(crate) table: Vec<f32>,
    dense_moments: (Vec<f32>, Vec<f32>),
    table_moments: (Vec<f32>, Vec<f32>),
    steps: i32,
}

impl Adam {
    pub(crate) fn new(layout: &Layout, rows: usize, random: &mut Random) -> Self {
        let mut dense = vec![0.0; layout.total];
        let mut fill = |from: usize, size: usize, inputs: usize| {
            let bound = (3.0 / inputs as f32).sqrt();
            for value in &mut dense[from..from + size] {
                *value = (random.unit() * 2.0 - 1.0) * bound;
            }
        };
        for &at in &layout.layers {
            fill(at, LAYER_BIAS, WIDTH);
        }
        fill(layout.heads, WIDTH * HEADS, WIDTH);
        fill(layout.bilinear, ARC * ARC, ARC);
        fill(layout.root_arc, ARC, ARC);
        fill(layout.root_label, LABEL, LABEL);
        fill(layout.label_out, LABEL * RELATIONS, LABEL);
        for &at in &layout.layers {
            for value in &mut dense[at + LAYER_BIAS + WIDTH..at + LAYER_BIAS + 2 * WIDTH] {
                *value = 0.5;
            }
        }
        let table = (0..rows * WIDTH).map(|_| (random.unit() * 2.0 - 1.0) * 0.1).collect::<Vec<_>>();
        Self {
            dense_moments: (vec![0.0; dense.len()], vec![0.0; dense.len()]),
            table_moments: (vec![0.0; table.len()], vec![0.0; table.len()]),
            dense,
            table,
            steps: 0,
        }
    }

    /// One step against `gradients`, summed in their order.
    pub(crate) fn step(&mut self, gradients: [Gradient; 2], rate: f32) {
        self.steps += 1;
        let [mut one, other] = gradients;
        for (sum, value) in one.dense.iter_mut().zip(&other.dense) {
            *sum += value;
        }
        let mut touched: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
        for (rows, line) in one.words.iter().chain(&other.words) {
            for &row in rows {
                match touched.get_mut(&row) {
                    Some(sum) => sum.iter_mut().zip(line).for_each(|(s, v)| *s += v),
                    None => {
                        touched.insert(row, line.clone());
                    }
                }
            }
        }
        let norm = one.dense.iter().map(|v| v * v).sum::<f32>().sqrt();
        let scale = if norm > CLIP { CLIP / norm } else { 1.0 };
        let corrections = (1.0 - FIRST.powi(self.steps), 1.0 - SECOND.powi(self.steps));
        let (m, v) = &mut self.dense_moments;
        update(&mut self.dense, m, v, &one.dense, scale, corrections, rate);
        let (m, v) = &mut self.table_moments;
        for (row, line) in &touched {
            let at = *row as usize * WIDTH..(*row as usize + 1) * WIDTH;
            update(&mut self.table[at.clone()], &mut m[at.clone()], &mut v[at], line, scale, corrections, rate);
        }
    }
}

fn update(p: &mut [f32], m: &mut [f32], v: &mut [f32], g: &[f32], scale: f32, corrections: (f32, f32), rate: f32) {
    for (((p, m), v), g) in p.iter_mut().zip(m).zip(v).zip(g) {
        let g = g * scale;
        *m = FIRST * *m + (1.0 - FIRST) * g;
        *v = SECOND * *v + (1.0 - SECOND) * g * g;
        *p -= rate * (*m / corrections.0) / ((*v / corrections.1).sqrt() + 1e-8);
    }
}
