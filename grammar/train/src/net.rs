//! The network while it learns: forward and backward over a few sentences at once, in 32-bit floats.
//!
//! A word begins as the sum of its features' vectors. Each layer normalizes the vectors, reads the sentence forward and
//! backward through gated recurrent units whose state meets only itself (so all products are matrix products over whole
//! sentences), and adds what it read. From the last vectors come tags, heads (a bilinear score of every pair of words)
//! and relations (a small network over the two ends of an arc).

use crate::gemm::{exp, gemm, transposed};
use crossclaim_grammar::shape::*;

/// Where each part of the parameters begins.
pub(crate) struct Layout {
    pub(crate) layers: [usize; LAYERS],
    pub(crate) heads: usize,
    pub(crate) heads_bias: usize,
    pub(crate) bilinear: usize,
    pub(crate) bilinear_bias: usize,
    pub(crate) root_arc: usize,
    pub(crate) distance: usize,
    pub(crate) root_label: usize,
    pub(crate) label_distance: usize,
    pub(crate) label_out: usize,
    pub(crate) label_bias: usize,
    pub(crate) total: usize,
}

/// Sizes inside one layer: weights, bias, and the two state weights.
pub(crate) const LAYER_BIAS: usize = WIDTH * 3 * WIDTH;
pub(crate) const LAYER_FORGET: usize = LAYER_BIAS + 3 * WIDTH;
pub(crate) const LAYER_OUTPUT: usize = LAYER_FORGET + WIDTH;
pub(crate) const LAYER_TOTAL: usize = LAYER_OUTPUT + WIDTH;

impl Layout {
    pub(crate) fn new() -> Self {
        let mut at = 0;
        let mut take = |size: usize| {
            at += size;
            at - size
        };
        let layers = std::array::from_fn(|_| take(LAYER_TOTAL));
        let heads = take(WIDTH * HEADS);
        let heads_bias = take(HEADS);
        let bilinear = take(ARC * ARC);
        let bilinear_bias = take(ARC);
        let root_arc = take(ARC);
        let distance = take(ARC * DISTANCES);
        let root_label = take(LABEL);
        let label_distance = take(DISTANCES * LABEL);
        let label_out = take(LABEL * RELATIONS);
        let label_bias = take(RELATIONS);
        let total = take(0);
        Self {
            layers,
            heads,
            heads_bias,
            bilinear,
            bilinear_bias,
            root_arc,
            distance,
            root_label,
            label_distance,
            label_out,
            label_bias,
            total,
        }
    }
}

/// A source of random numbers with a fixed sequence for a seed.
#[derive(Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// A number from 0 up to and without 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// One sentence as numbers.
#[derive(Clone)]
pub(crate) struct Example {
    /// The rows of each word's features.
    pub(crate) rows: Vec<Vec<u32>>,
    pub(crate) upos: Vec<u8>,
    pub(crate) xpos: Vec<u8>,
    /// 0 for the root, otherwise counted from 1.
    pub(crate) heads: Vec<u16>,
    pub(crate) relations: Vec<u8>,
}

/// What one shard of a batch gives back.
pub(crate) struct Gradient {
    pub(crate) dense: Vec<f32>,
    /// One vector per word of the shard, for each of its rows.
    pub(crate) words: Vec<(Vec<u32>, Vec<f32>)>,
    pub(crate) loss: f64,
    pub(crate) right: [usize; 4],
    pub(crate) count: usize,
}

/// Numbers of classes in use, below the room kept for them.
#[derive(Clone, Copy)]
pub(crate) struct Classes {
    pub(crate) upos: usize,
    pub(crate) xpos: usize,
    pub(crate) relations: usize,
}

fn dropout(random: &mut Random, size: usize, rate: f32) -> Vec<f32> {
    let keep = 1.0 / (1.0 - rate);
    (0..size).map(|_| if random.unit() < rate { 0.0 } else { keep }).collect()
}

