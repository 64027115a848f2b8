//! Signing with keys that a provider found.

use super::Keys;
#[cfg(feature = "aksk")]
use crate::client::AccessKey;
use crate::client::{Credentials, CredentialsError};
use std::sync::Arc;

/// Makes what signs.
pub(super) struct Signers {
    /// Holds no key, but what was learned of the gateway's clock, for all keys to come.
    #[cfg(feature = "aksk")]
    clock: AccessKey,
}

#[cfg(feature = "aksk")]
impl Signers {
    pub(super) fn new() -> Self {
        Self { clock: AccessKey::new("", "") }
    }

    #[allow(clippy::unnecessary_wraps)] // as the other one
    pub(super) fn signer(&self, keys: &Keys) -> Result<Arc<dyn Credentials>, CredentialsError> {
        let mut key = AccessKey::new(keys.access_key.as_str(), keys.secret_key.clone()).clock_of(&self.clock);
        if let Some(token) = &keys.security_token {
            key = key.security_token(token.clone());
        }
        if let Some(id) = &keys.domain_id {
            key = key.domain_id(id);
        }
        // The project goes with each call: the client's comes before that of the keys.
        Ok(Arc::new(key))
    }
}

#[cfg(not(feature = "aksk"))]
impl Signers {
    pub(super) fn new() -> Self {
        Self {}
    }

    #[allow(clippy::unused_self)] // as the other one
    pub(super) fn signer(&self, keys: &Keys) -> Result<Arc<dyn Credentials>, CredentialsError> {
        let origin = &keys.origin;
        Err(super::error(format!("access keys were found in {origin} but the crate was built without feature `aksk`")))
    }
}
