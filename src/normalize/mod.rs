//! Claims → normal forms.

pub mod entities;
