//! The kernels for x86: AVX2, and AVX-512 with VNNI.
//!
//! The only intrinsics of the crate. Loads and stores go through slices whose length is checked, so that no pointer leaves
//! its array; what is unsafe is only to call these functions on a machine that lacks the instructions.

#![allow(clippy::needless_range_loop, reason = "loops over lanes run over several arrays at once")]

use super::{Rounded, store};
use crate::linear::{FOUR_OFFSET, GROUP, GROUP_BYTES, Linear, PANEL, SIX_OFFSET};
use std::arch::x86_64::*;

/// Rows that go through AVX-512 side by side: with two panels, 24 of the 32 registers hold sums.
const VNNI_ROWS: usize = 6;

/// Rows that go through AVX2 side by side.
const AVX2_ROWS: usize = 3;

/// A group of a layer's weights for one panel.
type Weights = [u8; GROUP_BYTES];

/// The product by AVX-512 with VNNI.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub(super) fn vnni(rows: &Rounded, layer: &Linear, out: &mut [f32]) {
    let panels = layer.panels();
    for panel in (0..panels).step_by(2) {
        let mut row = 0;
        while row < rows.rows {
            let count = VNNI_ROWS.min(rows.rows - row);
            match (count, panel + 1 < panels) {
                (6, true) => vnni_tile::<6, 2>(rows, layer, out, row, panel),
                (5, true) => vnni_tile::<5, 2>(rows, layer, out, row, panel),
                (4, true) => vnni_tile::<4, 2>(rows, layer, out, row, panel),
                (3, true) => vnni_tile::<3, 2>(rows, layer, out, row, panel),
                (2, true) => vnni_tile::<2, 2>(rows, layer, out, row, panel),
                (1, true) => vnni_tile::<1, 2>(rows, layer, out, row, panel),
                _ => (row..row + count).for_each(|row| vnni_tile::<1, 1>(rows, layer, out, row, panel)),
            }
            row += count;
        }
    }
}

/// `R` rows by `P` panels.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn vnni_tile<const R: usize, const P: usize>(
    rows: &Rounded,
    layer: &Linear,
    out: &mut [f32],
    first: usize,
    panel: usize,
) {
    let groups = layer.groups();
    // Plain loops: a closure would be compiled without the instructions of this function, and called.
    let mut weights: [&[Weights]; P] = [&[]; P];
    let mut scales: [&[[f32; PANEL]]; P] = [&[]; P];
    for p in 0..P {
        let from = (panel + p) * groups;
        weights[p] = &layer.weights[from * GROUP_BYTES..].as_chunks::<GROUP_BYTES>().0[..groups];
        scales[p] = &layer.scales[from * PANEL..].as_chunks::<PANEL>().0[..groups];
    }
    let mut values: [&[[i8; GROUP]]; R] = [&[]; R];
    let mut row_scales: [&[f32]; R] = [&[]; R];
    let mut sums: [&[i32]; R] = [&[]; R];
    for r in 0..R {
        values[r] = &rows.values[(first + r) * rows.width..].as_chunks::<GROUP>().0[..groups];
        row_scales[r] = &rows.scales[(first + r) * groups..][..groups];
        sums[r] = &rows.sums[(first + r) * groups..][..groups];
    }
    let mut total = [[_mm512_setzero_ps(); P]; R];
    for p in 0..P {
        let bias = &layer.bias[(panel + p) * PANEL..][..PANEL];
        // SAFETY: `bias` holds 16 numbers.
        let bias = unsafe { _mm512_loadu_ps(bias.as_ptr()) };
        for total in &mut total {
            total[p] = bias;
        }
    }
    for group in 0..groups {
        let mut whole = [[_mm512_setzero_si512(); P]; R];
        for r in 0..R {
            whole[r] = [_mm512_set1_epi32(-layer.offset * sums[r][group]); P];
        }
        for four in 0..GROUP / 4 {
            let mut loaded = [_mm512_setzero_si512(); P];
            for p in 0..P {
                let from = &weights[p][group].as_chunks::<{ 4 * PANEL }>().0[four];
                // SAFETY: `from` holds 64 bytes.
                loaded[p] = unsafe { _mm512_loadu_si512(from.as_ptr().cast()) };
            }
            for r in 0..R {
                let [a, b, c, d] = values[r][group].as_chunks::<4>().0[four];
                let four = _mm512_set1_epi32(i32::from_le_bytes([a as u8, b as u8, c as u8, d as u8]));
                for p in 0..P {
                    whole[r][p] = _mm512_dpbusd_epi32(whole[r][p], loaded[p], four);
                }
            }
        }
        for p in 0..P {
            // SAFETY: the scales of a group of a panel are 16 numbers.
            let scales = unsafe { _mm512_loadu_ps(scales[p][group].as_ptr()) };
            for r in 0..R {
                let scale = _mm512_mul_ps(scales, _mm512_set1_ps(row_scales[r][group]));
                let product = _mm512_mul_ps(_mm512_cvtepi32_ps(whole[r][p]), scale);
                total[r][p] = _mm512_add_ps(total[r][p], product);
            }
        }
    }
    for r in 0..R {
        for p in 0..P {
            let mut lanes = [0.0; PANEL];
            // SAFETY: `lanes` holds 16 numbers.
            unsafe { _mm512_storeu_ps(lanes.as_mut_ptr(), total[r][p]) };
            store(out, layer, first + r, panel + p, &lanes);
        }
    }
}

