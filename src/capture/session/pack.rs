//! Both sides of a record as one compressed text: an answer repeats most of its request, and a Gateway's Objects repeat
//! each other, which a dictionary of the first ones knows.

use std::io;

use bytes::Bytes;
use zstd::bulk::{Compressor, Decompressor};

use super::SessionError;

/// Fast enough for the rate of a Gateway under load.
const LEVEL: i32 = 1;
/// Bytes of a dictionary, and of the samples that it is made of, at most.
const DICTIONARY: usize = 64 << 10;
const SAMPLES: usize = 8 << 20;
/// Samples that a dictionary is made of.
const ENOUGH: usize = 1_000;
/// Samples above that size teach little, and cost much.
const LARGEST_SAMPLE: usize = 64 << 10;
/// Both sides of a record, at most: twice what the server takes at most.
const LARGEST: usize = 1 << 30;

/// Compresses; collects samples until they are enough for a dictionary.
pub(super) struct Packer {
    compressor: Compressor<'static>,
    knows_dictionary: bool,
    /// Until they are enough.
    samples: Option<Vec<Vec<u8>>>,
    sampled: usize,
}

impl Packer {
    pub(super) fn new() -> io::Result<Self> {
        let compressor = Compressor::new(LEVEL)?;
        Ok(Self { compressor, knows_dictionary: false, samples: Some(Vec::new()), sampled: 0 })
    }

    /// The packed form, and whether it takes the dictionary to read it; `keep` is given the dictionary when it is made.
    pub(super) fn pack(
        &mut self,
        sides: &[u8],
        keep: impl FnOnce(&[u8]) -> Result<(), SessionError>,
    ) -> Result<(Vec<u8>, bool), SessionError> {
        if let Some(samples) = self.enough(sides) {
            // Samples that have nothing in common make none: it goes on without, then.
            if let Ok(dictionary) = zstd::dict::from_samples(&samples, DICTIONARY) {
                keep(&dictionary)?;
                self.compressor.set_dictionary(LEVEL, &dictionary)?;
                self.knows_dictionary = true;
            }
        }
        Ok((self.compressor.compress(sides)?, self.knows_dictionary))
    }

    /// Keeps one more sample; all of them once they are enough.
    fn enough(&mut self, sides: &[u8]) -> Option<Vec<Vec<u8>>> {
        let samples = self.samples.as_mut().filter(|_| sides.len() <= LARGEST_SAMPLE)?;
        samples.push(sides.to_vec());
        self.sampled += sides.len();
        if samples.len() < ENOUGH && self.sampled < SAMPLES {
            return None;
        }
        self.samples.take()
    }
}

/// Undoes what a [`Packer`] did.
pub(super) struct Unpacker {
    plain: Decompressor<'static>,
    with_dictionary: Option<Decompressor<'static>>,
}

impl Unpacker {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { plain: Decompressor::new()?, with_dictionary: None })
    }

    pub(super) fn knows_dictionary(&self) -> bool {
        self.with_dictionary.is_some()
    }

    pub(super) fn learn(&mut self, dictionary: &[u8]) -> io::Result<()> {
        self.with_dictionary = Some(Decompressor::with_dictionary(dictionary)?);
        Ok(())
    }

    /// `length` bytes from the packed form; whoever wrote the file may lie about them.
    pub(super) fn unpack(
        &mut self,
        packed: &[u8],
        length: usize,
        with_dictionary: bool,
    ) -> Result<Bytes, SessionError> {
        let damaged = SessionError::Damaged { after: None };
        let unpacker = match (with_dictionary, &mut self.with_dictionary) {
            (false, _) => &mut self.plain,
            (true, Some(unpacker)) => unpacker,
            (true, None) => return Err(damaged),
        };
        if length > LARGEST {
            return Err(damaged);
        }
        match unpacker.decompress(packed, length) {
            Ok(bytes) if bytes.len() == length => Ok(bytes.into()),
            _ => Err(damaged),
        }
    }
}