fn normalize(x: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let mut out = vec![0.0; x.len()];
    let mut scales = Vec::with_capacity(x.len() / WIDTH);
    for (from, to) in x.chunks_exact(WIDTH).zip(out.chunks_exact_mut(WIDTH)) {
        let mean = from.iter().sum::<f32>() / WIDTH as f32;
        let spread = from.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / WIDTH as f32;
        let scale = 1.0 / (spread + 1e-5).sqrt();
        for (o, v) in to.iter_mut().zip(from) {
            *o = (v - mean) * scale;
        }
        scales.push(scale);
    }
    (out, scales)
}

/// Adds to `dx` the gradient that `dy` at the normalized `y` means for what was normalized.
fn normalize_back(y: &[f32], scales: &[f32], dy: &[f32], dx: &mut [f32]) {
    for (row, &scale) in scales.iter().enumerate() {
        let at = row * WIDTH..(row + 1) * WIDTH;
        let (y, dy, dx) = (&y[at.clone()], &dy[at.clone()], &mut dx[at]);
        let mean = dy.iter().sum::<f32>() / WIDTH as f32;
        let dot = y.iter().zip(dy).map(|(a, b)| a * b).sum::<f32>() / WIDTH as f32;
        for ((d, g), v) in dx.iter_mut().zip(dy).zip(y) {
            *d += scale * (g - mean - v * dot);
        }
    }
}

/// Cross-entropy of `logits` (the first `classes` of them) against `gold`: the loss, and the gradient in their place.
fn entropy(logits: &mut [f32], classes: usize, gold: usize, weight: f32) -> (f64, bool) {
    let mut best = 0;
    for class in 1..classes {
        if logits[class] > logits[best] {
            best = class;
        }
    }
    let top = logits[best];
    let mut sum = 0.0;
    for logit in &mut logits[..classes] {
        *logit = exp(*logit - top);
        sum += *logit;
    }
    for logit in &mut logits[..classes] {
        *logit *= weight / sum;
    }
    let share = f64::from(logits[gold] / weight).max(1e-9);
    logits[gold] -= weight;
    for logit in &mut logits[classes..] {
        *logit = 0.0;
    }
    (-share.ln(), best == gold)
}

struct LayerState {
    normal: Vec<f32>,
    scales: Vec<f32>,
    mask: Vec<f32>,
    dropped: Vec<f32>,
    u: Vec<f32>,
    c: Vec<f32>,
    f: Vec<f32>,
    r: Vec<f32>,
}

/// Settings of regularization: the share of numbers that are left out.
#[derive(Clone, Copy)]
pub(crate) struct Dropout {
    pub(crate) layer: f32,
    pub(crate) head: f32,
}

/// What is asked of a batch.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    pub(crate) classes: Classes,
    pub(crate) rates: Dropout,
    /// Each word's share of the loss.
    pub(crate) weight: f32,
}

