//! Words → scores: the sentence is read both ways, layer by layer, in products of 16-bit whole numbers.

use crate::features::{Reader, casing};
use crate::kernel::{beside, dot, sum, whole};
use crate::model::Model;
use crate::shape::*;
use fearless_simd::Simd;

/// Normalized vectors are stored as whole numbers of this size; none is longer than eleven times its spread.
const FINE: f32 = 2048.0;
const HALF: usize = WIDTH / 2;

/// Scores of arcs are dot products of long vectors; this brings them to the size of the other scores.
pub(crate) const ARC_SCALE: f32 = 0.125;

/// What the network says about the words of a sentence, and the room it needs for that. Used for one sentence after the
/// other, so that nothing is allocated for a sentence that is no longer than those before.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    /// One line a word: tags, then the vectors of arcs and relations.
    pub(crate) heads: Vec<f32>,
    /// One line a word: how well the root, then each word, would be its head.
    pub(crate) arcs: Vec<f32>,
    /// One line a word: how well each relation would fit it.
    pub(crate) relations: Vec<f32>,
    x: Vec<f32>,
    u: Vec<f32>,
    /// Pairs of whole numbers.
    whole: Vec<i32>,
    vectors: Vec<f32>,
    asked: Vec<f32>,
    far: Vec<f32>,
    reader: Reader,
}

/// `room` as a vector of `size` zeros.
fn cleared(room: &mut Vec<f32>, size: usize) -> &mut [f32] {
    room.clear();
    room.resize(size, 0.0);
    room
}

impl Scores {
    /// Reads the sentence of the words `forms`: fills `heads` and `arcs`.
    #[inline(always)]
    pub(crate) fn read<S: Simd>(&mut self, simd: S, model: &Model<'_>, forms: &[&str]) {
        let count = forms.len();
        let case = casing(forms.iter().copied());
        let x = cleared(&mut self.x, count * WIDTH);
        for (at, (form, out)) in forms.iter().zip(x.as_chunks_mut::<WIDTH>().0).enumerate() {
            for (number, &hash) in self.reader.features(form, at == 0, case).iter().enumerate() {
                match model.features.get(hash) {
                    Some(row) => model.add_row(row, out),
                    None if number == 0 => model.add_row(0, out),
                    None => {}
                }
            }
        }
        let u = cleared(&mut self.u, count * 3 * WIDTH);
        for layer in &model.layers {
            normalize(x, &mut self.whole);
            layer.matrix.product::<S, { WIDTH / 2 }>(simd, &self.whole, 1.0 / FINE, &layer.bias, u);
            let mut state = [0.0_f32; HALF];
            for (line, out) in u.chunks_exact(3 * WIDTH).zip(x.chunks_exact_mut(WIDTH)) {
                read_word(line, 0, &layer.forget, &layer.output, &mut state, out);
            }
            state = [0.0; HALF];
            for (line, out) in u.chunks_exact(3 * WIDTH).zip(x.chunks_exact_mut(WIDTH)).rev() {
                read_word(line, HALF, &layer.forget, &layer.output, &mut state, out);
            }
        }
        normalize(x, &mut self.whole);
        let heads = cleared(&mut self.heads, count * HEADS);
        model.heads.product::<S, { WIDTH / 2 }>(simd, &self.whole, 1.0 / FINE, &model.heads_bias, heads);
        self.arcs(simd, model, count);
    }

    /// Fills `vectors` with the part of each word's line that begins at `at`, negative numbers cut to zero.
    #[inline(always)]
    fn cut<const K: usize>(&mut self, at: usize) {
        self.vectors.clear();
        for line in self.heads.chunks_exact(HEADS) {
            self.vectors.extend(line[at..at + K].iter().map(|v| v.max(0.0)));
        }
    }

    /// How well the root, then each word, would be the head of each word.
    #[inline(always)]
    fn arcs<S: Simd>(&mut self, simd: S, model: &Model<'_>, count: usize) {
        self.cut::<ARC>(AT_DEPENDENT);
        let one = whole(&self.vectors, &mut self.whole);
        self.cut::<ARC>(AT_HEAD);
        let asked = cleared(&mut self.asked, count * ARC);
        model.bilinear.product::<S, { ARC / 2 }>(simd, &self.whole, one, &model.bilinear_bias, asked);
        let far = cleared(&mut self.far, count * DISTANCES);
        model.distance.product::<S, { ARC / 2 }>(simd, &self.whole, one, &[0.0; DISTANCES], far);
        self.arcs.clear();
        self.arcs.resize(count * (count + 1), f32::NEG_INFINITY);
        for (word, line) in self.arcs.chunks_exact_mut(count + 1).enumerate() {
            let asked = &asked[word * ARC..(word + 1) * ARC];
            let far = &far[word * DISTANCES..(word + 1) * DISTANCES];
            line[0] = dot(asked, &model.root_arc) * ARC_SCALE;
            for (head, vector) in self.vectors.chunks_exact(ARC).enumerate() {
                if head != word {
                    line[head + 1] = dot(asked, vector) * ARC_SCALE + far[distance(word, head)];
                }
            }
        }
    }

    /// Fills `relations`, the heads being known (0 is the root, words count from 1).
    #[inline(always)]
    pub(crate) fn name<S: Simd>(&mut self, simd: S, model: &Model<'_>, heads: &[usize]) {
        let count = heads.len();
        let hidden = cleared(&mut self.vectors, count * LABEL);
        for (word, out) in hidden.chunks_exact_mut(LABEL).enumerate() {
            let lower = &self.heads[word * HEADS + AT_LABEL_DEPENDENT..][..LABEL];
            let (upper, class) = match heads[word] {
                0 => (&model.root_label[..], DISTANCES - 1),
                head => (&self.heads[(head - 1) * HEADS + AT_LABEL_HEAD..][..LABEL], distance(word, head - 1)),
            };
            let far = &model.label_distance[class * LABEL..(class + 1) * LABEL];
            for k in 0..LABEL {
                out[k] = (lower[k] + upper[k] + far[k]).max(0.0);
            }
        }
        let one = whole(hidden, &mut self.whole);
        let named = cleared(&mut self.relations, count * RELATIONS);
        model.label_out.product::<S, { LABEL / 2 }>(simd, &self.whole, one, &model.label_bias, named);
    }
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
#[inline(always)]
fn normalize(x: &[f32], out: &mut Vec<i32>) {
    out.resize(x.len() / 2, 0);
    for (from, to) in x.as_chunks::<WIDTH>().0.iter().zip(out.as_chunks_mut::<{ WIDTH / 2 }>().0) {
        let mean = sum(from, |v| v) / WIDTH as f32;
        let spread = sum(from, |v| (v - mean) * (v - mean)) / WIDTH as f32;
        let scale = FINE / (spread + 1e-5).sqrt();
        for (o, [a, b]) in to.iter_mut().zip(from.as_chunks::<2>().0) {
            *o = beside(((a - mean) * scale) as i16, ((b - mean) * scale) as i16);
        }
    }
}
