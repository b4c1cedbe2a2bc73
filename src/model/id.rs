//! Identities made of content, so that threads, machines and repeated runs agree on them.
//!
//! The hash is xxh3-64 over the parts, each followed by a zero byte; its version is part of the report schema.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Hashes text parts into 64 bits: xxh3-64 over the parts, each followed by a zero byte, so that `["ab", "c"]` and
/// `["a", "bc"]` differ.
pub fn content_hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    // Words and names are hashed by the million, and setting up the hasher for long input costs more than hashing one.
    let mut short = [0_u8; SHORT];
    let mut length = 0;
    let mut parts = parts.into_iter();
    while let Some(part) = parts.next() {
        let end = length + part.len() + 1;
        if end > SHORT {
            let mut hasher = Xxh3::new();
            hasher.update(&short[..length]);
            for part in std::iter::once(part).chain(parts) {
                hasher.update(part.as_bytes());
                hasher.update(&[0]);
            }
            return hasher.digest();
        }
        short[length..end - 1].copy_from_slice(part.as_bytes());
        short[end - 1] = 0;
        length = end;
    }
    xxh3_64(&short[..length])
}

/// Parts that fit into so many bytes together are hashed in one go.
const SHORT: usize = 128;

/// Writes one identity type: a 64-bit content hash shown and serialized as a letter and 16 hexadecimal digits; in formats
/// that nobody reads, as the number.
macro_rules! identity {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u64);

        impl $name {
            /// The identity of the given parts; see [`content_hash`].
            pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
                Self(content_hash(parts))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{:016x}"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                text.strip_prefix($letter)
                    .filter(|digits| digits.len() == 16)
                    .and_then(|digits| u64::from_str_radix(digits, 16).ok())
                    .map(Self)
                    .ok_or_else(|| format!(concat!("{:?} is not of the form ", $letter, "0123456789abcdef"), text))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    return u64::deserialize(deserializer).map(Self);
                }
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

identity!(
    /// A document: the hash of its origin and its text.
    DocumentId, "d"
);
identity!(
    /// A claim: the hash of its document and its span.
    ClaimId, "c"
);
identity!(
    /// A source: the hash of its outlet's name.
    SourceId, "s"
);
identity!(
    /// A group of claims: the hash of its members' identities in ascending order.
    GroupId, "g"
);
identity!(
    /// A story: the hash of its documents' identities in ascending order.
    StoryId, "t"
);
identity!(
    /// A finding's mark for baselines: the hash of rule, sources and canonical values, free of positions.
    Fingerprint, "f"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one_and_separates_its_parts() {
        assert_ne!(content_hash(["ab", "c"]), content_hash(["a", "bc"]));
        // Fixed forever: a change here is a change of every stored identity.
        assert_eq!(content_hash(["crossclaim"]), xxh3_64(b"crossclaim\0"));
    }

    #[test]
    fn parts_of_any_length_hash_as_their_bytes_in_a_row() {
        for length in [0, 1, SHORT - 2, SHORT - 1, SHORT, SHORT + 1, 5 * SHORT] {
            let (one, two) = ("a".repeat(length), "b".repeat(length));
            let bytes = [one.as_bytes(), &[0], two.as_bytes(), &[0]].concat();
            assert_eq!(content_hash([one.as_str(), two.as_str()]), xxh3_64(&bytes), "{length}");
        }
        assert_eq!(content_hash([]), xxh3_64(b""));
    }

    #[test]
    fn identities_read_back_what_they_print() {
        let id = ClaimId::of(["x"]);
        assert_eq!(id.to_string().parse::<ClaimId>(), Ok(id));
        assert!("d12".parse::<DocumentId>().is_err());
    }
}
