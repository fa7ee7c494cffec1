//! The reference HMAC scheme of Tyk's sample plugins: `Authorization: Signature keyId="…",algorithm="…",signature="…"`
//! over the Date header.

use ::hmac::{Hmac, Mac};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Sha256, Sha512};

use super::auth::{Algorithm as _, HmacAlgorithm};

/// The text that is signed for this value of the Date header.
pub fn signed_text(date: &str) -> String {
    format!("date: {date}")
}

/// The signature in base64. The secret's bytes count as they stand.
pub fn signature(algorithm: HmacAlgorithm, secret: &[u8], text: &str) -> String {
    match algorithm {
        HmacAlgorithm::Sha256 => of::<Hmac<Sha256>>(secret, text),
        HmacAlgorithm::Sha512 => of::<Hmac<Sha512>>(secret, text),
    }
}

fn of<M: Mac + ::hmac::digest::KeyInit>(secret: &[u8], text: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mac) = <M as Mac>::new_from_slice(secret) else { return String::new() };
    BASE64_STANDARD.encode(mac.chain_update(text).finalize().into_bytes())
}

/// The value of the Authorization header; `signature` as [`signature()`] made it, percent-encoded here.
pub fn credentials(key_id: &str, algorithm: HmacAlgorithm, signature: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(signature.as_bytes()).collect();
    let algorithm = algorithm.word();
    format!(r#"Signature keyId="{key_id}",algorithm="{algorithm}",signature="{encoded}""#)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the reference server's own tests.
    const DATE: &str = "Sat, 24 Feb 2024 11:33:36 GMT";
    const SECRET: &[u8] = b"c2VjcmV0";

    #[test]
    fn signatures_are_the_references() {
        let text = signed_text(DATE);
        assert_eq!(text, "date: Sat, 24 Feb 2024 11:33:36 GMT");
        assert_eq!(
            signature(HmacAlgorithm::Sha256, SECRET, &text),
            "lOW5XnMDwBZC18z9paHwWcuWPZVXAYj+XDjPoVNgDMg="
        );
        assert_eq!(
            signature(HmacAlgorithm::Sha512, SECRET, &text),
            "66ZhKukbRUs+FTiH8af438hK0NoMLVibyfnZ/FZ9+nUdL3qmFqaVxt+FB1AUcYGdb9m4ptwxS6IqJaDylJEJEA=="
        );
    }

    #[test]
    fn credentials_have_the_signature_percent_encoded() {
        assert_eq!(
            credentials("k-1", HmacAlgorithm::Sha256, "a+b/c="),
            r#"Signature keyId="k-1",algorithm="hmac-sha256",signature="a%2Bb%2Fc%3D""#
        );
    }

    #[test]
    fn a_secret_may_be_longer_than_a_block() {
        // RFC 4231, test case 6: 131 bytes of 0xaa.
        let text = "Test Using Larger Than Block-Size Key - Hash Key First";
        let said = BASE64_STANDARD.decode(signature(HmacAlgorithm::Sha256, &[0xaa; 131], text));
        assert_eq!(said.unwrap()[..4], [0x60, 0xe4, 0x31, 0x59]);
    }
}
