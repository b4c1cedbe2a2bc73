//! Claims → normal forms.

mod main_clause;

pub mod polarity;

pub mod modality;
