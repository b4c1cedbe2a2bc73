//! Parameters → the bytes of a model, as `crossclaim_grammar::model` describes them.

use crate::lemmas::Lemmas;
use crate::net::{LAYER_BIAS, LAYER_FORGET, LAYER_OUTPUT, LAYER_TOTAL, Layout};
use crate::optimizer::Adam;
use crate::vocabulary::Vocabulary;
use crossclaim_grammar::model::{MAGIC, slot};
use crossclaim_grammar::shape::*;
use std::collections::BTreeMap;

/// The bytes of the model.
pub(crate) fn bytes(vocabulary: &Vocabulary, layout: &Layout, adam: &Adam, lemmas: &Lemmas) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for names in [&vocabulary.upos, &vocabulary.xpos, &vocabulary.relations] {
        texts(&mut out, names);
    }
    table(&mut out, &vocabulary.rows.iter().map(|(&hash, &row)| (hash, row as u16)).collect());
    let rows = vocabulary.counts.len();
    number(&mut out, rows);
    let lines: Vec<(f32, Vec<u8>)> = adam.table.chunks_exact(WIDTH).map(coarse).collect();
    floats(&mut out, &lines.iter().map(|(scale, _)| *scale).collect::<Vec<_>>());
    lines.iter().for_each(|(_, line)| out.extend(line));
    let p = &adam.dense;
    for &at in &layout.layers {
        let base = &p[at..at + LAYER_TOTAL];
        matrix(&mut out, &base[..LAYER_BIAS], WIDTH, 3 * WIDTH);
        floats(&mut out, &base[LAYER_BIAS..LAYER_FORGET]);
        floats(&mut out, &base[LAYER_FORGET..LAYER_OUTPUT]);
        floats(&mut out, &base[LAYER_OUTPUT..]);
    }
    for (at, inputs, outputs) in [
        (layout.heads, WIDTH, HEADS),
        (layout.bilinear, ARC, ARC),
        (layout.distance, ARC, DISTANCES),
        (layout.label_out, LABEL, RELATIONS),
    ] {
        matrix(&mut out, &p[at..at + inputs * outputs], inputs, outputs);
    }
    for (at, size) in [
        (layout.heads_bias, HEADS),
        (layout.bilinear_bias, ARC),
        (layout.root_arc, ARC),
        (layout.root_label, LABEL),
        (layout.label_distance, DISTANCES * LABEL),
        (layout.label_bias, RELATIONS),
    ] {
        floats(&mut out, &p[at..at + size]);
    }
    texts(&mut out, &lemmas.scripts);
    table(&mut out, &lemmas.table);
    out
}

fn number(out: &mut Vec<u8>, value: usize) {
    out.extend((value as u32).to_le_bytes());
}

fn texts(out: &mut Vec<u8>, texts: &[String]) {
    number(out, texts.len());
    for text in texts {
        out.push(text.len() as u8);
        out.extend(text.as_bytes());
    }
}

fn floats(out: &mut Vec<u8>, values: &[f32]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}

/// An open table, at most two thirds full.
fn table(out: &mut Vec<u8>, entries: &BTreeMap<u32, u16>) {
    let slots = (entries.len() * 3 / 2 + 1).next_power_of_two();
    let mut filled = vec![(0_u32, 0_u16); slots];
    for (&hash, &value) in entries {
        let mut at = slot(hash, slots - 1);
        while filled[at].0 != 0 {
            at = (at + 1) & (slots - 1);
        }
        filled[at] = (hash, value);
    }
    number(out, slots);
    filled.iter().for_each(|(hash, _)| out.extend(hash.to_le_bytes()));
    filled.iter().for_each(|(_, value)| out.extend(value.to_le_bytes()));
}

/// One line of numbers as bytes, and what a byte counts.
fn coarse(line: &[f32]) -> (f32, Vec<u8>) {
    let most = line.iter().fold(1e-9_f32, |most, value| most.max(value.abs()));
    let scale = most / 127.0;
    (scale, line.iter().map(|value| (value / scale).round() as i8 as u8).collect())
}

/// A matrix, turned so that one line is one output.
fn matrix(out: &mut Vec<u8>, values: &[f32], inputs: usize, outputs: usize) {
    let lines: Vec<(f32, Vec<u8>)> =
        (0..outputs).map(|o| coarse(&(0..inputs).map(|i| values[i * outputs + o]).collect::<Vec<_>>())).collect();
    floats(out, &lines.iter().map(|(scale, _)| *scale).collect::<Vec<_>>());
    lines.iter().for_each(|(_, line)| out.extend(line));
}
