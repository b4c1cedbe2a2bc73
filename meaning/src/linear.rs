//! A layer's weights, whole numbers in groups of 32 with a scale each, laid out for the kernels.
//!
//! What comes in: a matrix, either in blocks of four or six bits (`model/convert.py` tells how they lie) or in plain numbers,
//! which are rounded to seven bits here. What goes out: [`Linear`], panels of 16 outputs.
//!
//! Seven bits rather than eight: two products of a 7-bit and an 8-bit number always fit 16 bits together, so that every
//! kernel gives the exact sum.

use crate::ModelError;
use crate::tensors::{Form, Tensor, half};

/// Inputs that share a scale.
pub(crate) const GROUP: usize = 32;

/// Bytes of a block of four-bit numbers with its scale.
pub(crate) const FOUR_BITS: usize = 18;

/// Bytes of a block of six-bit numbers with its scale.
pub(crate) const SIX_BITS: usize = 26;

/// Outputs that are computed side by side.
pub(crate) const PANEL: usize = 16;

/// Bytes of one group of one panel.
pub(crate) const GROUP_BYTES: usize = PANEL * GROUP;

/// What is added to a four-bit number to make it 0 to 15.
pub(crate) const FOUR_OFFSET: i32 = 8;

/// What is added to a six-bit number to make it 0 to 63.
pub(crate) const SIX_OFFSET: i32 = 32;

/// What is added to a seven-bit number to make it 1 to 127.
const SEVEN_OFFSET: i32 = 64;

/// The largest seven-bit number.
const SEVEN_MAX: f32 = 63.0;

/// A matrix of weights with its bias. Outputs are padded to whole panels by zeros.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    /// Number of inputs, a multiple of 32.
    pub(crate) inputs: usize,
    /// Number of outputs.
    pub(crate) outputs: usize,
    /// What every stored weight was raised by: 8, 32 or 64.
    pub(crate) offset: i32,
    /// The raised weights: by panel, by group, by four inputs, by output, by input.
    pub(crate) weights: Vec<u8>,
    /// The scales: by panel, by group, by output.
    pub(crate) scales: Vec<f32>,
    /// One number an output.
    pub(crate) bias: Vec<f32>,
}

impl Linear {
    /// Stacks matrices that have the same inputs: their outputs follow each other.
    pub(crate) fn of(parts: &[(&Tensor<'_>, Vec<f32>)], inputs: usize) -> Result<Self, ModelError> {
        let wrong = |what: &str| ModelError::new(format!("a weight matrix {what}"));
        if inputs == 0 || !inputs.is_multiple_of(GROUP) {
            return Err(wrong("has inputs that are no multiple of 32"));
        }
        let outputs: usize = parts.iter().map(|(_, bias)| bias.len()).sum();
        let (groups, panels) = (inputs / GROUP, outputs.div_ceil(PANEL));
        let length: usize = parts.iter().map(|(tensor, _)| tensor.bytes.len()).sum();
        let packed = parts.iter().all(|(tensor, _)| tensor.form == Form::U8);
        let (offset, block) = match length.checked_div(outputs * groups) {
            Some(SIX_BITS) if packed => (SIX_OFFSET, SIX_BITS),
            _ if packed => (FOUR_OFFSET, FOUR_BITS),
            _ => (SEVEN_OFFSET, 0),
        };
        // Padding is a weight of 0, which is stored raised like any other.
        let mut weights = vec![offset as u8; panels * groups * GROUP_BYTES];
        let mut scales = vec![0.0; panels * groups * PANEL];
        let mut bias = Vec::with_capacity(panels * PANEL);
        let mut output = 0;
        for (tensor, part) in parts {
            for row in 0..part.len() {
                let numbers = if packed { None } else { tensor.numbers(row * inputs, inputs) };
                for group in 0..groups {
                    let (scale, values) = match &numbers {
                        Some(numbers) => seven_bits(&numbers[group * GROUP..(group + 1) * GROUP]),
                        None => {
                            let at = (row * groups + group) * block;
                            let bytes = tensor.bytes.get(at..at + block).filter(|_| packed);
                            unpack(bytes.ok_or_else(|| wrong("has another shape than its bias"))?)
                        }
                    };
                    let (panel, lane) = (output / PANEL, output % PANEL);
                    scales[(panel * groups + group) * PANEL + lane] = scale;
                    let base = (panel * groups + group) * GROUP_BYTES;
                    for (at, value) in values.iter().enumerate() {
                        weights[base + (at / 4) * (4 * PANEL) + lane * 4 + at % 4] = *value;
                    }
                }
                output += 1;
            }
            bias.extend(part);
        }
        bias.resize(panels * PANEL, 0.0);
        Ok(Self { inputs, outputs, offset, weights, scales, bias })
    }

    /// Groups of inputs.
    pub(crate) fn groups(&self) -> usize {
        self.inputs / GROUP
    }

    /// Panels of outputs.
    pub(crate) fn panels(&self) -> usize {
        self.outputs.div_ceil(PANEL)
    }
}

/// The scale and the 32 raised numbers of a block.
pub(crate) fn unpack(block: &[u8]) -> (f32, [u8; GROUP]) {
    let scale = half(u16::from_le_bytes([block[0], block[1]]));
    let mut values = [0; GROUP];
    for (at, byte) in block[2..FOUR_BITS].iter().enumerate() {
        values[at] = byte & 15;
        values[at + GROUP / 2] = byte >> 4;
    }
    for (at, byte) in block[FOUR_BITS..].iter().enumerate() {
        for quarter in 0..4 {
            values[at + quarter * GROUP / 4] |= (byte >> (2 * quarter) & 3) << 4;
        }
    }
    (scale, values)
}

/// 32 numbers as one scale and raised whole numbers of seven bits.
fn seven_bits(numbers: &[f32]) -> (f32, [u8; GROUP]) {
    let most = numbers.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
    let scale = if most.is_finite() { most / SEVEN_MAX } else { 0.0 };
    let mut values = [SEVEN_OFFSET as u8; GROUP];
    if scale > 0.0 {
        for (value, number) in values.iter_mut().zip(numbers) {
            *value = ((number / scale).round_ties_even() as i32 + SEVEN_OFFSET).clamp(1, 127) as u8;
        }
    }
    (scale, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_holds_its_lower_halves_first() {
        let mut block = [0_u8; SIX_BITS];
        block[1] = 0x3c;
        block[2] = 0xf1;
        block[17] = 0x72;
        block[18] = 0b11_10_01_00;
        let (scale, values) = unpack(&block[..FOUR_BITS]);
        assert_eq!((scale, values[0], values[16], values[15], values[31]), (1.0, 1, 15, 2, 7));
        let (_, values) = unpack(&block);
        assert_eq!((values[0], values[8], values[16], values[24], values[25]), (1, 16, 15 + 32, 48, 0));
    }

    #[test]
    fn seven_bits_keep_every_number_to_half_a_step() {
        let numbers: Vec<f32> = (0..32).map(|at| (at as f32 * 0.7).sin()).collect();
        let (scale, values) = seven_bits(&numbers);
        for (number, value) in numbers.iter().zip(values) {
            assert!(((i32::from(value) - SEVEN_OFFSET) as f32 * scale - number).abs() <= scale * 0.5001);
        }
        assert_eq!(seven_bits(&[0.0; 32]), (0.0, [64; 32]));
        assert_eq!(seven_bits(&[f32::INFINITY; 32]), (0.0, [64; 32]));
    }
}
