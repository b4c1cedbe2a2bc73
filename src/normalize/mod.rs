//! Claims → normal forms.

pub mod polarity;

pub mod modality;
