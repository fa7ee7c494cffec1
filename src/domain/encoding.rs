//! What a `Content-Encoding` has made of a body, undone within bounds: a few bytes may stand for as many as one likes.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Bytes that are inflated, at most.
pub const MOST: usize = 64 << 20;

/// And no more than so many times its size, once it is more than [`FREE`]: a body that people read does not inflate further.
const RATIO: usize = 256;
const FREE: usize = 1 << 20;

/// Encodings on top of each other, at most.
const LAYERS: usize = 3;

/// The window of zstd that is borne, as a power of two: a frame may ask for more memory than it has content.
const WINDOW: u32 = 26;

/// Bytes that brotli reads at once.
const BUFFER: usize = 4 << 10;

/// A body whose encoding was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// Its bytes without the encoding; `None` where they stay as they are.
    pub bytes: Option<Vec<u8>>,
    /// What was done, or why it was not.
    pub said: String,
    /// It is not what its `Content-Encoding` says, or not all of it.
    pub doubtful: bool,
}

/// What a body is without its encoding; `None` where it has none.
pub fn plain(content_encoding: Option<&str>, body: &[u8]) -> Option<Plain> {
    if body.is_empty() {
        return None;
    }
    let named = content_encoding.unwrap_or_default().to_ascii_lowercase();
    let named: Vec<_> =
        named.split(',').map(str::trim).filter(|it| !it.is_empty() && *it != "identity").collect();
    let (layers, doubt) = match (&named[..], by_its_start(body)) {
        ([], None) => return None,
        ([], Some(found)) => {
            (vec![found], Some(format!("it is {found}, though no Content-Encoding says so")))
        }
        (named, _) => (named.to_vec(), None),
    };
    let stays = |said: String| Some(Plain { bytes: None, said, doubtful: true });
    if layers.len() > LAYERS {
        return stays(format!("{} encodings on top of each other are not undone", layers.len()));
    }
    let mut bytes: Option<Vec<u8>> = None;
    let mut said = Vec::from_iter(doubt);
    // The last was put on top.
    for name in layers.iter().rev() {
        let inside = bytes.as_deref().unwrap_or(body);
        let (inflated, end) = match one(name, inside) {
            Ok(found) => found,
            Err(why) if bytes.is_none() => return stays(why),
            Err(why) => {
                said.push(why);
                break;
            }
        };
        let length = inflated.len();
        match end {
            End::Whole => {}
            End::Cut if length < MOST => said.push(format!(
                "cut: {name} inflates to more than {RATIO} times its size, and this is the first {} MiB",
                length >> 20
            )),
            End::Cut => said.push(format!(
                "cut: {name} inflates to more than {} MiB, and these are the first",
                MOST >> 20
            )),
            End::Broken(why) if length == 0 => {
                let why = format!("Content-Encoding says {name}, and it is none: {why}");
                if bytes.is_none() {
                    return stays(why);
                }
                said.push(why);
                break;
            }
            End::Broken(why) => said.push(format!("{name} breaks off after {length} bytes: {why}")),
        }
        let ended = !said.is_empty();
        bytes = Some(inflated);
        if ended && layers.len() > 1 {
            break;
        }
    }
    let doubtful = !said.is_empty();
    said.insert(0, format!("{} of {} bytes", layers.join(", "), body.len()));
    Some(Plain { bytes, said: said.join("; "), doubtful })
}

/// What a body is that says nothing of it, as far as its first bytes leave no doubt.
fn by_its_start(body: &[u8]) -> Option<&'static str> {
    match body {
        [0x1f, 0x8b, 8, ..] => Some("gzip"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd"),
        _ => None,
    }
}

/// How far inflating went.
enum End {
    Whole,
    Cut,
    Broken(String),
}

