//! The questions the tests ask, one module each.

mod cli;

mod crossfire;

mod determinism;

mod formats;

mod grammar;

mod hostile;

mod house;

mod normal;

mod properties;

mod quality;

mod readme;

mod reports;

mod rules;

mod stories;
