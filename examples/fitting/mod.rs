//! Logistic regression on the levels of comparators, by projected gradient with a ridge, under the condition that a better level
//! never weighs less than a worse one; a value between two levels counts for both by its distance.

use crossclaim::compare::Comparator;

/// Keeps weights of rare levels near zero.
const RIDGE: f64 = 2.0;

/// Steps of the descent; the fit moves no more after some hundred.
const STEPS: usize = 3_000;

/// A pair of claims.
pub(crate) struct Example {
    /// Parameters with what they count for here.
    pub(crate) features: Vec<(usize, f64)>,
    /// What is given, in nats.
    pub(crate) given: f64,
    /// Whether both are about the same thing.
    pub(crate) same: bool,
    /// How much the pair counts.
    pub(crate) weight: f64,
}

impl Example {
    /// The probability, as a logarithm of odds, that both are about the same thing.
    pub(crate) fn odds(&self, weights: &[f64]) -> f64 {
        self.given + self.features.iter().map(|&(at, value)| weights[at] * value).sum::<f64>()
    }
}

/// Where a value lies among the levels of a comparator, whose parameters begin at `first`.
pub(crate) fn placed(comparator: &dyn Comparator, value: f64, first: usize) -> impl Iterator<Item = (usize, f64)> {
    let anchors = comparator.levels();
    anchors.iter().enumerate().map(move |(at, anchor)| {
        let below = anchors.get(at + 1).map_or(f64::NEG_INFINITY, |next| next.at);
        let part = ((value - below) / (anchor.at - below)).clamp(0.0, 1.0);
        (first + at, if below.is_finite() { part } else { 1.0 })
    })
}

/// The weights in nats: `lead` free ones, then for each comparator what each level adds to the one below it, and the base of the last.
pub(crate) fn descend(examples: &[Example], lead: usize, comparators: &[&dyn Comparator]) -> Vec<f64> {
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    let width = lead + comparators.iter().map(|comparator| comparator.levels().len()).sum::<usize>();
    let mut free = vec![false; width];
    free[..lead].fill(true);
    let mut first = lead;
    for comparator in comparators {
        first += comparator.levels().len();
        free[first - 1] = true;
    }
    // Nesterov's momentum; the step is a bound on the curvature: a quarter of the largest square of the features of a pair.
    let square = |example: &Example| example.features.iter().map(|(_, value)| value * value).sum::<f64>();
    let rate = 4.0 / examples.iter().map(square).fold(1.0, f64::max);
    let (mut weights, mut ahead) = (vec![0.0; width], vec![0.0; width]);
    for step in 0..STEPS {
        let mut gradient: Vec<f64> = ahead.iter().map(|weight: &f64| -RIDGE * weight / total).collect();
        for example in examples {
            let error = f64::from(u8::from(example.same)) - 1.0 / (1.0 + (-example.odds(&ahead)).exp());
            for &(at, value) in &example.features {
                gradient[at] += example.weight / total * error * value;
            }
        }
        let momentum = step as f64 / (step + 3) as f64;
        for at in 0..width {
            let mut next = ahead[at] + rate * gradient[at];
            if !free[at] {
                next = next.max(0.0);
            }
            ahead[at] = next + momentum * (next - weights[at]);
            weights[at] = next;
        }
    }
    weights
}

/// Prints the levels of comparators whose parameters begin behind `lead` others, in bits.
#[allow(clippy::print_stdout, reason = "an example prints what it found")]
pub(crate) fn print(weights: &[f64], lead: usize, comparators: &[&dyn Comparator]) {
    let mut first = lead;
    for comparator in comparators {
        println!("{}", comparator.id());
        let levels = comparator.levels();
        for (at, level) in levels.iter().enumerate() {
            // The last level holds the base, the others what they add to the level below.
            let sum: f64 = weights[first + at..first + levels.len()].iter().sum();
            println!("    level({:?}, {:?}, {:.2}),", level.name, level.at, sum / std::f64::consts::LN_2);
        }
        first += levels.len();
    }
}