fn one(name: &str, body: &[u8]) -> Result<(Vec<u8>, End), String> {
    let most = body.len().saturating_mul(RATIO).clamp(FREE, MOST);
    match name {
        "gzip" | "x-gzip" => Ok(inflate(MultiGzDecoder::new(body), most)),
        // By the standard it is zlib's; some servers send it bare.
        "deflate" if is_zlib(body) => Ok(inflate(ZlibDecoder::new(body), most)),
        "deflate" => Ok(inflate(DeflateDecoder::new(body), most)),
        "zstd" => {
            let decoder = zstd::stream::read::Decoder::with_buffer(body).and_then(|mut decoder| {
                decoder.window_log_max(WINDOW)?;
                Ok(decoder)
            });
            match decoder {
                Ok(decoder) => Ok(inflate(decoder, most)),
                Err(error) => Ok((Vec::new(), End::Broken(error.to_string()))),
            }
        }
        // Windows of up to a GiB, which RFC 7932 has no bits for: no Content-Encoding means them.
        "br" if body.first().is_some_and(|first| first & 0x7f == 0x11) => {
            Ok((Vec::new(), End::Broken("its window is larger than brotli's may be".to_owned())))
        }
        "br" => Ok(inflate(brotli_decompressor::Decompressor::new(body, BUFFER), most)),
        "chunked" => {
            Err("`chunked` is no Content-Encoding: a Transfer-Encoding is gone when a body arrives"
                .to_owned())
        }
        other => Err(format!(
            "`{other}` is no Content-Encoding that is known here: it is shown as it is"
        )),
    }
}

fn is_zlib(body: &[u8]) -> bool {
    let [first, second, ..] = body else { return false };
    first & 0x0f == 8 && ((u16::from(*first) << 8) | u16::from(*second)) % 31 == 0
}

