//! Words → scores: the sentence is read both ways, layer by layer, in products of 16-bit whole numbers.

use crate::features::{casing, features};
use crate::model::{Matrix, Model};
use crate::shape::*;

/// Normalized vectors are stored as whole numbers of this size; none is longer than eleven times its spread.
const FINE: f32 = 2048.0;
const HALF: usize = WIDTH / 2;

/// What the network says about the words of a sentence.
pub(crate) struct Scores {
    /// One line a word: tags, then the vectors of arcs and relations.
    pub(crate) heads: Vec<f32>,
}

/// Reads the sentence of the words `forms`.
pub(crate) fn scores(model: &Model<'_>, forms: &[&str]) -> Scores {
    let count = forms.len();
    let case = casing(forms.iter().copied());
    let mut x = vec![0.0_f32; count * WIDTH];
    for (at, (form, out)) in forms.iter().zip(x.chunks_exact_mut(WIDTH)).enumerate() {
        for (number, hash) in features(form, at == 0, case).into_iter().enumerate() {
            match model.features.get(hash) {
                Some(row) => model.add_row(row, out),
                None if number == 0 => model.add_row(0, out),
                None => {}
            }
        }
    }
    let mut normal = vec![0_i16; count * WIDTH];
    let mut u = vec![0.0_f32; count * 3 * WIDTH];
    for layer in &model.layers {
        normalize(&x, &mut normal);
        product::<WIDTH>(&normal, 1.0 / FINE, &layer.matrix, &layer.bias, &mut u);
        let mut state = [0.0_f32; HALF];
        for (line, out) in u.chunks_exact(3 * WIDTH).zip(x.chunks_exact_mut(WIDTH)) {
            read_word(line, 0, &layer.forget, &layer.output, &mut state, out);
        }
        state = [0.0; HALF];
        for (line, out) in u.chunks_exact(3 * WIDTH).zip(x.chunks_exact_mut(WIDTH)).rev() {
            read_word(line, HALF, &layer.forget, &layer.output, &mut state, out);
        }
    }
    normalize(&x, &mut normal);
    let mut heads = vec![0.0_f32; count * HEADS];
    product::<WIDTH>(&normal, 1.0 / FINE, &model.heads, &model.heads_bias, &mut heads);
    Scores { heads }
}

/// One step of the recurrent units of one direction, whose numbers begin at `from`.
#[inline(always)]
fn read_word(line: &[f32], from: usize, vf: &[f32], vr: &[f32], state: &mut [f32; HALF], x: &mut [f32]) {
    let half = |values: &[f32], at: usize| -> [f32; HALF] { values[at..at + HALF].try_into().expect("half a vector") };
    let (fresh, zf, zr) = (half(line, from), half(line, WIDTH + from), half(line, 2 * WIDTH + from));
    let (vf, vr) = (half(vf, from), half(vr, from));
    let out: &mut [f32; HALF] = (&mut x[from..from + HALF]).try_into().expect("half a vector");
    for k in 0..HALF {
        let past = state[k];
        let forget = gate(zf[k] + vf[k] * past);
        let output = gate(zr[k] + vr[k] * past);
        let now = forget * past + (1.0 - forget) * fresh[k];
        state[k] = now;
        out[k] += output * now;
    }
}

/// Brings each word's vector to mean 0 and spread 1.
fn normalize(x: &[f32], out: &mut [i16]) {
    for (from, to) in x.chunks_exact(WIDTH).zip(out.chunks_exact_mut(WIDTH)) {
        let mean = lanes(from.chunks_exact(8), |v| v) / WIDTH as f32;
        let spread = lanes(from.chunks_exact(8), |v| (v - mean) * (v - mean)) / WIDTH as f32;
        let scale = FINE / (spread + 1e-5).sqrt();
        for (o, v) in to.iter_mut().zip(from) {
            *o = ((v - mean) * scale) as i16;
        }
    }
}

/// The sum over all numbers, in eight lanes.
fn lanes(chunks: std::slice::ChunksExact<'_, f32>, of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0_f32; 8];
    for chunk in chunks {
        for k in 0..8 {
            sums[k] += of(chunk[k]);
        }
    }
    sums.iter().sum()
}

/// The dot product of two vectors of a width that is a multiple of eight.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    sums.iter().sum()
}

/// Vectors of floats → vectors of whole numbers and the value of one, the same for all of them.
pub(crate) fn whole(values: &[f32]) -> (Vec<i16>, f32) {
    let largest = values.iter().fold(1e-6_f32, |most, v| most.max(v.abs()));
    let scale = 16384.0 / largest;
    (values.iter().map(|v| (v * scale) as i16).collect(), 1.0 / scale)
}

/// `out = bias + input · matrix`, for every line of `input`, each a vector of `K` numbers that count `one` each.
pub(crate) fn product<const K: usize>(input: &[i16], one: f32, matrix: &Matrix, bias: &[f32], out: &mut [f32]) {
    let outputs = matrix.scales.len();
    // A few outputs at a time for all words, so that their weights stay near.
    for (block, weights) in matrix.weights.as_chunks::<K>().0.as_chunks::<BLOCK>().0.iter().enumerate() {
        let from = block * BLOCK;
        let bias: &[f32; BLOCK] = bias[from..from + BLOCK].try_into().expect("a whole block");
        let scales: &[f32; BLOCK] = matrix.scales[from..from + BLOCK].try_into().expect("a whole block");
        for (vector, out) in input.as_chunks::<K>().0.iter().zip(out.chunks_exact_mut(outputs)) {
            let mut sums = [0_i32; BLOCK];
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = whole_dot(vector, weights);
            }
            let out: &mut [f32; BLOCK] = (&mut out[from..from + BLOCK]).try_into().expect("a whole block");
            for k in 0..BLOCK {
                out[k] = bias[k] + sums[k] as f32 * (scales[k] * one);
            }
        }
    }
}

/// Outputs computed together; every width of the network is a multiple of it.
const BLOCK: usize = 16;

/// The dot product of whole numbers, in eight lanes and of a fixed length: the compiler makes one vector instruction of
/// eight products. Kept apart, because it does so only where nothing is merged into it.
#[inline(never)]
fn whole_dot<const K: usize>(a: &[i16; K], b: &[i16; K]) -> i32 {
    let mut sums = [0_i32; 8];
    let mut at = 0;
    while at + 8 <= K {
        for k in 0..8 {
            sums[k] += i32::from(a[at + k]) * i32::from(b[at + k]);
        }
        at += 8;
    }
    sums.iter().sum()
}
