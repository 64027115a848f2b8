//! What a command costs, measured by a child of its own (`measure`).

use std::process::{Command, Stdio};
use std::time::Duration;

use super::median;
use crate::error::{Error, Result};

/// CPU time and peak memory of a command and all it started; the peak is that of its largest process.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) user: Duration,
    /// What the kernel did for it, such as writing files: the less steady part.
    pub(super) system: Duration,
    pub(super) peak: u64,
}

impl Cost {
    /// Runs the command and measures it.
    pub(super) fn of(command: &Command) -> Result<Self> {
        let own = std::env::current_exe()
            .map_err(|error| Error::new(format!("cannot find this program to run it again: {error}")))?;
        let mut measure = Command::new(own);
        measure.arg("measure").arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => measure.env(name, value),
                None => measure.env_remove(name),
            };
        }
        let output = measure.output().map_err(|error| Error::new(format!("cannot run this program again: {error}")))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Error::new(format!("a measured command failed:\n{}", said.trim_end())));
        }
        Self::parse(&String::from_utf8_lossy(&output.stdout))
            .ok_or_else(|| Error::new("a measured command printed no measurement"))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace().map(|number| number.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        Some(Self { user: Duration::from_micros(next()?), system: Duration::from_micros(next()?), peak: next()? })
    }

    pub(super) fn cpu(&self) -> Duration {
        self.user + self.system
    }

    /// The median times and the highest peak.
    pub(super) fn typical(costs: &[Self]) -> Self {
        Self {
            user: median(costs.iter().map(|cost| cost.user).collect()),
            system: median(costs.iter().map(|cost| cost.system).collect()),
            peak: costs.iter().map(|cost| cost.peak).max().unwrap_or_default(),
        }
    }
}
