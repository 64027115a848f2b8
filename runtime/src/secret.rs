//! Text that must not be seen.

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::hint::black_box;
use zeroize::Zeroize;

/// What a secret calls itself when it is serialised, so that it can be found in a request. Formats such as JSON have no
/// place for names, and write the text alone.
pub(crate) const NAME: &str = "$huaweicloud_migration::Secret";

/// A password, key or signed link: not shown by `Debug`, without `Display`, wiped from memory when dropped.
///
/// It leaves only where you ask for it: by [`expose`](Self::expose), or by serialising the request that holds it.
///
/// ```
/// use huaweicloud_migration_runtime::Secret;
///
/// let password = Secret::from("hunter2");
/// assert_eq!(format!("{password:?}"), "Secret(***)");
/// assert_eq!(password.expose(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The text itself. Take care where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// Takes the same time wherever two texts of one length differ.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (self.0.as_bytes(), other.0.as_bytes());
        let difference = left.iter().zip(right).fold(0, |all, (a, b)| black_box(all | (a ^ b)));
        left.len() == right.len() && difference == 0
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_not_shown() {
        let secret = Secret::from("hunter2");
        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "Secret(***) Some(\n    Secret(***),\n)");
    }

    #[test]
    fn compares_whole_texts() {
        let cases = [
            ("", "", true),
            ("a", "a", true),
            ("a", "b", false),
            ("a", "ab", false),
            ("ab", "a", false),
            ("", "a", false),
        ];
        for (left, right, same) in cases {
            assert_eq!(Secret::from(left) == Secret::from(right), same, "{left:?} and {right:?}");
        }
    }

    #[test]
    fn leaves_by_serialising() {
        let json = serde_json::to_string(&Secret::from("p\"w")).unwrap();
        assert_eq!(json, r#""p\"w""#);
        assert_eq!(serde_json::from_str::<Secret>(&json).unwrap(), Secret::from("p\"w"));
    }
}
