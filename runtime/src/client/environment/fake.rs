//! An environment for tests.

use super::*;
use std::collections::BTreeMap;

/// Variables and files of nobody.
#[derive(Clone, Default)]
pub(in crate::client) struct FakeEnvironment {
    pub(in crate::client) variables: BTreeMap<String, OsString>,
    pub(in crate::client) files: BTreeMap<PathBuf, String>,
    pub(in crate::client) homeless: bool,
}

impl FakeEnvironment {
    pub(in crate::client) fn new(variables: &[(&str, &str)], files: &[(&str, &str)]) -> Self {
        Self {
            variables: variables.iter().map(|(name, value)| ((*name).to_owned(), value.into())).collect(),
            files: files.iter().map(|(path, text)| (path.into(), (*text).to_owned())).collect(),
            homeless: false,
        }
    }
}

impl Environment for FakeEnvironment {
    fn variable(&self, name: &str) -> Option<OsString> {
        assert!(!name.starts_with("AWS"), "{name} is somebody else's");
        self.variables.get(name).cloned()
    }

    fn home(&self) -> Option<PathBuf> {
        (!self.homeless).then(|| "/home/me".into())
    }

    fn read(&self, path: &Path) -> io::Result<String> {
        match self.files.get(path) {
            Some(text) if text == "(denied)" => Err(io::ErrorKind::PermissionDenied.into()),
            Some(text) => Ok(text.clone()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}
