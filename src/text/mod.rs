//! Functions of strings and values that know no claims.

pub mod amounts;

pub mod fold;

pub mod tokens;

pub mod stems;

pub mod names;
