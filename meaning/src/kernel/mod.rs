//! Products of rows and weights, by the best instructions of the machine.
//!
//! Every kernel computes the same thing: for each group of 32 inputs the exact whole-number product, then, group by group,
//! that product times the two scales added to the output. Products of whole numbers have no rounding and the rest has one
//! fixed order, so all kernels give the same bits; the tests hold them to it.
//!
//! The functions of [`math`](crate::math) are compiled once for each set of instructions; their order is fixed too.

#[cfg(target_arch = "x86_64")]
mod x86;

use crate::linear::{GROUP, GROUP_BYTES, Linear, PANEL};
use crate::math;

/// Rows of numbers rounded to eight bits, each group of 32 with a scale.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    /// How many rows.
    rows: usize,
    /// How long each is.
    width: usize,
    /// The whole numbers.
    values: Vec<i8>,
    /// By row and group.
    scales: Vec<f32>,
    /// The sum of the whole numbers, by row and group.
    sums: Vec<i32>,
}

/// The sets of instructions there are kernels for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kernel {
    /// What every machine has. On ARM the compiler makes NEON of it.
    Portable,
    /// 256 bits wide.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512 bits wide, with products of bytes summed by fours.
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

/// One function for each set of instructions, all with the same body.
macro_rules! versions {
    ($(#[$about:meta])* $name:ident($($argument:ident: $type:ty),*)) => {
        $(#[$about])*
        pub(crate) fn $name(self, $($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($argument: $type),*) {
                    math::$name($($argument),*);
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
                fn avx512($($argument: $type),*) {
                    math::$name($($argument),*);
                }
                match self {
                    Self::Portable => math::$name($($argument),*),
                    // SAFETY: a kernel is made only where the machine has its instructions (`Kernel::all`).
                    Self::Avx2 => unsafe { avx2($($argument),*) },
                    // SAFETY: as above.
                    Self::Vnni => unsafe { avx512($($argument),*) },
                }
            }
            #[cfg(not(target_arch = "x86_64"))]
            math::$name($($argument),*);
        }
    };
}

impl Kernel {
    /// What this machine can run, the best last.
    pub(crate) fn all() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "other machines have one kernel"))]
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            if has!("avx2") {
                all.push(Self::Avx2);
                if has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl") && has!("avx512vnni") {
                    all.push(Self::Vnni);
                }
            }
        }
        all
    }

    /// The best this machine can run.
    pub(crate) fn best() -> Self {
        Self::all().pop().unwrap_or(Self::Portable)
    }

    versions!(normalize(x: &mut [f32], width: usize, gain: &[f32], shift: &[f32], epsilon: f32));
    versions!(add(x: &mut [f32], y: &[f32]));
    versions!(activate(x: &mut [f32]));
    versions!(eight_bits(x: &[f32], values: &mut [i8], scales: &mut [f32], sums: &mut [i32]));
    versions!(attend(qkv: &[f32], shape: (usize, usize, usize), out: &mut [f32], scratch: &mut Vec<f32>));

    /// Rounds rows that are each `width` long, a multiple of 32.
    pub(crate) fn round(self, x: &[f32], width: usize, rounded: &mut Rounded) {
        let groups = x.len() / GROUP;
        rounded.rows = x.len() / width;
        rounded.width = width;
        rounded.values.resize(x.len(), 0);
        rounded.scales.resize(groups, 0.0);
        rounded.sums.resize(groups, 0);
        self.eight_bits(x, &mut rounded.values, &mut rounded.scales, &mut rounded.sums);
    }

    /// The outputs of a layer for every row: `out` gets rows of [`Linear::outputs`] numbers.
    pub(crate) fn product(self, rows: &Rounded, layer: &Linear, out: &mut Vec<f32>) {
        assert_eq!(rows.width, layer.inputs, "a layer is fed rows of its own width");
        out.resize(rows.rows * layer.outputs, 0.0);
        match self {
            Self::Portable => portable(rows, layer, out),
            // SAFETY: a kernel is made only where the machine has its instructions (`Kernel::all`).
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { x86::avx2(rows, layer, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Vnni => unsafe { x86::vnni(rows, layer, out) },
        }
    }
}

/// The kernel in plain code.
fn portable(rows: &Rounded, layer: &Linear, out: &mut [f32]) {
    let groups = layer.groups();
    for panel in 0..layer.panels() {
        let bias = &layer.bias[panel * PANEL..][..PANEL];
        let weights = layer.weights[panel * groups * GROUP_BYTES..].as_chunks::<GROUP_BYTES>().0;
        let scales = layer.scales[panel * groups * PANEL..].as_chunks::<PANEL>().0;
        for row in 0..rows.rows {
            let values = rows.values[row * rows.width..].as_chunks::<GROUP>().0;
            let mut total = [0.0_f32; PANEL];
            total.copy_from_slice(bias);
            for group in 0..groups {
                let at = row * groups + group;
                let whole = group_product(&weights[group], &values[group], -layer.offset * rows.sums[at]);
                for lane in 0..PANEL {
                    total[lane] += whole[lane] as f32 * (scales[group][lane] * rows.scales[at]);
                }
            }
            store(out, layer, row, panel, &total);
        }
    }
}

/// The products of a group of a row with the weights of 16 outputs, from `start` on.
fn group_product(weights: &[u8; GROUP_BYTES], values: &[i8; GROUP], start: i32) -> [i32; PANEL] {
    let mut whole = [start; PANEL];
    for (weights, values) in weights.as_chunks::<{ 4 * PANEL }>().0.iter().zip(values.as_chunks::<4>().0) {
        // Two products of 7 and 8 bits fit 16 bits together, four of 4 and 8 bits would too.
        let values = values.map(i16::from);
        for (whole, weights) in whole.iter_mut().zip(weights.as_chunks::<4>().0) {
            let weights = weights.map(i16::from);
            *whole += i32::from(weights[0] * values[0] + weights[1] * values[1])
                + i32::from(weights[2] * values[2] + weights[3] * values[3]);
        }
    }
    whole
}

/// Writes the outputs of a panel that there are.
fn store(out: &mut [f32], layer: &Linear, row: usize, panel: usize, total: &[f32; PANEL]) {
    let first = panel * PANEL;
    let count = PANEL.min(layer.outputs - first);
    out[row * layer.outputs + first..][..count].copy_from_slice(&total[..count]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear::{FOUR_BITS, SIX_BITS};
    use crate::tensors::{Form, Tensor};

    /// Numbers that look random and are the same each time.
    fn noise(seed: u64) -> impl FnMut() -> f32 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        }
    }

    /// A layer of plain numbers, which become seven bits.
    fn plain(inputs: usize, outputs: usize) -> Linear {
        let mut next = noise((inputs * 31 + outputs) as u64);
        let bytes: Vec<u8> = (0..inputs * outputs).flat_map(|_| (next() * 0.3).to_le_bytes()).collect();
        let bias = (0..outputs).map(|_| next()).collect();
        let tensor = Tensor { form: Form::F32, shape: vec![outputs, inputs], bytes: &bytes };
        Linear::of(&[(&tensor, bias)], inputs).expect("a layer")
    }

    /// A layer of packed blocks, every number at an end of its range.
    fn packed(inputs: usize, outputs: usize, block: usize) -> Linear {
        let mut next = noise((inputs + outputs) as u64);
        let mut bytes = Vec::new();
        for _ in 0..inputs / GROUP * outputs {
            bytes.extend([0x11, 0x2c]);
            bytes.extend((2..block).map(|_| if next() > 0.0 { 0xff_u8 } else { 0x0f }));
        }
        let tensor = Tensor { form: Form::U8, shape: vec![outputs, inputs / GROUP * block], bytes: &bytes };
        Linear::of(&[(&tensor, vec![0.5; outputs])], inputs).expect("a layer")
    }

    #[test]
    fn all_kernels_give_the_same_bits() {
        for layer in
            [plain(64, 48), plain(384, 33), plain(32, 2), packed(384, 1152, FOUR_BITS), packed(1536, 40, SIX_BITS)]
        {
            for rows in [1, 2, 5, 6, 7, 13] {
                let mut next = noise(rows as u64 + 77);
                // Whole rows of the largest values of either sign, where a sum of 16 bits would overflow first.
                let x: Vec<f32> = (0..rows * layer.inputs)
                    .map(|at| if at / layer.inputs % 3 == 0 { next().signum() } else { next() * 4.0 })
                    .collect();
                let mut outputs = Kernel::all().into_iter().map(|kernel| {
                    let (mut rounded, mut out) = (Rounded::default(), Vec::new());
                    kernel.round(&x, layer.inputs, &mut rounded);
                    kernel.product(&rounded, &layer, &mut out);
                    out.iter().map(|x| x.to_bits()).collect::<Vec<u32>>()
                });
                let first = outputs.next().expect("the portable kernel");
                assert!(outputs.all(|other| other == first));
            }
        }
    }

    #[test]
    fn the_product_is_near_that_of_the_numbers_themselves() {
        let (inputs, outputs, rows) = (96, 20, 3);
        let mut next = noise(5);
        let matrix: Vec<f32> = (0..inputs * outputs).map(|_| next()).collect();
        let x: Vec<f32> = (0..inputs * rows).map(|_| next()).collect();
        let bytes: Vec<u8> = matrix.iter().flat_map(|x| x.to_le_bytes()).collect();
        let tensor = Tensor { form: Form::F32, shape: vec![outputs, inputs], bytes: &bytes };
        let layer = Linear::of(&[(&tensor, vec![1.0; outputs])], inputs).expect("a layer");
        let (mut rounded, mut out) = (Rounded::default(), Vec::new());
        Kernel::best().round(&x, inputs, &mut rounded);
        Kernel::best().product(&rounded, &layer, &mut out);
        for row in 0..rows {
            for output in 0..outputs {
                let exact: f32 =
                    1.0 + (0..inputs).map(|at| x[row * inputs + at] * matrix[output * inputs + at]).sum::<f32>();
                assert!((out[row * outputs + output] - exact).abs() < 0.15, "{exact} {}", out[row * outputs + output]);
            }
        }
    }

    #[test]
    fn the_other_functions_give_the_same_bits_too() {
        let mut next = noise(9);
        let x: Vec<f32> = (0..7 * 192).map(|_| next() * 6.0).collect();
        let gain: Vec<f32> = (0..64).map(|_| next()).collect();
        let mut runs = Kernel::all().into_iter().map(|kernel| {
            let (mut a, mut b, mut c) = (x.clone(), x.clone(), vec![0.0; 7 * 64]);
            kernel.normalize(&mut a, 64, &gain, &gain, 1e-12);
            kernel.activate(&mut b);
            kernel.attend(&x, (64, 32, 32), &mut c, &mut Vec::new());
            kernel.add(&mut c, &a[..7 * 64]);
            [a, b, c].concat().iter().map(|x| x.to_bits()).collect::<Vec<u32>>()
        });
        let first = runs.next().expect("the portable kernel");
        assert!(runs.all(|other| other == first));
    }
}
