//! Standard output, or a file that is either written whole or not touched.

use crate::exit::Failure;
use crate::interrupt::Begun;
use crate::terminal::Destination;
use crossclaim::error::{Error, ErrorKind};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Runs `write` on standard output, or on `file` if one is given.
pub(crate) fn write_to(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match file {
        Some(path) => write_file(path, write),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            write(&mut out)?;
            Ok(out.flush()?)
        }
    }
}

/// Where [`write_to`] writes.
pub(crate) fn destination(file: Option<&Path>) -> Destination {
    if file.is_some() { Destination::File } else { Destination::Screen }
}

/// Writes beside the file and renames, so that a reader never sees half a report and a failure leaves the old one.
fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Run(Error::new(ErrorKind::Output, format!("cannot write {}: {error}", path.display()))),
    };
    let Some(name) = path.file_name() else {
        return Err(Failure::usage(format!("{} names no file to write to", path.display())));
    };
    // A device or pipe (`-o /dev/stdout`) cannot be replaced; it is written to as it is.
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let mut out = BufWriter::new(File::create(path).map_err(failed)?);
        return write(&mut out).and_then(|()| out.flush()).map_err(failed);
    }
    let beside = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let _begun = Begun::new(&beside);
    let result = write_whole(&beside, write).and_then(|()| fs::rename(&beside, path));
    if result.is_err() {
        // Whatever went wrong is reported; a leftover that cannot be removed either adds nothing to it.
        let _ = fs::remove_file(&beside);
    }
    result.map_err(failed)
}

fn write_whole(path: &PathBuf, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
