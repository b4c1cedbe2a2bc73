//! Products of vectors and matrices of whole numbers, by the widest instructions of the machine.
//!
//! Sums of whole numbers are exact in any order, and floats are added in eight lanes on every machine, so the results have the
//! same bits whatever the width. All functions are made to be compiled into their caller, once for each set of instructions.

use fearless_simd::{Bytes, Simd, SimdBase, f32x16, i16x32, i32x16, prelude::*};

/// Outputs computed together; every width of the network is a multiple of it.
pub(crate) const PANEL: usize = 16;

/// Lines of the input that pass the same weights together: as many as it takes for each product to be done before its line's next one
/// is to be added to it.
const ROWS: usize = 8;

/// A matrix of whole numbers with a scale for each output.
#[derive(Debug)]
pub(crate) struct Matrix {
    /// By panel of outputs, then by pair of inputs: for each output of the panel the weights of that pair.
    weights: Vec<i16>,
    scales: Vec<f32>,
}

impl Matrix {
    /// A matrix of one line of `inputs` weights for each of the outputs that `scales` has; both counts are whole panels.
    pub(crate) fn of(lines: &[u8], inputs: usize, scales: Vec<f32>) -> Self {
        let mut weights = Vec::with_capacity(lines.len());
        for panel in lines.chunks_exact(PANEL * inputs) {
            for pair in (0..inputs).step_by(2) {
                for line in panel.chunks_exact(inputs) {
                    weights.extend([i16::from(line[pair] as i8), i16::from(line[pair + 1] as i8)]);
                }
            }
        }
        Self { weights, scales }
    }

    /// `out = bias + input · matrix`, for every line of `input`, each a vector of `PAIRS` pairs of numbers that count `one` each.
    #[inline(always)]
    pub(crate) fn product<S: Simd, const PAIRS: usize>(
        &self,
        simd: S,
        input: &[i32],
        one: f32,
        bias: &[f32],
        out: &mut [f32],
    ) {
        let outputs = self.scales.len();
        let (whole, rest) = input.as_chunks::<PAIRS>().0.as_chunks::<ROWS>();
        let (half, rest) = rest.as_chunks::<{ ROWS / 2 }>();
        // What is left takes no longer together with lines of nothing than one of its lines takes alone.
        let mut last = [[0; PAIRS]; ROWS / 2];
        last[..rest.len()].copy_from_slice(rest);
        for (panel, weights) in self.weights.chunks_exact(PANEL * 2 * PAIRS).enumerate() {
            let from = panel * PANEL;
            let bias: &[f32; PANEL] = bias[from..from + PANEL].try_into().expect("a whole panel");
            let mut scales: [f32; PANEL] = self.scales[from..from + PANEL].try_into().expect("a whole panel");
            scales.iter_mut().for_each(|scale| *scale *= one);
            let mut tile = Tile { weights, bias, scales, out: &mut out[from..], outputs };
            let mut from = 0;
            for lines in whole {
                tile.fill(simd, lines, from, ROWS);
                from += ROWS;
            }
            for lines in half {
                tile.fill(simd, lines, from, ROWS / 2);
                from += ROWS / 2;
            }
            if !rest.is_empty() {
                tile.fill(simd, &last, from, rest.len());
            }
        }
    }
}

/// One panel of a matrix and where its results go.
struct Tile<'a> {
    weights: &'a [i16],
    bias: &'a [f32; PANEL],
    scales: [f32; PANEL],
    /// From the first output of the panel on; a line of all `outputs` for each line of the input.
    out: &'a mut [f32],
    outputs: usize,
}

impl Tile<'_> {
    /// The results of the first `count` of `R` lines, the first of which is line `first` of the input.
    #[inline(always)]
    fn fill<S: Simd, const PAIRS: usize, const R: usize>(
        &mut self,
        simd: S,
        lines: &[[i32; PAIRS]; R],
        first: usize,
        count: usize,
    ) {
        let mut sums = [i32x16::splat(simd, 0); R];
        for (pair, weights) in self.weights.as_chunks::<{ 2 * PANEL }>().0[..PAIRS].iter().enumerate() {
            let weights = i16x32::from_slice(simd, weights);
            for row in 0..R {
                let both: i16x32<S> = i32x16::splat(simd, lines[row][pair]).bitcast();
                sums[row] += both.pairwise_dot_product(weights);
            }
        }
        let (bias, scales) = (f32x16::from_slice(simd, self.bias), f32x16::from_slice(simd, &self.scales));
        for (row, sums) in sums.into_iter().take(count).enumerate() {
            let sums: f32x16<S> = sums.to_float();
            let out = &mut self.out[(first + row) * self.outputs..][..PANEL];
            // Multiplied and added, not both at once: that would round but once.
            (bias + sums * scales).store_slice(out);
        }
    }
}

/// Two numbers in the order in which they stand in memory: as a matrix takes them, many times, so that they are put together once.
#[inline(always)]
pub(crate) fn beside(one: i16, two: i16) -> i32 {
    let ([a, b], [c, d]) = (one.to_ne_bytes(), two.to_ne_bytes());
    i32::from_ne_bytes([a, b, c, d])
}

/// The sum over all numbers, in eight lanes.
#[inline(always)]
pub(crate) fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0_f32; 8];
    for chunk in values.as_chunks::<8>().0 {
        for k in 0..8 {
            sums[k] += of(chunk[k]);
        }
    }
    sums.iter().sum()
}

/// The dot product of two vectors of a width that is a multiple of eight.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    sums.iter().sum()
}

/// Vectors of floats, each of an even number of them → vectors of pairs of whole numbers in `out` and the value of one, the same for
/// all of them.
#[inline(always)]
pub(crate) fn whole(values: &[f32], out: &mut Vec<i32>) -> f32 {
    let mut most = [1e-6_f32; 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for k in 0..8 {
            most[k] = most[k].max(chunk[k].abs());
        }
    }
    let largest = most.iter().chain(rest).fold(1e-6_f32, |most, v| most.max(v.abs()));
    let scale = 16384.0 / largest;
    out.clear();
    out.extend(values.as_chunks::<2>().0.iter().map(|[a, b]| beside((a * scale) as i16, (b * scale) as i16)));
    1.0 / scale
}
