//! Bytes → [`Document`](crate::model::Document)s.
