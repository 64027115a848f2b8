//! `measure`: what a program and all it started cost. A process of its own, so that each measurement begins at nothing.

#[cfg(unix)]
pub(crate) use self::unix::{own_cpu, run};

#[cfg(unix)]
mod unix {
    use std::ffi::OsString;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    use crate::error::{Error, Outcome, Result};
    use crate::term;

    /// Runs a program and prints its CPU time in microseconds, its own and the kernel's for it, and its peak memory in bytes.
    pub(crate) fn run(command: &[OsString]) -> Result<Outcome> {
        let (program, args) = command.split_first().ok_or_else(|| Error::new("there is no program to measure"))?;
        let program = Path::new(program);
        let status = Command::new(program)
            .args(args)
            .stdout(Stdio::null())
            .status()
            .map_err(|error| Error::io("run", program, &error))?;
        if !status.success() {
            return Err(Error::new(format!("`{}` failed: {status}", program.display())));
        }
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN)
            .map_err(|error| Error::new(format!("cannot read what `{}` cost: {error}", program.display())))?;
        // The unit of memory is the one thing that systems do not agree on.
        let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
        let (user, system) = (usage.user_time().num_microseconds(), usage.system_time().num_microseconds());
        term::out(&format!("{user} {system} {}\n", usage.max_rss() * unit));
        Ok(Outcome::Good)
    }

    /// CPU time that this process has used.
    pub(crate) fn own_cpu() -> Duration {
        getrusage(UsageWho::RUSAGE_SELF).map_or(Duration::ZERO, |usage| {
            let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
            Duration::from_micros(u64::try_from(micros).unwrap_or_default())
        })
    }
}

/// Only Unix systems say what a child cost.
#[cfg(not(unix))]
pub(crate) fn run(_: &[std::ffi::OsString]) -> crate::error::Result<crate::error::Outcome> {
    Err(crate::error::Error::new("what a program costs is measured on Unix systems only"))
}

#[cfg(not(unix))]
pub(crate) fn own_cpu() -> std::time::Duration {
    std::time::Duration::ZERO
}
