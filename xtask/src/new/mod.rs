//! `new`: the beginning of an operation's spec file.

mod skeleton;

use std::path::Path;

use heck::{ToKebabCase as _, ToUpperCamelCase as _};

use crate::cli::New;
use crate::error::{Error, Outcome, Result};
use crate::repo::{self, Repo};
use crate::{term, write};

/// Features of the generated crate that are not services.
const FEATURES: &[&str] = &["client", "default", "native-tls", "reqwest", "rustls", "rustls-no-provider"];

pub(crate) fn run(args: &New, repo: &Repo) -> Result<Outcome> {
    let spec = args.spec.clone().unwrap_or_else(|| repo.spec());
    let known = repo::services(&spec)?;
    let is_known = known.contains(&args.service);
    if !is_known {
        service_name(&args.service)?;
        unknown_service(&args.service, &known, args.begin)?;
    }
    operation_name(&args.operation)?;

    let path = format!("{}/{}.yaml", args.service, args.operation.to_kebab_case());
    let file = spec.join(&path);
    if file.exists() {
        return Err(write::exists(&file));
    }
    if !is_known {
        let path = format!("{}/service.yaml", args.service);
        create(&spec, &path, &skeleton::service(&args.service, &path), repo)?;
    }
    create(&spec, &path, &skeleton::operation(&args.operation, &path), repo)?;
    term::out(
        "next: 1. fill it in from the page; `cargo xtask check` names what is missing, spec/README.md is the grammar\n      \
         2. `cargo xtask generate`, then `cargo test --workspace`\n",
    );
    Ok(Outcome::Good)
}

fn create(spec: &Path, path: &str, text: &str, repo: &Repo) -> Result<()> {
    let file = spec.join(path);
    write::create_new(&file, text)?;
    term::out(&format!("wrote {}\n", repo.shown(&file)));
    Ok(())
}

fn unknown_service(service: &str, known: &[String], make: bool) -> Result<()> {
    if make {
        return Ok(());
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let message = match known.as_slice() {
        [] => format!("no service is called `{service}`; there is none yet"),
        known => format!("no service is called `{service}`; there are {}", known.join(", ")),
    };
    Err(Error::new(message).help(format!("to begin the service `{service}`, add `--new-service`")))
}

/// The name becomes a folder, a feature and a module.
fn service_name(name: &str) -> Result<()> {
    let help = "expected lower-case letters, digits and hyphens, a letter first, such as `oms`";
    let is_plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_plain || !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.ends_with('-') {
        return Err(Error::new(format!("`{name}` is no name for a service")).help(help));
    }
    if FEATURES.contains(&name) {
        let message = format!("`{name}` is no name for a service: a feature of the generated crate has that name");
        return Err(Error::new(message).help(help));
    }
    Ok(())
}

/// The vendor's operation ids are words in upper camel case.
fn operation_name(name: &str) -> Result<()> {
    let is_id = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    if is_id {
        return Ok(());
    }
    let likely = name.to_upper_camel_case();
    let plain = likely.starts_with(|c: char| c.is_ascii_uppercase()) && likely.is_ascii();
    let suggestion = if plain { format!("did you mean `{likely}`? ") } else { String::new() };
    let message = format!("`{name}` is no operation id");
    Err(Error::new(message).help(format!(
        "{suggestion}expected the id as the vendor's SDKs write it, letters and digits with a capital first: `CreateTask`"
    )))
}

#[cfg(test)]
mod tests {
    use super::{operation_name, service_name};

    #[test]
    fn operation_ids() {
        for good in ["CreateTask", "ShowTaskV2", "X"] {
            assert!(operation_name(good).is_ok(), "{good}");
        }
        for (bad, expected) in [
            ("create-task", "`CreateTask`?"),
            ("createTask", "`CreateTask`?"),
            ("Create Task", "`CreateTask`?"),
            ("", "expected the id"),
            ("../X", "expected the id"),
            ("1st", "expected the id"),
        ] {
            let error = operation_name(bad).unwrap_err().to_string();
            assert!(error.contains(expected), "{bad}: {error}");
        }
    }

    #[test]
    fn service_names() {
        for good in ["oms", "drs2", "data-arts"] {
            assert!(service_name(good).is_ok(), "{good}");
        }
        for bad in ["", "OMS", "..", "a/b", "2x", "client", "rustls", "a_b", "a-"] {
            assert!(service_name(bad).is_err(), "{bad}");
        }
    }
}