/// Forward and backward over `examples`.
pub(crate) fn gradient(
    layout: &Layout,
    p: &[f32],
    table: &[f32],
    examples: &[Example],
    task: Task,
    random: &mut Random,
) -> Gradient {
    let Task { classes, rates, weight } = task;
    let count: usize = examples.iter().map(|e| e.rows.len()).sum();
    let mut g = vec![0.0_f32; layout.total];
    let mut x = vec![0.0_f32; count * WIDTH];
    let mut sentences = Vec::with_capacity(examples.len());
    let mut row = 0;
    for example in examples {
        sentences.push(row..row + example.rows.len());
        for features in &example.rows {
            let out = &mut x[row * WIDTH..(row + 1) * WIDTH];
            for &feature in features {
                for (o, v) in out.iter_mut().zip(&table[feature as usize * WIDTH..][..WIDTH]) {
                    *o += v;
                }
            }
            row += 1;
        }
    }
    let mut states = Vec::with_capacity(LAYERS);
    for layer in 0..LAYERS {
        let base = &p[layout.layers[layer]..][..LAYER_TOTAL];
        let (normal, scales) = normalize(&x);
        let mask = dropout(random, x.len(), rates.layer);
        let dropped: Vec<f32> = normal.iter().zip(&mask).map(|(a, b)| a * b).collect();
        let mut u = vec![0.0; count * 3 * WIDTH];
        for line in u.chunks_exact_mut(3 * WIDTH) {
            line.copy_from_slice(&base[LAYER_BIAS..LAYER_FORGET]);
        }
        gemm(count, WIDTH, 3 * WIDTH, &dropped, (WIDTH, 1), &base[..LAYER_BIAS], &mut u);
        let (mut c, mut f, mut r) = (vec![0.0; count * WIDTH], vec![0.0; count * WIDTH], vec![0.0; count * WIDTH]);
        let (vf, vr) = (&base[LAYER_FORGET..LAYER_OUTPUT], &base[LAYER_OUTPUT..]);
        for span in &sentences {
            for (from, backward) in [(0, false), (HALF, true)] {
                let mut state = [0.0_f32; WIDTH / 2];
                for step in 0..span.len() {
                    let t = if backward { span.end - 1 - step } else { span.start + step };
                    let line = &u[t * 3 * WIDTH..(t + 1) * 3 * WIDTH];
                    read_word(
                        line,
                        from,
                        (vf, vr),
                        &mut state,
                        [
                            &mut c[t * WIDTH..][..WIDTH],
                            &mut f[t * WIDTH..][..WIDTH],
                            &mut r[t * WIDTH..][..WIDTH],
                            &mut x[t * WIDTH..][..WIDTH],
                        ],
                    );
                }
            }
        }
        states.push(LayerState { normal, scales, mask, dropped, u, c, f, r });
    }
    let (y, y_scales) = normalize(&x);
    let y_mask = dropout(random, y.len(), rates.layer);
    let yd: Vec<f32> = y.iter().zip(&y_mask).map(|(a, b)| a * b).collect();
    let heads_w = &p[layout.heads..layout.heads_bias];
    let mut h = vec![0.0; count * HEADS];
    for line in h.chunks_exact_mut(HEADS) {
        line.copy_from_slice(&p[layout.heads_bias..][..HEADS]);
    }
    gemm(count, WIDTH, HEADS, &yd, (WIDTH, 1), heads_w, &mut h);
    let mut dh = vec![0.0_f32; count * HEADS];
    let (mut loss, mut right) = (0.0_f64, [0_usize; 4]);

    // Tags.
    row = 0;
    for example in examples {
        for word in 0..example.rows.len() {
            let (from, to) = (&h[row * HEADS..], &mut dh[row * HEADS..(row + 1) * HEADS]);
            to[..AT_DEPENDENT].copy_from_slice(&from[..AT_DEPENDENT]);
            let (l, ok) = entropy(&mut to[..UPOS], classes.upos, usize::from(example.upos[word]), weight);
            loss += l;
            right[0] += usize::from(ok);
            let (l, ok) =
                entropy(&mut to[AT_XPOS..AT_DEPENDENT], classes.xpos, usize::from(example.xpos[word]), weight);
            loss += l;
            right[1] += usize::from(ok);
            row += 1;
        }
    }

    // Arcs.
    let relu = |at: usize, size: usize, mask: &[f32]| -> Vec<f32> {
        let mut out = vec![0.0; count * size];
        for t in 0..count {
            for k in 0..size {
                out[t * size + k] = h[t * HEADS + at + k].max(0.0) * mask[t * size + k];
            }
        }
        out
    };
    let (mask_d, mask_h) = (dropout(random, count * ARC, rates.head), dropout(random, count * ARC, rates.head));
    let (hd, hh) = (relu(AT_DEPENDENT, ARC, &mask_d), relu(AT_HEAD, ARC, &mask_h));
    let mut q = vec![0.0; count * ARC];
    for line in q.chunks_exact_mut(ARC) {
        line.copy_from_slice(&p[layout.bilinear_bias..][..ARC]);
    }
    gemm(count, ARC, ARC, &hd, (ARC, 1), &p[layout.bilinear..], &mut q);
    let mut far = vec![0.0; count * DISTANCES];
    gemm(count, ARC, DISTANCES, &hd, (ARC, 1), &p[layout.distance..], &mut far);
    let root = &p[layout.root_arc..][..ARC];
    let (mut dq, mut dhh, mut dfar) = (vec![0.0; q.len()], vec![0.0; hh.len()], vec![0.0; far.len()]);
    let mut droot = [0.0_f32; ARC];
    for (example, span) in examples.iter().zip(&sentences) {
        let n = span.len();
        let mut scores = vec![0.0_f32; n + 1];
        for i in 0..n {
            let t = span.start + i;
            let qi = &q[t * ARC..(t + 1) * ARC];
            scores[0] = dot(qi, root) * ARC_SCALE;
            for j in 0..n {
                scores[j + 1] = if i == j {
                    -1e4
                } else {
                    let hj = &hh[(span.start + j) * ARC..][..ARC];
                    dot(qi, hj) * ARC_SCALE + far[t * DISTANCES + distance(i, j)]
                };
            }
            let (l, ok) = entropy(&mut scores, n + 1, usize::from(example.heads[i]), weight);
            loss += l;
            right[2] += usize::from(ok);
            for k in 0..ARC {
                droot[k] += scores[0] * ARC_SCALE * q[t * ARC + k];
                dq[t * ARC + k] += scores[0] * ARC_SCALE * root[k];
            }
            for j in 0..n {
                let ds = scores[j + 1];
                if i == j || ds == 0.0 {
                    continue;
                }
                dfar[t * DISTANCES + distance(i, j)] += ds;
                let s = span.start + j;
                for k in 0..ARC {
                    dq[t * ARC + k] += ds * ARC_SCALE * hh[s * ARC + k];
                    dhh[s * ARC + k] += ds * ARC_SCALE * q[t * ARC + k];
                }
            }
        }
    }
    for (into, value) in g[layout.root_arc..].iter_mut().zip(droot) {
        *into += value;
    }
    let mut dhd = vec![0.0; hd.len()];
    gemm(count, ARC, ARC, &dq, (ARC, 1), &transposed(&p[layout.bilinear..][..ARC * ARC], ARC, ARC), &mut dhd);
    let distance_t = transposed(&p[layout.distance..][..ARC * DISTANCES], ARC, DISTANCES);
    gemm(count, DISTANCES, ARC, &dfar, (DISTANCES, 1), &distance_t, &mut dhd);
    gemm(ARC, count, ARC, &hd, (1, ARC), &dq, &mut g[layout.bilinear..][..ARC * ARC]);
    gemm(ARC, count, DISTANCES, &hd, (1, ARC), &dfar, &mut g[layout.distance..][..ARC * DISTANCES]);
    columns(&dq, ARC, &mut g[layout.bilinear_bias..]);

    // Relations, on the arcs of the reference.
    let mask_l = dropout(random, count * LABEL, rates.head);
    let mut hidden = vec![0.0; count * LABEL];
    let mut ends = Vec::with_capacity(count);
    for (example, span) in examples.iter().zip(&sentences) {
        for i in 0..span.len() {
            let t = span.start + i;
            let head = usize::from(example.heads[i]);
            let class = if head == 0 { DISTANCES - 1 } else { distance(i, head - 1) };
            ends.push((head.checked_sub(1).map(|j| span.start + j), class));
            for k in 0..LABEL {
                let upper = match head {
                    0 => p[layout.root_label + k],
                    _ => h[(span.start + head - 1) * HEADS + AT_LABEL_HEAD + k],
                };
                let sum = h[t * HEADS + AT_LABEL_DEPENDENT + k] + upper + p[layout.label_distance + class * LABEL + k];
                hidden[t * LABEL + k] = sum.max(0.0) * mask_l[t * LABEL + k];
            }
        }
    }
    let mut logits = vec![0.0; count * RELATIONS];
    for line in logits.chunks_exact_mut(RELATIONS) {
        line.copy_from_slice(&p[layout.label_bias..][..RELATIONS]);
    }
    let out_w = &p[layout.label_out..][..LABEL * RELATIONS];
    gemm(count, LABEL, RELATIONS, &hidden, (LABEL, 1), out_w, &mut logits);
    row = 0;
    for example in examples {
        for &relation in &example.relations {
            let line = &mut logits[row * RELATIONS..(row + 1) * RELATIONS];
            let (l, ok) = entropy(line, classes.relations, usize::from(relation), weight);
            loss += l;
            right[3] += usize::from(ok);
            row += 1;
        }
    }
    gemm(LABEL, count, RELATIONS, &hidden, (1, LABEL), &logits, &mut g[layout.label_out..][..LABEL * RELATIONS]);
    columns(&logits, RELATIONS, &mut g[layout.label_bias..]);
    let mut dhidden = vec![0.0; hidden.len()];
    gemm(count, RELATIONS, LABEL, &logits, (RELATIONS, 1), &transposed(out_w, LABEL, RELATIONS), &mut dhidden);
    for (t, &(head, class)) in ends.iter().enumerate() {
        for k in 0..LABEL {
            if hidden[t * LABEL + k] <= 0.0 {
                continue;
            }
            let d = dhidden[t * LABEL + k] * mask_l[t * LABEL + k];
            dh[t * HEADS + AT_LABEL_DEPENDENT + k] += d;
            match head {
                Some(s) => dh[s * HEADS + AT_LABEL_HEAD + k] += d,
                None => g[layout.root_label + k] += d,
            }
            g[layout.label_distance + class * LABEL + k] += d;
        }
    }
    for t in 0..count {
        for k in 0..ARC {
            if hd[t * ARC + k] > 0.0 {
                dh[t * HEADS + AT_DEPENDENT + k] += dhd[t * ARC + k] * mask_d[t * ARC + k];
            }
            if hh[t * ARC + k] > 0.0 {
                dh[t * HEADS + AT_HEAD + k] += dhh[t * ARC + k] * mask_h[t * ARC + k];
            }
        }
    }

    // Back through the layers.
    gemm(WIDTH, count, HEADS, &yd, (1, WIDTH), &dh, &mut g[layout.heads..layout.heads_bias]);
    columns(&dh, HEADS, &mut g[layout.heads_bias..]);
    let mut dy = vec![0.0; yd.len()];
    gemm(count, HEADS, WIDTH, &dh, (HEADS, 1), &transposed(heads_w, WIDTH, HEADS), &mut dy);
    for (d, m) in dy.iter_mut().zip(&y_mask) {
        *d *= m;
    }
    let mut dx = vec![0.0; x.len()];
    normalize_back(&y, &y_scales, &dy, &mut dx);
    for layer in (0..LAYERS).rev() {
        let state = &states[layer];
        let base = &p[layout.layers[layer]..][..LAYER_TOTAL];
        let into = &mut g[layout.layers[layer]..][..LAYER_TOTAL];
        let du = recurrent_back(state, base, into, &sentences, &dx);
        gemm(WIDTH, count, 3 * WIDTH, &state.dropped, (1, WIDTH), &du, &mut into[..LAYER_BIAS]);
        columns(&du, 3 * WIDTH, &mut into[LAYER_BIAS..]);
        let mut dn = vec![0.0; dx.len()];
        let turned = transposed(&base[..LAYER_BIAS], WIDTH, 3 * WIDTH);
        gemm(count, 3 * WIDTH, WIDTH, &du, (3 * WIDTH, 1), &turned, &mut dn);
        for (d, m) in dn.iter_mut().zip(&state.mask) {
            *d *= m;
        }
        normalize_back(&state.normal, &state.scales, &dn, &mut dx);
    }
    let mut words = Vec::with_capacity(count);
    for (features, line) in examples.iter().flat_map(|e| &e.rows).zip(dx.chunks_exact(WIDTH)) {
        words.push((features.clone(), line.to_vec()));
    }
    Gradient { dense: g, words, loss, right, count }
}

