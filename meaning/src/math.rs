//! The functions of a transformer that are not products: exponential, error function, normalization, softmax, rounding to
//! eight bits.
//!
//! Every function is a fixed sequence of additions, multiplications and divisions of single precision, sums go in 16
//! lanes that are added in a fixed order, and no library function is called: the same bits on every machine, however wide
//! its registers are. Multiplication and addition are never fused.

#![allow(clippy::needless_range_loop, reason = "loops over lanes run over several arrays at once")]

use crate::linear::GROUP;

/// Lanes of a sum.
const LANES: usize = 16;

/// Adding and taking away this number rounds a small one to a whole number.
const ROUNDER: f32 = 12_582_912.0;

/// Rounds to the nearest whole number, ties to even; for |x| < 2^22.
#[inline(always)]
fn round(x: f32) -> f32 {
    (x + ROUNDER) - ROUNDER
}

/// `e^x` for x ≤ 0, to about one part in ten million.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let n = round(x * std::f32::consts::LOG2_E);
    // ln 2 in two parts, of which the first has few digits: their product with n is exact.
    let r = (x - n * 0.693_359_4) - n * -2.121_944_4e-4;
    let p = 1.987_569_1e-4_f32;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 0.5;
    let y = (p * r) * r + r + 1.0;
    y * f32::from_bits(((n + ROUNDER).to_bits().wrapping_add(127)) << 23)
}

/// The activation of BERT, `x Φ(x)`, with the error function of Abramowitz and Stegun 7.1.26 (to 1.5e-7).
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let p = 1.061_405_4_f32;
    let p = p * t - 1.453_152;
    let p = p * t + 1.421_413_7;
    let p = p * t - 0.284_496_74;
    let p = p * t + 0.254_829_6;
    let tail = 0.5 * (p * t) * exp(-(z * z));
    // Φ(x) is the tail on the left of 0 and what the tail leaves on the right.
    let phi = if x < 0.0 { tail } else { 1.0 - tail };
    x * phi
}

/// The sum of `f` over `x`, in 16 lanes added pairwise at the end. The length is a multiple of 16.
#[inline(always)]
fn sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    for chunk in x.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            lanes[lane] += f(chunk[lane]);
        }
    }
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
    }
    lanes[0]
}

/// Brings each row of `width` numbers to mean 0 and variance 1, then scales and shifts it.
#[inline(always)]
pub(crate) fn normalize(x: &mut [f32], width: usize, gain: &[f32], shift: &[f32], epsilon: f32) {
    for row in x.chunks_exact_mut(width) {
        let mean = sum(row, |x| x) / width as f32;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
        let scale = 1.0 / (variance + epsilon).sqrt();
        for ((x, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
            *x = (*x - mean) * scale * gain + shift;
        }
    }
}

/// Adds one array to another.
#[inline(always)]
pub(crate) fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

/// Applies the activation.
#[inline(always)]
pub(crate) fn activate(x: &mut [f32]) {
    for x in x {
        *x = gelu(*x);
    }
}

/// Rounds each group of 32 numbers to eight bits. `values`, `scales` and `sums` (of the whole numbers of each group) are
/// filled.
#[inline(always)]
pub(crate) fn eight_bits(x: &[f32], values: &mut [i8], scales: &mut [f32], sums: &mut [i32]) {
    let x = x.as_chunks::<GROUP>().0;
    let values = values.as_chunks_mut::<GROUP>().0;
    for at in 0..x.len() {
        let x = &x[at];
        let mut lanes = [0.0_f32; LANES];
        for lane in 0..LANES {
            lanes[lane] = larger(larger(x[lane].abs(), x[lane + LANES].abs()), 0.0);
        }
        for half in [8, 4, 2, 1] {
            for lane in 0..half {
                lanes[lane] = larger(lanes[lane], lanes[lane + half]);
            }
        }
        let most = if lanes[0] < 1e30 { lanes[0] } else { 1e30 };
        scales[at] = most / 127.0;
        let inverse = if most > 1e-30 { 127.0 / most } else { 0.0 };
        let mut total = 0;
        for lane in 0..GROUP {
            let scaled = x[lane] * inverse;
            // Written so that what is no number comes out as one.
            let scaled = if scaled < 127.0 { scaled } else { 127.0 };
            let scaled = if scaled > -127.0 { scaled } else { -127.0 };
            // The lower bits of the shifted number are the whole number itself.
            let whole = (scaled + ROUNDER).to_bits() as i32 - ROUNDER.to_bits() as i32;
            total += whole;
            values[at][lane] = whole as i8;
        }
        sums[at] = total;
    }
}

/// The larger of two numbers, the second where the first is none.
#[inline(always)]
fn larger(x: f32, y: f32) -> f32 {
    if x > y { x } else { y }
}

/// The attention of one head over one sentence of `length` words.
///
/// `qkv` holds a row of three times `width` numbers a word: the head's part of the query starts at `head`, of the key at
/// `width + head`, of the value at `2 * width + head`. The result goes to the head's part of the rows of `out`, each `width`
/// long. `size`, the width of a head, is a multiple of 16.
#[inline(always)]
pub(crate) fn attend(qkv: &[f32], (width, head, size): (usize, usize, usize), out: &mut [f32], scratch: &mut Vec<f32>) {
    let stride = 3 * width;
    let length = qkv.len() / stride;
    let padded = length.next_multiple_of(LANES);
    scratch.clear();
    scratch.resize(size * padded + padded, 0.0);
    let (keys, weights) = scratch.split_at_mut(size * padded);
    for (word, row) in qkv.chunks_exact(stride).enumerate() {
        for (at, key) in row[width + head..width + head + size].iter().enumerate() {
            keys[at * padded + word] = *key;
        }
    }
    let scale = 1.0 / (size as f32).sqrt();
    for word in 0..length {
        let query = &qkv[word * stride + head..][..size];
        for (chunk, weights) in weights.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let mut lanes = [0.0_f32; LANES];
            for at in 0..size {
                let keys = &keys[at * padded + chunk * LANES..][..LANES];
                for lane in 0..LANES {
                    lanes[lane] += query[at] * keys[lane];
                }
            }
            *weights = lanes;
        }
        let mut most = f32::NEG_INFINITY;
        for weight in &weights[..length] {
            most = larger(*weight, most);
        }
        for chunk in weights.as_chunks_mut::<LANES>().0 {
            for weight in chunk {
                let below = (*weight - most) * scale;
                *weight = exp(if below < 0.0 { below } else { 0.0 });
            }
        }
        weights[length..].fill(0.0);
        let inverse = 1.0 / sum(weights, |x| x);
        let out = &mut out[word * width + head..][..size];
        for (chunk, out) in out.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let mut lanes = [0.0_f32; LANES];
            for (other, weight) in weights[..length].iter().enumerate() {
                let values = &qkv[other * stride + 2 * width + head + chunk * LANES..][..LANES];
                for lane in 0..LANES {
                    lanes[lane] += weight * values[lane];
                }
            }
            for lane in 0..LANES {
                out[lane] = lanes[lane] * inverse;
            }
        }
    }
}

