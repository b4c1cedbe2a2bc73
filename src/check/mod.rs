//! Finished report → the same report, weighed: what fails, what is known, what is left alone, and what else is wrong.
//!
//! What comes in: a [`Report`](crate::model::Report), a [`Policy`], and if there are any a [`Baseline`] and a [`Review`]. What
//! goes out: the report with its [`Gate`](crate::model::Gate). It reads no file, compares no claims, and has no clock: the day is told.

mod baseline;

mod facts;

mod marks;

mod paths;

mod policy;

mod problems;

mod review;

mod suppressions;

mod weigh;

pub use baseline::{Baseline, Entry, entries};
pub use marks::{VERSION as MARK_VERSION, bare};
pub use paths::Base;
pub use policy::Policy;
pub use problems::PROBLEMS;
pub use review::{Answer, Instead, Judged, Review, ReviewRecord, ReviewedClaim, fingerprint, is_reason};
pub use weigh::{Weighing, weigh};
