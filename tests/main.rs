//! The questions the tests ask, one module each.

mod cli;

mod formats;

mod normal;

mod reports;