/// Scores of arcs are dot products of long vectors; this brings them to the size of the other scores.
pub(crate) const ARC_SCALE: f32 = 0.125;

/// The gradient of the recurrent units: what each product must change by; adds the state weights' gradients to `into`.
fn recurrent_back(
    state: &LayerState,
    base: &[f32],
    into: &mut [f32],
    sentences: &[std::ops::Range<usize>],
    dx: &[f32],
) -> Vec<f32> {
    let mut du = vec![0.0; state.u.len()];
    let (vf, vr) = (&base[LAYER_FORGET..LAYER_OUTPUT], &base[LAYER_OUTPUT..]);
    for span in sentences {
        for (from, to, backward) in [(0, WIDTH / 2, false), (WIDTH / 2, WIDTH, true)] {
            let mut carried = [0.0_f32; WIDTH / 2];
            for step in (0..span.len()).rev() {
                let t = if backward { span.end - 1 - step } else { span.start + step };
                let before = match (step, backward) {
                    (0, _) => None,
                    (_, false) => Some(t - 1),
                    (_, true) => Some(t + 1),
                };
                for k in from..to {
                    let (c, f, r) = (state.c[t * WIDTH + k], state.f[t * WIDTH + k], state.r[t * WIDTH + k]);
                    let past = before.map_or(0.0, |b| state.c[b * WIDTH + k]);
                    let dout = dx[t * WIDTH + k];
                    let dc = carried[k - from] + dout * r;
                    let dzr = dout * c * slope(r);
                    let fresh = state.u[t * 3 * WIDTH + k];
                    let dzf = dc * (past - fresh) * slope(f);
                    du[t * 3 * WIDTH + k] = dc * (1.0 - f);
                    du[t * 3 * WIDTH + WIDTH + k] = dzf;
                    du[t * 3 * WIDTH + 2 * WIDTH + k] = dzr;
                    into[LAYER_FORGET + k] += dzf * past;
                    into[LAYER_OUTPUT + k] += dzr * past;
                    carried[k - from] = dc * f + dzf * vf[k] + dzr * vr[k];
                }
            }
        }
    }
    du
}

