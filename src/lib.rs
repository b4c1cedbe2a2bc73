//! crossclaim reads what several sources say about the same events, finds the claims they make, brings claims about
//! the same thing together, and labels each group
//!
//! - **agree**: two or more outlets report it, and their versions are compatible;
//! - **conflict**: outlets report it, and at least two versions cannot both hold as stated;
//! - **single-source**: only one outlet reports it.
//!
//! Every label carries its reasons: which words, which values, on which line of which file. It works offline, the same
//! input gives the same report whatever the number of threads, and it never says which side is right.
//!
//! ```
//! use crossclaim::config::Settings;
//! use crossclaim::model::Label;
//! use crossclaim::pipeline::{PairLabel, compare, compare_pair};
//!
//! fn main() -> Result<(), crossclaim::error::Error> {
//!     // Whole articles: a folder, files, or patterns.
//!     let settings = Settings::default();
//!     let report = compare(&["fixtures/stories/ferry-pier/sources".into()], &settings)?;
//!     for finding in report.findings.iter().filter(|finding| finding.label == Label::Conflict) {
//!         for position in &finding.positions {
//!             let claim = &position.claims[0];
//!             println!("{} ({}:{}): {}", claim.source, claim.path, claim.place.line, claim.text);
//!         }
//!         println!("because {}", finding.reasons[0].message);
//!     }
//!     // Two sentences, taken as the claims of two outlets.
//!     let outcome = compare_pair("The bridge was closed.", "The bridge was not closed.", None, None, &settings);
//!     assert_eq!(outcome.label, PairLabel::Conflict);
//!     Ok(())
//! }
//! ```
//!
//! # The pipeline
//!
//! Nine stages, one folder each, called in this order by [`pipeline`], which alone starts threads:
//!
//! ```text
//! documents ─ segment ─ extract ─ normalize ─┐          per document, in parallel
//!                                    block ◄─┘          one index over all claims
//!                                    └─ compare, stand  per candidate pair, in parallel
//!                                        └─ cluster     one sequential pass
//!                                            └─ label   per group, in parallel
//!                                                └─ Report: sorted, complete, serializable
//! ```
//!
//! A stage knows no other stage: they meet in the types of [`model`], and each can be called by itself. [`text`],
//! [`lexicon`], [`grammar`] and [`meaning`] hold what several stages need, [`cache`] what runs leave to each other, [`config`] what they are told. The rules of conflict and their pages are the
//! modules of [`label::rules`]. Only [`read`] and [`cache`] open files, nothing prints, and nothing asks for the time.

pub mod pipeline;

pub mod read;

pub mod segment;

pub mod extract;

pub mod normalize;

pub mod block;

pub mod compare;

pub mod cluster;

pub mod label;

pub mod report;

pub mod check;

pub mod config;

pub mod text;

pub mod grammar;

pub mod lexicon;

pub mod meaning;

pub mod cache;

pub mod model;

pub mod error;
