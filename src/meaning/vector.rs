//! A direction, a byte a number: products of two are exact.

/// What a text means, as a direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    numbers: Box<[i8]>,
    /// One over its length; 0 where it has no direction.
    scale: f64,
}

impl Vector {
    /// The direction of these numbers.
    pub fn of(numbers: Box<[i8]>) -> Self {
        let square: i64 = numbers.iter().map(|number| i64::from(*number).pow(2)).sum();
        let scale = if square > 0 { 1.0 / (square as f64).sqrt() } else { 0.0 };
        Self { numbers, scale }
    }

    /// The direction that [`to_bytes`](Self::to_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::of(bytes.iter().map(|byte| *byte as i8).collect())
    }

    /// Its numbers, a byte each.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.numbers.iter().map(|number| *number as u8).collect()
    }

    /// The cosine of the angle to another, in [-1, 1]; 0 where one has no direction.
    pub fn cosine(&self, other: &Self) -> f64 {
        // Products of bytes fit 16 bits and a hundred thousand of them 32: the sum is exact in any order.
        let numbers = self.numbers.iter().zip(&other.numbers);
        let product: i32 = numbers.map(|(one, two)| i32::from(i16::from(*one) * i16::from(*two))).sum();
        (f64::from(product) * self.scale * other.scale).clamp(-1.0, 1.0)
    }

    /// Adds it, at length 1, to a sum of directions, which takes its width from the first.
    pub(super) fn add_to(&self, sum: &mut Vec<f32>) {
        sum.resize(self.numbers.len().max(sum.len()), 0.0);
        for (sum, number) in sum.iter_mut().zip(&self.numbers) {
            *sum += f32::from(*number) * self.scale as f32;
        }
    }

    /// How far a sum of directions reaches along this one.
    pub(super) fn along(&self, sum: &[f32]) -> f64 {
        side_by_side(&self.numbers, sum, |number| f32::from(*number)) * self.scale
    }
}

/// The product of two sums of directions.
pub(super) fn product(one: &[f32], two: &[f32]) -> f64 {
    side_by_side(one, two, |number| *number)
}

/// Sums products in sixteen parts side by side, which is one fixed order on every machine.
fn side_by_side<T>(one: &[T], two: &[f32], number: impl Fn(&T) -> f32) -> f64 {
    const PARTS: usize = 16;
    let mut parts = [0.0_f32; PARTS];
    let (ones, twos) = (one.chunks_exact(PARTS), two.chunks_exact(PARTS));
    let rest: f32 = ones.remainder().iter().zip(twos.remainder()).map(|(x, y)| number(x) * y).sum();
    for (ones, twos) in ones.zip(twos) {
        for at in 0..PARTS {
            parts[at] += number(&ones[at]) * twos[at];
        }
    }
    parts.iter().fold(f64::from(rest), |sum, part| sum + f64::from(*part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_direction_counts() {
        let vector = |numbers: &[i8]| Vector::of(numbers.into());
        assert!((vector(&[3, 4, 0]).cosine(&vector(&[6, 8, 0])) - 1.0).abs() < 1e-12);
        assert!((vector(&[3, 4, 0]).cosine(&vector(&[-3, -4, 0])) + 1.0).abs() < 1e-12);
        assert_eq!(vector(&[1, 0]).cosine(&vector(&[0, 1])), 0.0);
        assert_eq!(vector(&[0, 0]).cosine(&vector(&[0, 1])), 0.0);
        let mut sum = Vec::new();
        vector(&[0, 5]).add_to(&mut sum);
        vector(&[3, 0]).add_to(&mut sum);
        assert_eq!(sum, [1.0, 1.0]);
        assert_eq!(vector(&[0, 9]).along(&sum), 1.0);
    }
}
