//! Compressed files → the bytes in them: gzip and Zstandard, told by their first bytes.
//!
//! What it gives out is bounded: a few kilobytes can hold gigabytes, and a run must not end in them.

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// The endings of names that say a file is compressed, in lower case.
const ENDINGS: &[&str] = &[".gz", ".gzip", ".zst", ".zstd"];

const GZIP: [u8; 3] = [0x1F, 0x8B, 0x08];

const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// `name`, the last part of a path, without the ending that says it is compressed.
pub(super) fn inner_name(name: &str) -> &str {
    let ending = ENDINGS.iter().find(|ending| {
        let start = name.len().saturating_sub(ending.len());
        start > 0 && name.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    });
    ending.map_or(name, |ending| &name[..name.len() - ending.len()])
}

/// The bytes in `file`, unpacked where it is compressed; reading fails after `limit` unpacked bytes.
pub(super) fn unpack(file: impl Read + 'static, limit: u64) -> io::Result<Box<dyn Read>> {
    unpack_within(file, Bounds { limit, always: ALWAYS })
}

/// How much may be unpacked.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    /// At most, in bytes.
    limit: u64,
    /// Whatever it was packed to, in bytes.
    always: u64,
}

fn unpack_within(file: impl Read + 'static, bounds: Bounds) -> io::Result<Box<dyn Read>> {
    let taken = Rc::new(Cell::new(0));
    let mut file = BufReader::new(Counted { file, taken: Rc::clone(&taken) });
    let head = first_bytes(&mut file)?;
    Ok(if head.starts_with(&GZIP) {
        Box::new(Bounded { inner: MultiGzDecoder::new(file), kind: "gzip", given: 0, bounds, taken })
    } else if head.starts_with(&ZSTD) {
        Box::new(Bounded { inner: Frames::new(file), kind: "zstd", given: 0, bounds, taken })
    } else {
        Box::new(file)
    })
}

/// A file that counts the bytes taken from it.
struct Counted<R> {
    file: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.taken.set(self.taken.get() + count as u64);
        Ok(count)
    }
}

/// What the buffer holds after its first filling, which a short read may leave shorter than the longest mark.
fn first_bytes(file: &mut impl BufRead) -> io::Result<&[u8]> {
    loop {
        match file.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            Ok(_) => break,
        }
    }
    file.fill_buf()
}

/// Gives out no more of a decoder than its bounds allow, and says in its errors what they are about.
struct Bounded<R> {
    inner: R,
    kind: &'static str,
    given: u64,
    bounds: Bounds,
    /// Bytes of the packed file that were read.
    taken: Rc<Cell<u64>>,
}

/// Text unpacks to some three to twenty times its packed size, and tables of one row repeated to some hundred. What unpacks to
/// more was made to fill a memory.
const MOST_TIMES: u64 = 200;

/// So much, in bytes, may be unpacked whatever it was packed to.
const ALWAYS: u64 = 32 << 20;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        // One byte more than is left tells a file that ends at the limit from one that goes on.
        let left = self.bounds.limit - self.given;
        let room = usize::try_from(left.saturating_add(1)).unwrap_or(usize::MAX).min(buffer.len());
        let read = match self.inner.read(&mut buffer[..room]) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => {
                return Err(io::Error::other(format!("the {} data is damaged or cut off ({error})", self.kind)));
            }
        };
        if read as u64 > left {
            let limit = match self.bounds.limit {
                limit if limit >= 1 << 20 => format!("{} MiB", limit >> 20),
                limit => format!("{limit} bytes"),
            };
            let message = format!(
                "the {} data unpacks to more than {limit}; unpack it yourself if you trust it, or raise \
                 `max-unpacked-bytes` under [read]",
                self.kind
            );
            return Err(io::Error::other(message));
        }
        self.given += read as u64;
        if self.given > self.bounds.always.max(self.taken.get().saturating_mul(MOST_TIMES)) {
            let message = format!(
                "the {} data unpacks to more than {MOST_TIMES} times its size, as no text does; unpack it yourself if you \
                 trust it",
                self.kind
            );
            return Err(io::Error::other(message));
        }
        Ok(read)
    }
}

