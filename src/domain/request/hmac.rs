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

/// Whether this is the text's signature, in constant time; base64 that is none is not.
pub fn is_signature(algorithm: HmacAlgorithm, secret: &[u8], text: &str, signature: &str) -> bool {
    let Ok(signature) = BASE64_STANDARD.decode(signature) else { return false };
    match algorithm {
        HmacAlgorithm::Sha256 => is_of::<Hmac<Sha256>>(secret, text, &signature),
        HmacAlgorithm::Sha512 => is_of::<Hmac<Sha512>>(secret, text, &signature),
    }
}

fn is_of<M: Mac + ::hmac::digest::KeyInit>(secret: &[u8], text: &str, signature: &[u8]) -> bool {
    let Ok(mac) = <M as Mac>::new_from_slice(secret) else { return false };
    mac.chain_update(text).verify_slice(signature).is_ok()
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

/// What a caller sent as [`credentials()`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Which key.
    pub key_id: String,
    /// The hash's name, as sent.
    pub algorithm: String,
    /// The signature in base64.
    pub signature: String,
}

impl Signed {
    /// Reads the value of an Authorization header; `None` where a part is missing. Parts may come in any order, and others
    /// among them.
    pub fn parse(value: &str) -> Option<Self> {
        let (word, mut rest) = value.trim().split_once(' ')?;
        if !word.eq_ignore_ascii_case("signature") {
            return None;
        }
        let (mut key_id, mut algorithm, mut signature) = (None, None, None);
        while !rest.trim().is_empty() {
            let (name, behind) = rest.split_once('=')?;
            let (text, behind) = behind.trim_start().strip_prefix('"')?.split_once('"')?;
            let slot = match name.trim() {
                "keyId" => Some(&mut key_id),
                "algorithm" => Some(&mut algorithm),
                "signature" => Some(&mut signature),
                _ => None,
            };
            if let Some(slot) = slot {
                // Said twice is not said.
                if slot.replace(text.to_owned()).is_some() {
                    return None;
                }
            }
            rest = behind.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest);
        }
        let signature: String = form_urlencoded::parse(format!("s={}", signature?).as_bytes())
            .next()
            // A client that encodes nothing sends the base64 as it is, whose `+` becomes a space here.
            .map(|(_, value)| value.replace(' ', "+"))?;
        let signed = Self { key_id: key_id?, algorithm: algorithm?, signature };
        let is_whole = ![&signed.key_id, &signed.algorithm, &signed.signature]
            .iter()
            .any(|part| part.is_empty());
        is_whole.then_some(signed)
    }
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
    fn a_signature_is_the_whole_of_it() {
        let text = signed_text(DATE);
        let good = signature(HmacAlgorithm::Sha256, SECRET, &text);
        assert!(is_signature(HmacAlgorithm::Sha256, SECRET, &text, &good));
        for bad in ["", "AAAA", &good[..40], "not base64", &good.replace('l', "m")] {
            assert!(!is_signature(HmacAlgorithm::Sha256, SECRET, &text, bad), "{bad}");
        }
        assert!(!is_signature(HmacAlgorithm::Sha512, SECRET, &text, &good));
    }

    #[test]
    fn what_is_sent_is_read_again_and_parts_that_lack_are_not_made_up() {
        let sent = credentials("k-1", HmacAlgorithm::Sha512, "a+b/c=");
        let read = Signed::parse(&sent).unwrap();
        assert_eq!(
            (&*read.key_id, &*read.algorithm, &*read.signature),
            ("k-1", "hmac-sha512", "a+b/c=")
        );
        let any_order = r#"signature  signature="a+b" , headers="date",algorithm="x",keyId="k""#;
        assert_eq!(Signed::parse(any_order).unwrap().signature, "a+b");
        for bad in [
            "",
            "Signature",
            "Signature ",
            r#"Bearer keyId="k",algorithm="a",signature="s""#,
            r#"Signature keyId="k",algorithm="a""#,
            r#"Signature keyId="",algorithm="a",signature="s""#,
            r#"Signature keyId="k",algorithm="a",signature="s"#,
            r#"Signature keyId=k,algorithm="a",signature="s""#,
            r#"Signature keyId="k",keyId="j",algorithm="a",signature="s""#,
        ] {
            assert_eq!(Signed::parse(bad), None, "{bad}");
        }
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
