//! Bundles that mean harm, or were made by hand: every byte of these zips is written here.

use std::io::{Cursor, Write as _};

use super::*;
use crate::domain::gateway_version::{Gateway, State};

/// A zip under construction.
#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

/// What a test may want to be odd about an entry.
#[derive(Clone, Copy)]
struct Odd {
    method: u16,
    flags: u16,
    creator: u16,
    attributes: u32,
    /// Claimed instead of the real one.
    uncompressed: Option<u32>,
    crc32: Option<u32>,
    offset: Option<u32>,
}

const PLAIN: Odd = Odd {
    method: 0,
    flags: 0,
    creator: 3 << 8,
    attributes: 0o100_644 << 16,
    uncompressed: None,
    crc32: None,
    offset: None,
};

impl Zip {
    fn file(self, name: &str, content: &[u8]) -> Self {
        self.odd(name, content, PLAIN)
    }

    fn folder(self, name: &str) -> Self {
        self.odd(name, b"", Odd { attributes: 0o040_755 << 16, ..PLAIN })
    }

    fn deflated(self, name: &str, content: &[u8]) -> Self {
        self.odd(name, content, Odd { method: 8, ..PLAIN })
    }

    fn odd(mut self, name: &str, content: &[u8], odd: Odd) -> Self {
        let mut packed = content.to_vec();
        if odd.method == 8 {
            let mut encoder =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(content).unwrap();
            packed = encoder.finish().unwrap();
        }
        let real = crc32fast::hash(content);
        let u32_of = |length: usize| u32::try_from(length).unwrap();
        let offset = odd.offset.unwrap_or(u32_of(self.bytes.len()));
        let name_length = u16::try_from(name.len()).unwrap();
        let descriptor = odd.flags & 8 != 0;
        let mut common = Vec::new();
        for half in [20, odd.flags, odd.method, 0, 0x21] {
            common.extend(u16::to_le_bytes(half));
        }
        let sizes =
            |crc: u32, packed: u32, plain: u32| [crc, packed, plain].map(u32::to_le_bytes).concat();
        let claimed = sizes(
            odd.crc32.unwrap_or(real),
            u32_of(packed.len()),
            odd.uncompressed.unwrap_or(u32_of(content.len())),
        );

        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend(if descriptor { sizes(0, 0, 0) } else { claimed.clone() });
        self.bytes.extend([name_length, 0].map(u16::to_le_bytes).concat());
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&packed);
        if descriptor {
            self.bytes.extend(b"PK\x07\x08");
            self.bytes.extend(sizes(real, u32_of(packed.len()), u32_of(content.len())));
        }

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(odd.creator.to_le_bytes());
        self.directory.extend(&common);
        self.directory.extend(&claimed);
        self.directory.extend([name_length, 0, 0, 0, 0].map(u16::to_le_bytes).concat());
        self.directory.extend(odd.attributes.to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
        self
    }

    /// With a manifest that lists these files, whose bytes together are `covered`.
    fn manifest(self, files: &[&str], covered: &[u8]) -> Self {
        let mut digests = Digests::default();
        digests.update(covered);
        let manifest = serde_json::json!({
            "file_list": files,
            "custom_middleware": {"pre": [{"name": "Pre"}], "driver": "grpc"},
            "checksum": digests.finish().md5,
            "signature": "",
        });
        self.deflated(FILE_NAME, manifest.to_string().as_bytes())
    }

