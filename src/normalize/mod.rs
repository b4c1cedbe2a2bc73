//! Claims → normal forms.

pub mod times;

pub mod quantities;
