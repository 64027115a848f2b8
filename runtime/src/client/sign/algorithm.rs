//! The two algorithms.

use super::SignError;
use super::encode::hex;
use super::error::Problem;
use super::payload::sha256_hex;
use crate::secret::Secret;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// How requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// With the secret key itself; what all services take.
    SdkHmacSha256,
    /// With a key derived for one day, region and service.
    V11HmacSha256,
}

impl Algorithm {
    /// Its name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::SdkHmacSha256 => "SDK-HMAC-SHA256",
            Self::V11HmacSha256 => "V11-HMAC-SHA256",
        }
    }
}

/// What is signed: the algorithm, the date (`YYYYMMDDTHHMMSSZ`), the scope of a derived key (`<day>/<region>/<service>`),
/// and the hash of the canonical request, a line each.
pub fn string_to_sign(algorithm: Algorithm, date: &str, scope: Option<&str>, canonical_request: &[u8]) -> String {
    let mut text = String::with_capacity(192);
    for line in [Some(algorithm.name()), Some(date), scope].into_iter().flatten() {
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(&sha256_hex(canonical_request));
    text
}

/// Lower-case hexadecimal digits of the HMAC.
pub(super) fn signature(key: &[u8], text: &str) -> Result<String, SignError> {
    // A key of any length will do.
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Problem::SecretKey)?;
    hmac.update(text.as_bytes());
    Ok(String::from_utf8_lossy(&hex(&hmac.finalize().into_bytes().into())).into_owned())
}

/// The key for one scope: 32 bytes of HKDF, and of these the digits as text.
pub(super) fn derive(access_key: &str, secret_key: &Secret, scope: &str) -> Result<Zeroizing<[u8; 64]>, SignError> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(access_key.as_bytes()), secret_key.expose().as_bytes())
        .expand(scope.as_bytes(), &mut *key)
        .map_err(|_| Problem::Scope)?;
    Ok(Zeroizing::new(hex(&key)))
}