/// The frames of a Zstandard file, one after another, as parallel and appending writers leave them.
struct Frames<R> {
    file: R,
    decoder: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(file: R) -> Self {
        Self { file, decoder: FrameDecoder::new(), inside: false }
    }

    /// Opens the next frame that holds data; tells whether there is one.
    fn next(&mut self) -> io::Result<bool> {
        loop {
            if self.file.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.init(&mut self.file) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.file.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside && !self.next()? {
                return Ok(0);
            }
            self.inside = true;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.file, one).map_err(io::Error::other)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            let told = self.decoder.get_checksum_from_data();
            if told.is_some() && told != self.decoder.get_calculated_checksum() {
                return Err(io::Error::other("the checksum is wrong"));
            }
            self.inside = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::{Cursor, Write};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn unpacked(bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, String> {
        let mut all = Vec::new();
        let mut file = unpack(Cursor::new(bytes), limit).map_err(|error| error.to_string())?;
        file.read_to_end(&mut all).map_err(|error| error.to_string())?;
        Ok(all)
    }

    #[test]
    fn what_was_packed_comes_out_also_in_several_members() {
        for pack in [gzip, zstd] {
            let bytes = [pack(b"It rained."), pack(b""), pack(b" It snowed.")].concat();
            assert_eq!(unpacked(bytes, 1000).unwrap(), b"It rained. It snowed.");
        }
        assert_eq!(unpacked(b"It rained.".to_vec(), 3).unwrap(), b"It rained.", "plain bytes have no limit here");
        assert_eq!(unpacked(Vec::new(), 3).unwrap(), b"");
        // A frame that holds no data, as `pzstd` writes them.
        let skipped = [&[0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9], zstd(b"dry").as_slice()].concat();
        assert_eq!(unpacked([zstd(b"wet, "), skipped].concat(), 1000).unwrap(), b"wet, dry");
    }

    #[test]
    fn nothing_is_unpacked_beyond_the_limit() {
        for pack in [gzip, zstd] {
            let packed = pack(&vec![b'a'; 5000]);
            assert!(packed.len() < 500);
            assert_eq!(unpacked(packed.clone(), 5000).unwrap().len(), 5000);
            let error = unpacked(packed, 4999).unwrap_err();
            assert!(error.contains("more than 4999 bytes") && error.contains("max-unpacked-bytes"), "{error}");
        }
    }

    #[test]
    fn what_unpacks_without_measure_is_refused_long_before_the_limit() {
        for pack in [gzip, zstd] {
            let packed = pack(&vec![b'a'; 2_000_000]);
            let bounds = Bounds { limit: 1 << 40, always: 300_000 };
            let mut all = Vec::new();
            let error =
                unpack_within(Cursor::new(packed), bounds).unwrap().read_to_end(&mut all).unwrap_err().to_string();
            assert!(error.contains("200 times") && all.len() <= 310_000, "{error}");
        }
    }

    #[test]
    fn damaged_data_is_no_text() {
        for pack in [gzip, zstd] {
            let whole = pack(b"It rained for many days and the river rose over the old bridge of Ellery.");
            for end in 5..whole.len() {
                let error = unpacked(whole[..end].to_vec(), 1000);
                assert!(error.is_err_and(|error| error.contains("damaged or cut off")), "{end} of {}", whole.len());
            }
            let mut flipped = whole.clone();
            flipped[whole.len() - 1] ^= 1;
            assert!(unpacked(flipped, 1000).is_err(), "a wrong checksum");
        }
    }

    #[test]
    fn the_ending_of_a_packed_name_comes_off_once() {
        assert_eq!(inner_name("Courier.TXT.GZ"), "Courier.TXT");
        assert_eq!(inner_name("a.jsonl.zst"), "a.jsonl");
        assert_eq!(inner_name("a.gz.gz"), "a.gz");
        assert_eq!(inner_name(".gz"), ".gz");
        assert_eq!(inner_name("é.gz"), "é");
        assert_eq!(inner_name("a.txt"), "a.txt");
    }
}
