//! Claims → normal forms.
