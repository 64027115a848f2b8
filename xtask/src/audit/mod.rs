//! `audit`: saved pages against the spec.

mod accept;
mod files;

use migration_codegen::Sources;
use migration_codegen::audit::{Auditor, Options, Reason, Refused, Report, Show};
use serde_json::{Value, json};

use crate::cli::Audit;
use crate::date::Date;
use crate::diagnostics::Format;
use crate::error::{Error, Outcome, Result};
use crate::repo::Repo;
use crate::term::{self, count};
use crate::tree;

pub(crate) use accept::stale;
pub(crate) use files::collect;

pub(crate) fn run(args: &Audit, repo: &Repo) -> Result<Outcome> {
    let spec = args.spec.clone().unwrap_or_else(|| repo.spec());
    let root = repo.shown(&spec);
    let sources = tree::read_spec(&spec)?;
    let auditor = match Auditor::new(&sources) {
        Ok(auditor) => auditor,
        Err(mistakes) => {
            term::err(&mistakes.render(&sources, &root, term::color()));
            return Err(Error::new(format!(
                "the spec `{root}` has mistakes, so there is nothing to compare pages with"
            ))
            .help("mend what is named above; `cargo xtask check` says when it is good"));
        }
    };
    let (files, passed_over) = collect(&args.pages)?;
    let options = Options { page: args.page.clone(), operation: args.operation.clone() };
    let pages: Vec<Audited> = files
        .into_iter()
        .map(|file| {
            let result = files::read(&file).and_then(|bytes| auditor.audit(&bytes, &options));
            Audited { shown: file.display().to_string(), result }
        })
        .collect();
    show(args, &root, &pages);
    if args.accept {
        accept::accept(&spec, &sources, &pages, args.today.unwrap_or_else(Date::today), args.format)?;
    }
    if pages.len() != 1 || passed_over > 0 {
        args.format.say(&summary(&pages, passed_over, args.accept));
    }
    outcome(args, &pages)
}

/// A file and what came of it.
pub(crate) struct Audited {
    shown: String,
    result: std::result::Result<Report, Refused>,
}

impl Audited {
    /// Whether it is no page of ours: nothing is wrong with it, but there is nothing to compare either.
    fn is_passed_over(&self) -> bool {
        self.result
            .as_ref()
            .err()
            .is_some_and(|refused| matches!(refused.reason, Reason::NoOperation | Reason::Unknown))
    }

    /// Whether it is of an operation that the spec does not have.
    fn is_unknown(&self) -> bool {
        self.result.as_ref().err().is_some_and(|refused| refused.reason == Reason::Unknown)
    }
}

fn show(args: &Audit, root: &str, pages: &[Audited]) {
    if args.format == Format::Json {
        let all: Vec<Value> = pages.iter().map(json).collect();
        let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
        text.push('\n');
        term::out(&text);
        return;
    }
    for page in pages {
        match &page.result {
            Ok(report) if args.propose => {
                let head = format!("# {}: {} {}\n", page.shown, report.service, report.operation);
                let text =
                    if report.proposal.is_empty() { "# the spec lacks nothing of it\n" } else { &report.proposal };
                term::out(&format!("{head}{text}\n"));
            }
            Ok(report) => {
                let show = Show { page: &page.shown, root, verbose: args.verbose };
                term::out(&format!("{}\n", report.render(show)));
            }
            Err(refused) if page.is_passed_over() => {
                term::out(&format!("{}: not compared: {}\n", page.shown, refused.message));
                if page.is_unknown() {
                    term::out(&format!("  {}\n", refused.help));
                }
            }
            Err(refused) => {
                term::err(&format!("error: `{}`: {}\nhelp: {}\n", page.shown, refused.message, refused.help));
            }
        }
    }
}

fn json(page: &Audited) -> Value {
    match &page.result {
        Ok(report) => {
            let mut value = serde_json::to_value(report).unwrap_or_default();
            if let Some(object) = value.as_object_mut() {
                // A page may be audited under `file`, which the report uses for that of the spec.
                let spec = object.remove("file").unwrap_or_default();
                object.insert("spec_file".to_owned(), spec);
                object.insert("page_file".to_owned(), json!(page.shown));
            }
            value
        }
        Err(refused) => json!({
            "page_file": page.shown, "refused": refused.reason, "message": refused.message, "help": refused.help,
        }),
    }
}

fn summary(pages: &[Audited], passed_over: usize, accepting: bool) -> String {
    let reports: Vec<&Report> = pages.iter().filter_map(|page| page.result.as_ref().ok()).collect();
    let refused =
        |of: fn(&Refused) -> bool| pages.iter().filter(|page| page.result.as_ref().err().is_some_and(of)).count();
    let drifted = reports.iter().filter(|report| drifts(report, accepting)).count();
    let facts = |of: fn(&Report) -> usize| reports.iter().map(|report| of(report)).sum::<usize>();
    format!(
        "{}: {} compared, {drifted} of them with drift; {} of no operation, {} of operations that the spec does not have, {} not readable or unclear{}\n\
         {}: {} agree, {} drift, {} cannot be checked, {} contradicted by the page itself, {} of other pages\n",
        count(pages.len(), "page"),
        reports.len(),
        refused(|refused| refused.reason == Reason::NoOperation),
        refused(|refused| refused.reason == Reason::Unknown),
        refused(|refused| matches!(refused.reason, Reason::Unreadable | Reason::Unclear)),
        if passed_over == 0 {
            String::new()
        } else {
            format!("; {} of other kinds passed over", count(passed_over, "file"))
        },
        count(facts(|report| report.facts.all), "fact"),
        facts(|report| report.facts.agree),
        facts(|report| report.facts.drift),
        facts(|report| report.facts.cannot_check),
        facts(|report| report.facts.contradictions),
        facts(|report| report.facts.elsewhere),
    )
}

/// Whether there is anything to edit. What is accepted in this very run is no longer reworded.
fn drifts(report: &Report, accepting: bool) -> bool {
    use migration_codegen::audit::Kind;
    report.findings.iter().any(|finding| finding.kind.is_drift() && !(accepting && finding.kind == Kind::Reworded))
}

fn outcome(args: &Audit, pages: &[Audited]) -> Result<Outcome> {
    let unread = pages.iter().filter(|page| page.result.is_err() && !page.is_passed_over()).count();
    if unread > 0 {
        return Err(Error::new(format!("{} could not be compared", count(unread, "page"))));
    }
    let reports = || pages.iter().filter_map(|page| page.result.as_ref().ok());
    if reports().next().is_none() {
        let error = Error::new("there is nothing to compare");
        return Err(match pages {
            // Its help stands above, beside the page.
            [page] if args.format == Format::Text && page.is_unknown() => error,
            [Audited { result: Err(refused), .. }] => error.help(refused.help.as_str()),
            _ => error.help("name pages of operations that the spec has"),
        });
    }
    let doubtful = || args.strict && reports().any(Report::has_doubts);
    if reports().any(|report| drifts(report, args.accept)) || doubtful() {
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Good)
}

/// The pages of all services that were read, from the spec's own files.
fn locks(sources: &Sources) -> impl Iterator<Item = (&str, migration_codegen::audit::Lock)> {
    sources.iter().filter_map(|(path, text)| {
        let service = path.strip_suffix("/pages.lock")?;
        Some((service, migration_codegen::audit::Lock::read(&String::from_utf8_lossy(text)).ok()?))
    })
}
