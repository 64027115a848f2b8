//! Where in a request or an answer something sits. Built on the stack while walking, written out only when needed.

use crate::shorten::Shortened;
use std::fmt;

/// One step of a path from the root, linked to the step above it.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Root,
    Name(&'a Place<'a>, &'a str),
    Index(&'a Place<'a>, usize),
    Key(&'a Place<'a>, &'a str),
}

/// The longest key that a place shows in full: keys come from outside.
const KEY: usize = 60;

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Name(Self::Root, name) => f.write_str(name),
            Self::Name(parent, name) => write!(f, "{parent}.{}", Shortened(name, KEY)),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
            Self::Key(parent, key) => write!(f, "{parent}[\"{}\"]", Shortened(key, KEY)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_a_path() {
        let body = Place::Name(&Place::Root, "body.disks");
        let third = Place::Index(&body, 2);
        let name = Place::Name(&third, "name");
        let key = Place::Key(&name, "a\n\"b");
        assert_eq!(name.to_string(), "body.disks[2].name");
        assert_eq!(key.to_string(), r#"body.disks[2].name["a\n\"b"]"#);
        assert_eq!(Place::Root.to_string(), "");
    }
}