/// One step of the recurrent units of one direction, whose numbers begin at `from`.
fn read_word(line: &[f32], from: usize, v: (&[f32], &[f32]), state: &mut [f32; HALF], out: [&mut [f32]; 4]) {
    let half = |values: &[f32], at: usize| -> [f32; HALF] { values[at..at + HALF].try_into().expect("of that length") };
    let (fresh, zf, zr) = (half(line, from), half(line, WIDTH + from), half(line, 2 * WIDTH + from));
    let (vf, vr) = (half(v.0, from), half(v.1, from));
    let [c, f, r, x] = out.map(|values| &mut values[from..from + HALF]);
    for k in 0..HALF {
        let past = state[k];
        let forget = gate(zf[k] + vf[k] * past);
        let output = gate(zr[k] + vr[k] * past);
        let now = forget * past + (1.0 - forget) * fresh[k];
        state[k] = now;
        c[k] = now;
        f[k] = forget;
        r[k] = output;
        x[k] += output * now;
    }
}

const HALF: usize = WIDTH / 2;

/// The slope of the gate where its value is `value`.
fn slope(value: f32) -> f32 {
    let turned = 2.0 * value - 1.0;
    let rest = (1.0 - turned * turned).max(0.0);
    0.25 * rest * rest.sqrt()
}

/// The dot product, summed in sixteen lanes.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for k in 0..16 {
            lanes[k] += a[k] * b[k];
        }
    }
    lanes.iter().sum()
}

/// Adds the column sums of `rows` to `into`.
fn columns(rows: &[f32], width: usize, into: &mut [f32]) {
    for line in rows.chunks_exact(width) {
        for (o, v) in into.iter_mut().zip(line) {
            *o += v;
        }
    }
}
