//! What a caller is told while a run is under way: which step begins, how much of it is done, and what the index ruled out.
//! Nothing of it changes a result, and no clock is asked here: who watches has his own.

/// A step of a run, in the order in which they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Documents are read; its parts are files.
    Read,
    /// They are cut into passages and sentences, from which claims are then taken; its parts are documents.
    Extract,
    /// Claims are taken from the sentences and brought into normal form; its parts are documents.
    Normalize,
    /// Claims that may be about the same thing are looked up; its parts are claims.
    Index,
    /// Texts are placed by their meaning; its parts are texts, and it ends with all of them at once.
    Meaning,
    /// Claims of one story are read together, two at a time; its parts are pairs, and it ends with all of them at once.
    Together,
    /// Pairs are held against each other; its parts are pairs.
    Compare,
    /// Claims are brought into groups, and groups are labelled.
    Label,
    /// Queries are answered; its parts are queries.
    Search,
}

impl Step {
    /// What is done in it, in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "reading",
            Self::Extract => "cutting sentences",
            Self::Normalize => "finding claims",
            Self::Index => "looking up pairs",
            Self::Meaning => "placing by meaning",
            Self::Together => "reading pairs together",
            Self::Compare => "comparing",
            Self::Label => "grouping and labelling",
            Self::Search => "searching",
        }
    }

    /// What its parts are.
    pub fn parts(self) -> &'static str {
        match self {
            Self::Read => "files",
            Self::Extract | Self::Normalize => "documents",
            Self::Index => "claims",
            Self::Meaning => "texts",
            Self::Compare | Self::Together => "pairs",
            Self::Label => "claims",
            Self::Search => "queries",
        }
    }
}

/// What the index did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Indexed {
    /// Pairs of claims that stand together in the list of a word that was looked up, once for each such word.
    pub considered: u64,
    /// Of these, what was ruled out before the words of two claims were held against each other: by a bound mostly.
    pub pruned: u64,
    /// Pairs that are compared, those of all other keys included.
    pub candidates: u64,
}

/// Who is told. It is called from many threads.
pub trait Watch: Sync {
    /// A step begins, which has so many parts.
    fn begin(&self, _step: Step, _parts: u64) {}

    /// So many more parts of the step are done.
    fn advance(&self, _parts: u64) {}

    /// The index is done.
    fn indexed(&self, _indexed: Indexed) {}
}

/// Nobody is told.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {}
