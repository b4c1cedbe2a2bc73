//! The container of a model's tensors: a safetensors file, read in place.
//!
//! What comes in: the bytes of a file. What goes out: each tensor's bytes by name, with its type and shape. Nothing is
//! copied, and a file that does not hold what its header says is refused.

use crate::ModelError;
use std::collections::BTreeMap;

/// How the numbers of a tensor are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Four bytes a number.
    F32,
    /// Two bytes, IEEE half.
    F16,
    /// Two bytes, the upper half of an `F32`.
    Bf16,
    /// Plain bytes: text, or blocks of four-bit numbers.
    U8,
}

impl Form {
    /// Bytes a number.
    fn width(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
            Self::U8 => 1,
        }
    }
}

/// One tensor in place.
#[derive(Debug, Clone)]
pub(crate) struct Tensor<'a> {
    pub(crate) form: Form,
    pub(crate) shape: Vec<usize>,
    pub(crate) bytes: &'a [u8],
}

impl Tensor<'_> {
    /// The numbers from `at` on, `count` of them. Bytes are no numbers.
    pub(crate) fn numbers(&self, at: usize, count: usize) -> Option<Vec<f32>> {
        let width = self.form.width();
        let bytes = self.bytes.get(at.checked_mul(width)?..(at.checked_add(count)?).checked_mul(width)?)?;
        Some(match self.form {
            Form::F32 => bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
            Form::F16 => bytes.chunks_exact(2).map(|b| half(u16::from_le_bytes([b[0], b[1]]))).collect(),
            Form::Bf16 => bytes
                .chunks_exact(2)
                .map(|b| f32::from_bits(u32::from(u16::from_le_bytes([b[0], b[1]])) << 16))
                .collect(),
            Form::U8 => return None,
        })
    }
}

/// The tensors of a file.
#[derive(Debug)]
pub(crate) struct Tensors<'a> {
    named: BTreeMap<String, Tensor<'a>>,
}

impl<'a> Tensors<'a> {
    /// Reads the header of `file`.
    pub(crate) fn of(file: &'a [u8]) -> Result<Self, ModelError> {
        let wrong = |what: &str| ModelError::new(format!("not a safetensors file: {what}"));
        let head = file.first_chunk::<8>().ok_or_else(|| wrong("it is too short"))?;
        let length = usize::try_from(u64::from_le_bytes(*head)).map_err(|_| wrong("its header has no end"))?;
        let end = length.checked_add(8).ok_or_else(|| wrong("its header has no end"))?;
        let header = file.get(8..end).ok_or_else(|| wrong("its header has no end"))?;
        let data = &file[end..];
        let header: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(header).map_err(|error| wrong(&error.to_string()))?;
        let mut named = BTreeMap::new();
        for (name, about) in header {
            if name == "__metadata__" {
                continue;
            }
            let form = match about["dtype"].as_str() {
                Some("F32") => Form::F32,
                Some("F16") => Form::F16,
                Some("BF16") => Form::Bf16,
                Some("U8") => Form::U8,
                // Position numbers and the like, which no computation here reads.
                _ => continue,
            };
            let numbers = |key: &str| -> Option<Vec<usize>> {
                let list = about[key].as_array()?;
                list.iter().map(|number| usize::try_from(number.as_u64()?).ok()).collect()
            };
            let shape = numbers("shape").ok_or_else(|| wrong(&format!("{name} has no shape")))?;
            let span = numbers("data_offsets").filter(|span| span.len() == 2);
            let bytes = span
                .and_then(|span| data.get(span[0]..span[1]))
                .ok_or_else(|| wrong(&format!("{name} lies outside of it")))?;
            let count = shape.iter().try_fold(form.width(), |product, side| product.checked_mul(*side));
            if count != Some(bytes.len()) {
                return Err(wrong(&format!("{name} has another length than its shape")));
            }
            named.insert(name, Tensor { form, shape, bytes });
        }
        Ok(Self { named })
    }

    /// All tensors, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Tensor<'a>)> {
        self.named.iter().map(|(name, tensor)| (&name[..], tensor))
    }

    /// The same with other tensors of some names.
    pub(crate) fn with<'b>(&self, others: impl Iterator<Item = (String, Tensor<'b>)>) -> Tensors<'b>
    where
        'a: 'b,
    {
        let own = self.named.iter().map(|(name, tensor)| (name.clone(), tensor.clone()));
        Tensors { named: own.chain(others).collect() }
    }

    /// The tensor of that name, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<&Tensor<'a>> {
        self.named.get(name)
    }

    /// The tensor of that name.
    pub(crate) fn get(&self, name: &str) -> Result<&Tensor<'a>, ModelError> {
        self.find(name).ok_or_else(|| ModelError::new(format!("the model has no tensor {name}")))
    }

    /// The numbers of a tensor that must have `count` of them.
    pub(crate) fn vector(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let tensor = self.get(name)?;
        let length: usize = tensor.shape.iter().product();
        if length != count {
            return Err(ModelError::new(format!("{name} has {length} numbers, not {count}")));
        }
        tensor.numbers(0, count).ok_or_else(|| ModelError::new(format!("{name} holds no numbers")))
    }
}

/// A half as a single; exact.
pub(crate) fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10) & 0x1f;
    let mantissa = u32::from(bits) & 0x3ff;
    match exponent {
        // Zero and the numbers below the smallest normal one: whole multiples of 2^-24.
        0 => {
            let value = mantissa as f32 / 16_777_216.0;
            f32::from_bits(value.to_bits() | sign)
        }
        0x1f => f32::from_bits(sign | 0x7f80_0000 | (mantissa << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (mantissa << 13)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_exactly() {
        assert_eq!(half(0x3c00), 1.0);
        assert_eq!(half(0xc000), -2.0);
        assert_eq!(half(0x3555), 0.333_251_95);
        assert_eq!(half(0x0001), 2.0_f32.powi(-24));
        assert_eq!(half(0x8000).to_bits(), (-0.0_f32).to_bits());
        assert_eq!(half(0x7bff), 65504.0);
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }

    #[test]
    fn a_file_that_lies_about_itself_is_refused() {
        let file = |header: &str, data: &[u8]| {
            let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
            bytes.extend(header.as_bytes());
            bytes.extend(data);
            bytes
        };
        let good = file(r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, &1.5_f32.to_le_bytes());
        assert_eq!(Tensors::of(&good).expect("a good file").vector("a", 1).expect("a number"), [1.5]);
        for bad in [
            Vec::new(),
            vec![255; 9],
            file("{", &[]),
            file(r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, &[0; 4]),
            file(r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, &[0; 4]),
            file(r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, &[0; 4]),
            file(r#"{"a":{"dtype":"F32","shape":[4611686018427387904,16],"data_offsets":[0,4]}}"#, &[0; 4]),
            file(r#"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#, &[0; 4]),
        ] {
            assert!(Tensors::of(&bad).is_err());
        }
    }
}
