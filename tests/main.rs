//! The questions the tests ask, one module each.

mod cli;

mod crossfire;

mod formats;

mod normal;

mod reports;

mod rules;
