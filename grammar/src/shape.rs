//! The sizes of the network, known to the parser and to the training program.

/// Width of a word's vector; half of it is written by the forward reading of a sentence, half by the backward reading.
pub const WIDTH: usize = 128;
/// How many times the sentence is read, each time both ways.
pub const LAYERS: usize = 4;
/// Width of the vectors that are compared to find heads.
pub const ARC: usize = 64;
/// Width of the hidden layer that names relations.
pub const LABEL: usize = 96;
/// Room for universal parts of speech, rounded up to whole vectors.
pub const UPOS: usize = 32;
/// Room for Penn tags.
pub const XPOS: usize = 64;
/// Room for relations.
pub const RELATIONS: usize = 64;
/// Room for classes of distance between a word and its head; the last is for the root.
pub const DISTANCES: usize = 32;
/// All that is read off a word's vector at once: the tags, then dependent and head vectors for arcs, then for relations.
pub const HEADS: usize = UPOS + XPOS + 2 * ARC + 2 * LABEL;

/// Offsets into the heads' output, in the order of `HEADS`.
pub const AT_XPOS: usize = UPOS;
/// The word as a dependent.
pub const AT_DEPENDENT: usize = AT_XPOS + XPOS;
/// The word as a head.
pub const AT_HEAD: usize = AT_DEPENDENT + ARC;
/// The word as the lower end of a relation.
pub const AT_LABEL_DEPENDENT: usize = AT_HEAD + ARC;
/// The word as the upper end of a relation.
pub const AT_LABEL_HEAD: usize = AT_LABEL_DEPENDENT + LABEL;

/// The class of the distance from a word at `dependent` to a head at `head`, both counted in words.
pub fn distance(dependent: usize, head: usize) -> usize {
    let class = match head.abs_diff(dependent) {
        far @ 0..=5 => far,
        6..=7 => 6,
        8..=10 => 7,
        11..=15 => 8,
        16..=25 => 9,
        _ => 10,
    };
    if head > dependent { 11 + class } else { class }
}

/// A curve like the logistic one, made of exact operations only, so that every machine computes the same bits.
#[inline(always)]
pub fn gate(x: f32) -> f32 {
    let half = 0.5 * x;
    0.5 + 0.5 * (half / (1.0 + half * half).sqrt())
}
