//! The bytes of a trained model → a model in memory.
//!
//! A model is a list of sections in a fixed order, numbers in little-endian order: a mark and version; the names of parts
//! of speech, tags and relations; an open table from the hash of a feature to its row; the rows (a scale and one byte a
//! number); the matrices (a scale for each output and one byte a number, one line an output); the vectors; the lemma
//! scripts and an open table from the hash of a form or an ending to its script. No word of the training text is in it.

use crate::kernel::Matrix;
use crate::names::{Relation, Tag, Upos};
use crate::shape::*;

/// The first bytes of every model; the digit is the version of this layout.
pub const MAGIC: &[u8] = b"crossclaim grammar 1\n";

/// An open table: hash → number. A slot with key 0 is empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a> {
    keys: &'a [u8],
    values: &'a [u8],
}

impl Table<'_> {
    /// The number stored under `hash`.
    pub(crate) fn get(&self, hash: u32) -> Option<usize> {
        let mask = self.keys.len() / 4 - 1;
        let mut slot = slot(hash, mask);
        loop {
            let key = word(self.keys, slot);
            if key == hash {
                return Some(usize::from(u16::from_le_bytes([self.values[slot * 2], self.values[slot * 2 + 1]])));
            }
            if key == 0 {
                return None;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// The slot where the search for `hash` begins in a table of `mask + 1` slots.
pub fn slot(hash: u32, mask: usize) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> 7) as usize & mask
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at * 4], bytes[at * 4 + 1], bytes[at * 4 + 2], bytes[at * 4 + 3]])
}

/// The weights of one reading of the sentence.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) matrix: Matrix,
    pub(crate) bias: Vec<f32>,
    pub(crate) forget: Vec<f32>,
    pub(crate) output: Vec<f32>,
}

/// A trained model, ready to analyze.
#[derive(Debug)]
pub struct Model<'a> {
    pub(crate) upos: Vec<Upos>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) features: Table<'a>,
    pub(crate) row_scales: &'a [u8],
    pub(crate) rows: &'a [u8],
    pub(crate) layers: Vec<Layer>,
    pub(crate) heads: Matrix,
    pub(crate) bilinear: Matrix,
    pub(crate) distance: Matrix,
    pub(crate) label_out: Matrix,
    pub(crate) heads_bias: Vec<f32>,
    pub(crate) bilinear_bias: Vec<f32>,
    pub(crate) root_arc: Vec<f32>,
    pub(crate) root_label: Vec<f32>,
    pub(crate) label_distance: Vec<f32>,
    pub(crate) label_bias: Vec<f32>,
    pub(crate) scripts: Vec<(usize, &'a str)>,
    pub(crate) lemmas: Table<'a>,
}

/// Reads forward through bytes.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, size: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        self.take(4).map(|bytes| word(bytes, 0) as usize)
    }

    fn text(&mut self) -> Option<&'a str> {
        let size = usize::from(self.take(1)?[0]);
        std::str::from_utf8(self.take(size)?).ok()
    }

    fn texts(&mut self) -> Option<Vec<&'a str>> {
        let count = self.number()?;
        (0..count).map(|_| self.text()).collect()
    }

    /// A table with at least one empty slot, so that every search ends.
    fn table(&mut self) -> Option<Table<'a>> {
        let slots = self.number().filter(|slots| slots.is_power_of_two())?;
        let keys = self.take(slots.checked_mul(4)?)?;
        let values = self.take(slots * 2)?;
        (0..slots).any(|slot| word(keys, slot) == 0).then_some(Table { keys, values })
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let bytes = self.take(count * 4)?;
        Some((0..count).map(|at| f32::from_bits(word(bytes, at))).collect())
    }

    fn matrix(&mut self, outputs: usize, inputs: usize) -> Option<Matrix> {
        let scales = self.floats(outputs)?;
        Some(Matrix::of(self.take(outputs * inputs)?, inputs, scales))
    }
}

impl<'a> Model<'a> {
    /// The model in `bytes`, or nothing where they are no model of this version.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut input = Input(bytes);
        if input.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let upos: Vec<Upos> = input.texts()?.into_iter().map(Upos::named).collect();
        let tags: Vec<Tag> = input.texts()?.into_iter().map(Tag::named).collect();
        let relations: Vec<Relation> = input.texts()?.into_iter().map(Relation::named).collect();
        let fits = |count: usize, room: usize| (1..=room).contains(&count);
        if !fits(upos.len(), UPOS) || !fits(tags.len(), XPOS) || !fits(relations.len(), RELATIONS) {
            return None;
        }
        let features = input.table()?;
        let rows = input.number()?;
        let row_scales = input.take(rows.checked_mul(4)?)?;
        let row_bytes = input.take(rows.checked_mul(WIDTH)?)?;
        let highest = features.values.chunks_exact(2).map(|v| usize::from(u16::from_le_bytes([v[0], v[1]]))).max();
        if highest >= Some(rows) {
            return None;
        }
        let mut layers = Vec::with_capacity(LAYERS);
        for _ in 0..LAYERS {
            let matrix = input.matrix(3 * WIDTH, WIDTH)?;
            let bias = input.floats(3 * WIDTH)?;
            let forget = input.floats(WIDTH)?;
            let output = input.floats(WIDTH)?;
            layers.push(Layer { matrix, bias, forget, output });
        }
        let model = Self {
            upos,
            tags,
            relations,
            features,
            row_scales,
            rows: row_bytes,
            layers,
            heads: input.matrix(HEADS, WIDTH)?,
            bilinear: input.matrix(ARC, ARC)?,
            distance: input.matrix(DISTANCES, ARC)?,
            label_out: input.matrix(RELATIONS, LABEL)?,
            heads_bias: input.floats(HEADS)?,
            bilinear_bias: input.floats(ARC)?,
            root_arc: input.floats(ARC)?,
            root_label: input.floats(LABEL)?,
            label_distance: input.floats(DISTANCES * LABEL)?,
            label_bias: input.floats(RELATIONS)?,
            scripts: input
                .texts()?
                .into_iter()
                .map(|script| script.split_once(' ').and_then(|(cut, add)| Some((cut.parse().ok()?, add))))
                .collect::<Option<_>>()?,
            lemmas: input.table()?,
        };
        let highest = model.lemmas.values.chunks_exact(2).map(|v| usize::from(u16::from_le_bytes([v[0], v[1]]))).max();
        (input.0.is_empty() && highest < Some(model.scripts.len().max(1))).then_some(model)
    }

    /// Adds the vector of row `row` to `out`.
    #[inline(always)]
    pub(crate) fn add_row(&self, row: usize, out: &mut [f32; WIDTH]) {
        let scale = f32::from_bits(word(self.row_scales, row));
        let bytes: &[u8; WIDTH] = self.rows[row * WIDTH..(row + 1) * WIDTH].try_into().expect("a whole row");
        for (o, &byte) in out.iter_mut().zip(bytes) {
            *o += f32::from(byte as i8) * scale;
        }
    }
}
