//! The questions the tests ask, one module each.

mod browser;

mod ci;

mod cli;

mod crossfire;

mod determinism;

mod formats;

mod gate;

mod grammar;

mod hostile;

mod house;

mod html;

mod labels;

mod model;

mod normal;

mod pages;

mod platforms;

mod properties;

mod quality;

mod readme;

mod reports;

mod rules;

mod stories;
