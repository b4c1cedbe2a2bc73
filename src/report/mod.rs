//! Finished report → bytes.
