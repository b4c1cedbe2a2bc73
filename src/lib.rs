//! crossclaim reads what several sources say about the same events, finds the claims they make, brings claims about
//! the same thing together, and labels each group agree, conflict or single-source, with the words that show it.

pub mod error;

pub mod config;

pub mod model;

pub mod text;

pub mod lexicon;

pub mod read;

pub mod segment;

pub mod extract;

pub mod normalize;

pub mod label;

pub mod report;

pub mod pipeline;
