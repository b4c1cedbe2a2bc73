//! String functions that know no claims.

pub mod fold;

pub mod glance;

pub mod tokens;

pub mod stems;

pub mod names;

pub mod symbols;
