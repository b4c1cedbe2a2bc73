//! The walk over the lists of a vector's rarest stems, which every look-up in the index begins with.

use super::vectors::Vectors;

/// Working memory of one thread.
#[derive(Debug, Default)]
pub struct Scratch {
    /// What was summed up for each claim; zero but for those in `touched`.
    pub(super) sums: Vec<f32>,
    /// The claims that share a walked stem.
    pub(super) touched: Vec<u32>,
    /// For each stem of the vector in hand the most that it and those after it can add to a sum.
    pub(super) rest: Vec<f32>,
}

impl Scratch {
    /// Walks the stems of the vector at `at`, the rarest first, until those left can add less than `enough`, and sums up
    /// their products with the vectors behind it. `rest` is to be filled before. Gives how many stems were walked.
    pub(super) fn walk(&mut self, vectors: &Vectors, at: u32, enough: f32) -> usize {
        self.sums.resize(vectors.len(), 0.0);
        let row = vectors.row(at);
        for (place, (rank, weight)) in row.iter().enumerate() {
            if self.rest[place] < enough {
                return place;
            }
            let (claims, values) = vectors.list(*rank);
            let after = claims.partition_point(|&claim| claim <= at);
            for (&claim, value) in claims[after..].iter().zip(&values[after..]) {
                let sum = &mut self.sums[claim as usize];
                if *sum == 0.0 {
                    self.touched.push(claim);
                }
                *sum += weight * value;
            }
        }
        row.len()
    }

    /// Fills `rest`, the last first: `add` gives what a stem adds to the most that those after it can bring.
    pub(super) fn fill_rest(&mut self, stems: usize, mut add: impl FnMut(usize, f32) -> f32) {
        self.rest.clear();
        self.rest.resize(stems + 1, 0.0);
        for place in (0..stems).rev() {
            self.rest[place] = add(place, self.rest[place + 1]);
        }
    }
}
