//! The questions the tests ask, one module each.

// mod rules;
