//! A text's vector, rounded to a byte a number.
//!
//! Only its direction matters, so it carries no scale; products of bytes are exact, and a vector read back from a file is
//! the one that was written.

/// The meaning of a text as a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vector {
    bytes: Box<[i8]>,
    /// Its length, squared.
    square: i64,
}

impl Vector {
    /// Rounds `x`, so that its largest number becomes 127.
    pub(crate) fn of(x: &[f32]) -> Self {
        let most = x.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let scale = if most > 0.0 && most.is_finite() { 127.0 / most } else { 0.0 };
        Self::from_numbers(x.iter().map(|x| (x * scale).round_ties_even().clamp(-127.0, 127.0) as i8).collect())
    }

    /// The vector of these bytes, as [`bytes`](Self::bytes) gave them.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::from_numbers(bytes.iter().map(|byte| *byte as i8).collect())
    }

    fn from_numbers(bytes: Box<[i8]>) -> Self {
        let square = bytes.iter().map(|x| i64::from(*x) * i64::from(*x)).sum();
        Self { bytes, square }
    }

    /// The numbers, a byte each.
    pub fn bytes(&self) -> impl ExactSizeIterator<Item = u8> {
        self.bytes.iter().map(|x| *x as u8)
    }

    /// The cosine of the angle to another vector, in [-1, 1]; 0 where one has no direction or another width.
    pub fn cosine(&self, other: &Self) -> f64 {
        if self.bytes.len() != other.bytes.len() || self.square == 0 || other.square == 0 {
            return 0.0;
        }
        let mut product = 0_i64;
        // 16 products of two bytes each stay far below the limit of 32 bits; so does a row of a hundred thousand of them.
        for (left, right) in self.bytes.chunks(1 << 16).zip(other.bytes.chunks(1 << 16)) {
            let sum: i32 = left.iter().zip(right).map(|(x, y)| i32::from(i16::from(*x) * i16::from(*y))).sum();
            product += i64::from(sum);
        }
        (product as f64 / ((self.square as f64) * (other.square as f64)).sqrt()).clamp(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_is_wholly_like_itself_and_survives_its_bytes() {
        let vector = Vector::of(&[0.3, -0.1, 0.02, 0.7]);
        assert_eq!(vector.cosine(&vector), 1.0);
        let bytes: Vec<u8> = vector.bytes().collect();
        assert_eq!(Vector::from_bytes(&bytes), vector);
        assert_eq!(vector.cosine(&Vector::of(&[-0.3, 0.1, -0.02, -0.7])), -1.0);
        assert_eq!(vector.cosine(&Vector::of(&[0.0; 4])), 0.0);
        assert_eq!(vector.cosine(&Vector::of(&[1.0; 3])), 0.0);
        assert_eq!(Vector::of(&[f32::NAN, 1.0]).bytes().len(), 2);
    }
}
