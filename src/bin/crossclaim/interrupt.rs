//! What happens when the user interrupts, or the program crashes: files that were begun go, whatever was there before stays, and the
//! status is the shell's own for an interrupt, and Rust's for a crash.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// 128 and the number of the signal, as shells tell it.
const INTERRUPTED: i32 = 130;

/// What a Rust program ends with that crashes. As it is released, this one has no unwinding that would end it so.
const CRASHED: i32 = 101;

/// The files that are being written.
static BEGUN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Sees to it that an interrupt and a crash leave nothing half done. Where that cannot be had, an interrupt ends the program as it
/// would any other.
pub(crate) fn prepare() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |crash| {
        usual(crash);
        // Whoever crashed may have been just here.
        if let Ok(begun) = BEGUN.try_lock() {
            begun.iter().for_each(|file| drop(std::fs::remove_file(file)));
        }
        std::process::exit(CRASHED);
    }));
    let _ = ctrlc::set_handler(|| {
        // Held to the end, so that no file is begun after those there were are gone.
        let begun = BEGUN.lock().unwrap_or_else(PoisonError::into_inner);
        for file in begun.iter() {
            let _ = std::fs::remove_file(file);
        }
        let mut stderr = std::io::stderr();
        if stderr.is_terminal() {
            // The line of a progress bar, or of a question, ends here.
            let _ = stderr.write_all(b"\r\x1b[K");
        }
        let _ = stderr.write_all(b"interrupted\n");
        std::process::exit(INTERRUPTED);
    });
}

/// A file that goes with an interrupt, as long as this value lives.
pub(crate) struct Begun(PathBuf);

impl Begun {
    /// Remembers `file`, which is about to be written.
    pub(crate) fn new(file: &Path) -> Self {
        BEGUN.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned());
        Self(file.to_owned())
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        BEGUN.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}
