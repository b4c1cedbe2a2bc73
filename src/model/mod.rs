//! Every type that crosses a stage boundary, with its constructors and invariants, and no algorithm.
//!
//! All of them are owned, `Send` and serializable, so that a store or a distributed engine can ship them as they are.

mod id;

mod span;

mod source;

mod document;

mod claim;

mod normal_form;

mod frame;

mod quantity;

mod time;

mod entity;

mod comparison;

mod group;

mod standing;

mod fact;

mod finding;

mod gate;

mod report;

mod stats;

mod tree;

pub use claim::{Attribution, Claim, ClaimKind, Extracted, Mode, SetAsideSentence, Speaker};
pub use comparison::{Alignment, Candidate, Comparison, Inference, KeySet, Level, TermPair};
pub use document::{
    Details, Document, DocumentForm, LineMap, Origin, Passage, PassageKind, Place, Run, Segmented, Sentence, SetAside,
};
pub use entity::{KnownName, Mention, MentionKind};
pub use fact::{Fact, Tolerance};
pub use finding::{
    AgreementKind, Evidence, ExplainedAway, Finding, Label, Position, Reason, ReportedClaim, Selector, Severity, Value,
};
pub use frame::{Frame, FrameKind, Layer, Role, RoleKind};
pub use gate::{BaselineState, Gate, GateStatus, IgnoreComment, Problem, Suppression, SuppressionKind, Weighed};
pub use group::ClaimGroup;
pub use id::{ClaimId, DocumentId, Fingerprint, GroupId, SourceId, StoryId, content_hash};
pub use normal_form::{Certainty, FrameReader, Modality, Negation, NormalClaim, NormalForm, Polarity, Term, TermRole};
pub use quantity::{Bound, Quantity, QuantityKind};
pub use report::{
    DocumentEntry, Method, Report, RuleInForce, SCHEMA_VERSION, Skipped, SourceEntry, Story, ToolInfo, Totals,
};
pub use source::{NamedBy, Source};
pub use span::Span;
pub use standing::{Link, Relation, Standing};
pub use stats::CorpusStats;
pub use time::{Anchor, Grain, TimeValue};
pub use tree::{Degree, Features, Grammar, Number, Tag, Tense, Tree, Upos, VerbForm, Word};