fn inflate(reader: impl Read, most: usize) -> (Vec<u8>, End) {
    let mut bytes = Vec::new();
    // What was inflated before an error is in it.
    let read = reader.take(most as u64 + 1).read_to_end(&mut bytes);
    let end = match read {
        Err(error) => End::Broken(error.to_string()),
        Ok(_) if bytes.len() > most => End::Cut,
        Ok(_) => End::Whole,
    };
    bytes.truncate(most);
    (bytes, end)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"{\"user\": \"alice\", \"password\": \"hunter2\"}";

    /// [`TEXT`] as Google's brotli 1.2 writes it.
    const BROTLI: &[u8] = b"\x8b\x13\x80{\"user\": \"alice\", \"password\": \"hunter2\"}\x03";

    /// 8 MiB of zeros, by the same.
    const BROTLI_ZEROS: &[u8] = b"\xcb\xff\xff?\xf8'\0\xe2\xb1@ \xf7\xfeo";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn bare(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_is_known_is_undone() {
        let zstd = zstd::encode_all(TEXT, 3).unwrap();
        for (name, body) in [
            ("gzip", gzip(TEXT)),
            ("X-GZIP", gzip(TEXT)),
            (" identity, gzip", gzip(TEXT)),
            ("deflate", zlib(TEXT)),
            ("deflate", bare(TEXT)),
            ("zstd", zstd),
            ("br", BROTLI.to_vec()),
            ("deflate, gzip", gzip(&zlib(TEXT))),
        ] {
            let found = plain(Some(name), &body).unwrap();
            assert_eq!(found.bytes.as_deref(), Some(TEXT), "{name}: {}", found.said);
            assert!(!found.doubtful && found.said.contains("bytes"), "{}", found.said);
        }
        // Two members, as `cat a.gz b.gz` makes them.
        let two = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(plain(Some("gzip"), &two).unwrap().bytes.unwrap(), b"one two");
    }

    #[test]
    fn what_has_no_encoding_is_left_alone() {
        assert_eq!(plain(None, TEXT), None);
        assert_eq!(plain(Some("identity"), TEXT), None);
        assert_eq!(plain(Some(""), TEXT), None);
        assert_eq!(plain(Some("gzip"), b""), None);
        // A file that was compressed is one, whatever the message says.
        let found = plain(None, &gzip(TEXT)).unwrap();
        assert!(found.doubtful && found.said.contains("though no Content-Encoding says so"));
        assert_eq!(found.bytes.unwrap(), TEXT);
    }

    #[test]
    fn what_lies_is_said_and_stays() {
        for (name, body, said) in [
            ("gzip", TEXT.to_vec(), "Content-Encoding says gzip, and it is none"),
            ("zstd", TEXT.to_vec(), "Content-Encoding says zstd, and it is none"),
            ("deflate", vec![0xff; 20], "Content-Encoding says deflate, and it is none"),
            ("br", vec![1, 2, 3], "Content-Encoding says br, and it is none"),
            ("br", vec![0x11, 30, 0, 0, 0], "its window is larger than brotli's may be"),
            ("chunked", TEXT.to_vec(), "`chunked` is no Content-Encoding"),
            ("rot13", TEXT.to_vec(), "`rot13` is no Content-Encoding that is known"),
            ("gzip, gzip, gzip, gzip", gzip(TEXT), "4 encodings on top of each other"),
        ] {
            let found = plain(Some(name), &body).unwrap();
            assert!(found.doubtful && found.said.contains(said), "{name}: {}", found.said);
            assert_eq!(found.bytes, None, "{name}");
        }
        // The outer layer is undone, and what is wrong below is said.
        let found = plain(Some("rot13, gzip"), &gzip(TEXT)).unwrap();
        assert_eq!(found.bytes.as_deref(), Some(TEXT));
        assert!(found.doubtful && found.said.contains("`rot13` is no"), "{}", found.said);
    }

    #[test]
    fn what_breaks_off_is_shown_as_far_as_it_goes() {
        let long: Vec<u8> =
            (0..60_000_u32).flat_map(|it| it.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
        let body = gzip(&long);
        let found = plain(Some("gzip"), &body[..body.len() / 2]).unwrap();
        let bytes = found.bytes.unwrap();
        assert!(!bytes.is_empty() && long.starts_with(&bytes));
        assert!(found.doubtful && found.said.contains("breaks off after"), "{}", found.said);
        let found = plain(Some("br"), &BROTLI[..20]).unwrap();
        assert_eq!(found.bytes.as_deref(), Some(&TEXT[..17]), "{}", found.said);
        assert!(found.doubtful && found.said.contains("breaks off after"), "{}", found.said);
    }

    #[test]
    fn a_bomb_is_cut() {
        // Zeros a thousand times: what a hundred megabytes of them are.
        let small = plain(Some("gzip"), &gzip(&vec![0; 8 << 20])).unwrap();
        let bytes = small.bytes.unwrap().len();
        assert!((FREE..8 << 20).contains(&bytes), "{bytes}");
        assert!(
            small.doubtful && small.said.contains("more than 256 times its size"),
            "{}",
            small.said
        );
        let zeros = gzip(&vec![0; MOST + (8 << 20)]);
        // Within the ratio, above the limit: text that is compressed well enough.
        let padded = [gzip(&[0x55; 0]), zeros.clone(), vec![0; 300_000]].concat();
        let large = plain(Some("gzip"), &padded).unwrap();
        assert_eq!(large.bytes.unwrap().len(), MOST);
        assert!(large.said.contains("more than 64 MiB"), "{}", large.said);
        // Layer on layer.
        let twice = plain(Some("gzip, gzip"), &gzip(&zeros)).unwrap();
        assert!(twice.bytes.unwrap().len() <= MOST);
        assert!(twice.doubtful);
        let brotli = plain(Some("br"), BROTLI_ZEROS).unwrap();
        assert_eq!(brotli.bytes.unwrap(), vec![0; FREE]);
        assert!(brotli.said.contains("more than 256 times its size"), "{}", brotli.said);
        let zstd = zstd::encode_all(&vec![0_u8; 80 << 20][..], 3).unwrap();
        let found = plain(Some("zstd"), &zstd).unwrap();
        assert!(found.bytes.unwrap().len() <= MOST && found.doubtful);
    }
}