/// The mean of the rows of `x`, each `width` long.
pub(crate) fn mean(x: &[f32], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0; width];
    for row in x.chunks_exact(width) {
        add(&mut mean, row);
    }
    let count = (x.len() / width).max(1) as f32;
    mean.iter_mut().for_each(|x| *x /= count);
    mean
}

/// The probabilities of outcomes of which `x` are the logits.
pub(crate) fn softmax(x: &[f32]) -> Vec<f32> {
    let most = x.iter().fold(f32::NEG_INFINITY, |most, x| most.max(*x));
    let odds: Vec<f32> = x.iter().map(|x| exp(x - most)).collect();
    let total: f32 = odds.iter().sum();
    odds.iter().map(|odds| odds / total).collect()
}

/// The hyperbolic tangent.
pub(crate) fn tanh(x: f32) -> f32 {
    let e = exp(-2.0 * x.abs());
    (1.0 - e) / (1.0 + e) * if x < 0.0 { -1.0 } else { 1.0 }
}

/// The logistic function.
pub(crate) fn logistic(x: f32) -> f32 {
    let e = exp(-x.abs());
    if x < 0.0 { e / (1.0 + e) } else { 1.0 / (1.0 + e) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_near_the_librarys() {
        for at in 0..8_700 {
            let x = -(at as f32) / 100.0;
            let true_value = f64::from(x).exp();
            assert!((f64::from(exp(x)) / true_value - 1.0).abs() < 3e-7, "{x}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e30) < 1e-37);
    }

    #[test]
    fn the_activation_is_near_known_values() {
        // x Φ(x), from tables of the normal distribution.
        for (x, value) in [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (2.0, 1.954_5), (-3.0, -0.004_049_7)] {
            assert!((gelu(x) - value).abs() < 5e-7, "{x}: {}", gelu(x));
        }
        assert_eq!(gelu(40.0), 40.0);
        assert!(gelu(-40.0).abs() < 1e-6);
    }

    #[test]
    fn eight_bits_round_to_the_nearest() {
        let mut x = [0.0_f32; 32];
        x[0] = 127.0;
        x[1] = -2.5;
        x[2] = 3.4;
        x[31] = -127.0;
        let (mut values, mut scales, mut sums) = ([0_i8; 32], [0.0], [0]);
        eight_bits(&x, &mut values, &mut scales, &mut sums);
        assert_eq!((values[0], values[1], values[2], values[31], scales[0], sums[0]), (127, -2, 3, -127, 1.0, 1));
        eight_bits(&[f32::NAN; 32], &mut values, &mut scales, &mut sums);
        assert_eq!((scales[0], sums[0]), (0.0, values.iter().map(|value| i32::from(*value)).sum()));
        eight_bits(&[f32::INFINITY; 32], &mut values, &mut scales, &mut sums);
        assert!(scales[0].is_finite());
    }

    #[test]
    fn probabilities_sum_to_one() {
        let p = softmax(&[1.0, 3.0, -2.0]);
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-6 && p[1] > p[0]);
        assert!((logistic(0.0) - 0.5).abs() < 1e-7 && (tanh(0.5) - 0.5_f32.tanh()).abs() < 1e-6);
    }
}
