//! The questions the tests ask, one module each.

<<<<<<< HEAD
mod cli;

mod reports;
=======
mod formats;
>>>>>>> read
