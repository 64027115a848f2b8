//! `synthesize`: a spec of any size.

use std::fs;
use std::io;
use std::path::Path;

use migration_codegen::{Sources, synthetic};

use crate::cli::Synthesize;
use crate::error::{Error, Outcome, Result};
use crate::term;
use crate::write;

pub(crate) fn run(args: &Synthesize) -> Result<Outcome> {
    let is_empty = match fs::read_dir(&args.dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(Error::io("read the folder", &args.dir, &error)),
    };
    if !is_empty {
        let message = format!("`{}` is not empty", args.dir.display());
        return Err(Error::new(message).help("name an empty folder, or one that does not exist"));
    }
    let sources = synthetic::spec(args.operations as usize);
    write_spec(&sources, &args.dir)?;
    term::out(&format!(
        "{}: {} in {}\n",
        args.dir.display(),
        term::count(args.operations as usize, "operation"),
        term::count(sources.iter().count(), "file")
    ));
    Ok(Outcome::Good)
}

/// Writes the files of a spec into an empty folder.
pub(crate) fn write_spec(sources: &Sources, dir: &Path) -> Result<()> {
    for (path, bytes) in sources.iter() {
        write::create_new(&dir.join(path), &String::from_utf8_lossy(bytes))?;
    }
    Ok(())
}