/// The product by AVX2.
#[target_feature(enable = "avx2")]
pub(super) fn avx2(rows: &Rounded, layer: &Linear, out: &mut [f32]) {
    for panel in 0..layer.panels() {
        let mut row = 0;
        while row < rows.rows {
            let count = AVX2_ROWS.min(rows.rows - row);
            // Steps of two products that fit 16 bits together: 16 * 15 * 127, 4 * 63 * 127 and 2 * 127 * 127 are below 2^15.
            match (layer.offset, count) {
                (FOUR_OFFSET, 3) => avx2_tile::<3, 8>(rows, layer, out, row, panel),
                (FOUR_OFFSET, 2) => avx2_tile::<2, 8>(rows, layer, out, row, panel),
                (FOUR_OFFSET, _) => avx2_tile::<1, 8>(rows, layer, out, row, panel),
                (SIX_OFFSET, 3) => avx2_tile::<3, 2>(rows, layer, out, row, panel),
                (SIX_OFFSET, 2) => avx2_tile::<2, 2>(rows, layer, out, row, panel),
                (SIX_OFFSET, _) => avx2_tile::<1, 2>(rows, layer, out, row, panel),
                (_, 3) => avx2_tile::<3, 1>(rows, layer, out, row, panel),
                (_, 2) => avx2_tile::<2, 1>(rows, layer, out, row, panel),
                (_, _) => avx2_tile::<1, 1>(rows, layer, out, row, panel),
            }
            row += count;
        }
    }
}

/// `R` rows by one panel, in two halves of 8 outputs; `S` steps are summed in 16 bits.
#[inline]
#[target_feature(enable = "avx2")]
fn avx2_tile<const R: usize, const S: usize>(
    rows: &Rounded,
    layer: &Linear,
    out: &mut [f32],
    first: usize,
    panel: usize,
) {
    let groups = layer.groups();
    let weights = &layer.weights[panel * groups * GROUP_BYTES..].as_chunks::<GROUP_BYTES>().0[..groups];
    let scales = &layer.scales[panel * groups * PANEL..].as_chunks::<PANEL>().0[..groups];
    let mut values: [&[[i8; GROUP]]; R] = [&[]; R];
    for r in 0..R {
        values[r] = &rows.values[(first + r) * rows.width..].as_chunks::<GROUP>().0[..groups];
    }
    let mut total = [[0.0_f32; PANEL]; R];
    for total in &mut total {
        total.copy_from_slice(&layer.bias[panel * PANEL..][..PANEL]);
    }
    let ones = _mm256_set1_epi16(1);
    for group in 0..groups {
        let mut whole = [[_mm256_setzero_si256(); 2]; R];
        for steps in 0..GROUP / 4 / S {
            let mut short = [[_mm256_setzero_si256(); 2]; R];
            for four in steps * S..(steps + 1) * S {
                let from = weights[group].as_chunks::<{ 2 * PANEL }>().0;
                let mut loaded = [_mm256_setzero_si256(); 2];
                for half in 0..2 {
                    // SAFETY: the place holds 32 bytes.
                    loaded[half] = unsafe { _mm256_loadu_si256(from[2 * four + half].as_ptr().cast()) };
                }
                for r in 0..R {
                    let [a, b, c, d] = values[r][group].as_chunks::<4>().0[four];
                    let four = _mm256_set1_epi32(i32::from_le_bytes([a as u8, b as u8, c as u8, d as u8]));
                    for half in 0..2 {
                        short[r][half] = _mm256_add_epi16(short[r][half], _mm256_maddubs_epi16(loaded[half], four));
                    }
                }
            }
            for r in 0..R {
                for half in 0..2 {
                    whole[r][half] = _mm256_add_epi32(whole[r][half], _mm256_madd_epi16(short[r][half], ones));
                }
            }
        }
        for r in 0..R {
            let at = (first + r) * groups + group;
            let start = _mm256_set1_epi32(-layer.offset * rows.sums[at]);
            let row_scale = _mm256_set1_ps(rows.scales[at]);
            for half in 0..2 {
                let sum = _mm256_cvtepi32_ps(_mm256_add_epi32(whole[r][half], start));
                let total = &mut total[r].as_chunks_mut::<8>().0[half];
                let scales = &scales[group].as_chunks::<8>().0[half];
                // SAFETY: both places hold 8 numbers.
                unsafe {
                    let scale = _mm256_mul_ps(_mm256_loadu_ps(scales.as_ptr()), row_scale);
                    let added = _mm256_add_ps(_mm256_loadu_ps(total.as_ptr()), _mm256_mul_ps(sum, scale));
                    _mm256_storeu_ps(total.as_mut_ptr(), added);
                }
            }
        }
    }
    for (r, total) in total.iter().enumerate() {
        store(out, layer, first + r, panel, total);
    }
}
