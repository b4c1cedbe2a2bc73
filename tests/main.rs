//! The questions the tests ask, one module each.

mod cli;

mod reports;