    fn finish(self) -> Vec<u8> {
        let Self { mut bytes, directory, count } = self;
        let offset = u32::try_from(bytes.len()).unwrap();
        bytes.extend(&directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend([count, count].map(u16::to_le_bytes).concat());
        bytes.extend(
            [u32::try_from(directory.len()).unwrap(), offset].map(u32::to_le_bytes).concat(),
        );
        bytes.extend(0_u16.to_le_bytes());
        bytes
    }
}

fn verdict_within(bytes: &[u8], limits: Limits) -> Verdict {
    verify(Cursor::new(bytes), None, &Gateway::default(), State::Fresh, limits).unwrap()
}

fn verdict(zip: Zip) -> Verdict {
    verdict_within(&zip.finish(), Limits::default())
}

/// The first reason against a bundle that is refused.
fn refusal(zip: Zip) -> String {
    let verdict = verdict(zip);
    assert!(!verdict.ok());
    verdict.refusals[0].message.clone()
}

fn good() -> Zip {
    Zip::default()
        .folder("vendor/")
        .deflated("vendor/a.py", b"aaaa")
        .odd("b.py", b"bb", Odd { flags: 8, ..PLAIN })
        .manifest(&["vendor/a.py", "b.py"], b"aaaabb")
}

#[test]
fn a_good_bundle_loads_whatever_stands_around_it() {
    let bytes = good().finish();
    for bytes in [
        bytes.clone(),
        [b"#!/bin/sh\n".as_slice(), &bytes].concat(),
        [&bytes, b"tail".as_slice()].concat(),
    ] {
        let verdict = verdict_within(&bytes, Limits::default());
        assert!(verdict.ok() && verdict.sound, "{verdict:?}");
        assert_eq!(verdict.signature, Signature::Absent);
    }
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in ["../evil", "/evil", "a/../../evil", "..", "..evil", "//evil", "/", "/../x"] {
        let zip = Zip::default().file(name, b"x").manifest(&[], b"");
        assert_eq!(
            refusal(zip),
            format!("Couldn't save bundle: invalid file path in archive: {name}")
        );
    }
    let zip = Zip::default().file("a\x1b]0;x\x07/../..", b"").manifest(&[], b"");
    assert_eq!(
        refusal(zip),
        r"Couldn't save bundle: invalid file path in archive: a\x1b]0;x\x07/../.."
    );
}

#[test]
fn a_list_that_leads_out_is_refused() {
    for name in ["../a", "a/../../b", "/.."] {
        let said = refusal(Zip::default().manifest(&[name], b""));
        assert_eq!(said, format!("open {name}: outside the bundle"));
    }
}

#[test]
fn a_link_is_a_file_that_holds_its_target() {
    let link = Odd { attributes: 0o120_777 << 16, ..PLAIN };
    let zip = Zip::default().odd("l", b"/etc/passwd", link).manifest(&["l"], b"/etc/passwd");
    assert!(verdict(zip).ok());
    // A file behind a link is not reached: the link is no folder.
    let zip = Zip::default().odd("l", b"/tmp", link).file("l/x", b"x").manifest(&[], b"");
    assert_eq!(refusal(zip), "Couldn't save bundle: open l/x: not a directory");
}

#[test]
fn of_entries_with_one_name_the_last_counts() {
    let twice = || Zip::default().file("a", b"first").file("./x/../a", b"last");
    assert!(verdict(twice().manifest(&["a"], b"last")).sound);
    assert_eq!(refusal(twice().manifest(&["a"], b"first")), "invalid checksum");
    let said = refusal(Zip::default().file("a", b"").folder("a/").manifest(&[], b""));
    assert_eq!(said, "Couldn't save bundle: mkdir a: file exists");
    let said = refusal(Zip::default().folder("a/").file("a", b"").manifest(&[], b""));
    assert_eq!(said, "Couldn't save bundle: open a: is a directory");
}

#[test]
fn folders_come_first_and_once() {
    let nested = |zip: Zip| zip.file("d/e/f", b"x").manifest(&["d/e/f"], b"x");
    assert!(verdict(nested(Zip::default().folder("d/").folder("d/e/"))).ok());
    // By mode alone, without a slash; by attributes of DOS.
    let dos = Odd { creator: 0, attributes: 0x10, ..PLAIN };
    assert!(
        verdict(nested(
            Zip::default()
                .odd("d", b"", Odd { attributes: 0o040_755 << 16, ..PLAIN })
                .odd("d/e", b"", dos)
        ))
        .ok()
    );
    let said = |zip: Zip| refusal(nested(zip));
    assert_eq!(said(Zip::default()), "Couldn't save bundle: open d/e/f: no such file or directory");
    assert_eq!(
        said(Zip::default().folder("d/e/")),
        "Couldn't save bundle: mkdir d/e: no such file or directory"
    );
    assert_eq!(said(Zip::default().folder("./")), "Couldn't save bundle: mkdir .: file exists");
    // What it says is right all the same: only its order keeps it from loading.
    assert!(verdict(nested(Zip::default())).sound);
}

#[test]
fn names_that_no_disk_takes_are_refused() {
    let long = "x".repeat(256);
    let deep = "d/".repeat(2100);
    for (name, why) in [
        (long.as_str(), "file name too long"),
        (deep.as_str(), "file name too long"),
        ("a\0b", "invalid argument"),
    ] {
        let said = refusal(Zip::default().file(name, b"").manifest(&[], b""));
        assert!(said.ends_with(why), "{said}");
    }
}

#[test]
fn what_the_directory_claims_is_checked() {
    let with = |odd: Odd| Zip::default().odd("a", b"content", odd).manifest(&["a"], b"content");
    let said = |odd: Odd| refusal(with(odd)).replace("Couldn't save bundle: ", "");
    assert_eq!(said(Odd { uncompressed: Some(3), ..PLAIN }), "zip: not a valid zip file");
    assert_eq!(said(Odd { uncompressed: Some(300), ..PLAIN }), "unexpected EOF");
    assert_eq!(said(Odd { crc32: Some(1), ..PLAIN }), "zip: checksum error");
    assert_eq!(said(Odd { crc32: Some(0), flags: 8, ..PLAIN }), "zip: checksum error");
    assert_eq!(said(Odd { method: 12, ..PLAIN }), "zip: unsupported compression algorithm");
    assert_eq!(said(Odd { offset: Some(7), ..PLAIN }), "zip: not a valid zip file");
    assert_eq!(said(Odd { offset: Some(1 << 30), ..PLAIN }), "EOF");
    // Without a descriptor a CRC-32 of 0 counts as not set; the bit for encryption is not looked at.
    assert!(verdict(with(Odd { crc32: Some(0), ..PLAIN })).ok());
    assert!(verdict(with(Odd { flags: 1, ..PLAIN })).ok());
}

#[test]
fn a_bomb_is_bounded_and_said_to_be_one() {
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let zeros = vec![0; 1 << 20];
    let zip = || Zip::default().deflated("a", &zeros);
    assert!(
        verdict_within(
            &Zip::default().deflated("a", &zeros[1000..]).manifest(&["a"], &zeros[1000..]).finish(),
            limits
        )
        .ok()
    );
    let large =
        verdict_within(&zip().deflated("b", b"x").manifest(&["a"], &zeros).finish(), limits);
    assert!(!large.ok());
    assert!(large.refusals[0].message.contains("unpacks to more than 1048576 bytes"), "{large:?}");
    // One small file, listed so often that hashing it would never end.
    let often = vec!["a"; 100_000];
    let listed = verdict_within(
        &Zip::default().file("a", &zeros[..1000]).manifest(&often, b"").finish(),
        limits,
    );
    assert!(listed.refusals[0].message.contains("unpacks to more than"), "{listed:?}");
}

#[test]
fn counts_and_names_are_bounded() {
    let limits = Limits { entries: 100, names: 1000, ..Limits::default() };
    let many = |name: &str| (0..200).fold(Zip::default(), |zip, _| zip.file(name, b"")).finish();
    let said = |bytes: &[u8]| verdict_within(bytes, limits).refusals[0].message.clone();
    assert!(said(&many("a")).contains("more than 100 entries"));
    assert!(said(&many(&"a".repeat(50))).contains("more than 1000 bytes of names"));
    let limits = Limits { manifest: 100, ..Limits::default() };
    let large = verdict_within(&good().finish(), limits);
    assert!(
        large.refusals[0].message.contains("manifest.json has more than 100 bytes"),
        "{large:?}"
    );
}

#[test]
fn overlapping_entries_cost_no_more_than_the_limit() {
    // A hundred names for the same bytes.
    let zeros = vec![0; 1 << 20];
    let first = Zip::default().deflated("0", &zeros);
    let mut bytes = first.bytes.clone();
    let one = first.directory.clone();
    let offset = bytes.len();
    for _ in 0..100 {
        bytes.extend(&one);
    }
    let zip =
        Zip { bytes: bytes[..offset].to_vec(), directory: bytes[offset..].to_vec(), count: 100 };
    let limits = Limits { unpacked: 10 << 20, ..Limits::default() };
    let verdict = verdict_within(&zip.finish(), limits);
    assert!(verdict.refusals[0].message.contains("unpacks to more than"), "{verdict:?}");
}

#[test]
fn cut_off_anywhere_it_is_refused() {
    let bytes = good().finish();
    for length in 0..bytes.len() {
        let verdict = verdict_within(&bytes[..length], Limits::default());
        assert!(!verdict.ok() && !verdict.sound, "{length}");
        assert!(!verdict.refusals[0].message.is_empty() && !verdict.refusals[0].help.is_empty());
    }
}

#[test]
fn no_zip_at_all() {
    for bytes in [b"".as_slice(), b"PK", b"<html></html>", &vec![0; 70_000], b"PK\x05\x06"] {
        let verdict = verdict_within(bytes, Limits::default());
        assert_eq!(verdict.refusals[0].message, "Couldn't save bundle: zip: not a valid zip file");
        assert_eq!(verdict.checksum, Checksums::default());
        assert_eq!(verdict.signature, Signature::Unchecked);
    }
}

#[test]
fn a_disk_that_fails_is_no_answer() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    impl Seek for Failing {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(1 << 20)
        }
    }
    assert!(verify(Failing, None, &Gateway::default(), State::Fresh, Limits::default()).is_err());
}

proptest::proptest! {
    #[test]
    fn random_changes_do_no_harm(changes in proptest::collection::vec((0_usize..4096, proptest::prelude::any::<u8>()), 1..6)) {
        let mut bytes = good().finish();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
        let verdict = verdict_within(&bytes, limits);
        // Nothing loads whose checksum is wrong.
        proptest::prop_assert!(!verdict.ok() || verdict.sound);
    }

    #[test]
    fn random_bytes_do_no_harm(bytes: Vec<u8>) {
        proptest::prop_assert!(!verdict_within(&bytes, Limits::default()).ok());
        let ended = [&bytes, &Zip::default().file("a", b"").finish()[..]].concat();
        verdict_within(&ended, Limits::default());
    }
}
