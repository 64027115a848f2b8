//! Which operation a page is of, and which of the pages that the operation names.

use crate::diagnostic::did_you_mean;
use crate::grammar::Basis;
use crate::model::{Model, Operation, Page, Service, Unit};
use crate::page;

/// An operation of the spec: positions of service and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) service: usize,
    pub(super) unit: usize,
    pub(super) by: &'static str,
}

/// Why no operation was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// The page names no method and path.
    NoRequest,
    /// More than one operation is on the page.
    Several(Vec<String>),
    /// The spec has no such operation; those that are nearest.
    Unknown { request: String, nearest: Vec<String> },
    /// More than one operation of the spec fits.
    Ambiguous { request: String, operations: Vec<String> },
}

/// The path with its parameters' names left out.
fn shape(path: &str) -> Vec<&str> {
    let segment = |segment| if is_parameter(segment) { "{}" } else { segment };
    path.trim_matches('/').split('/').map(segment).collect()
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

/// All operations with their places.
fn operations(model: &Model) -> impl Iterator<Item = (usize, usize, &Unit, &Operation)> {
    model.services.iter().enumerate().flat_map(|(service, of)| {
        let units = of.units.iter().enumerate();
        units.filter_map(move |(unit, file)| Some((service, unit, file, file.operation.as_ref()?)))
    })
}

/// The operation that a page is of.
pub(super) fn operation(model: &Model, page: &page::Page, head: &str, wanted: Option<&str>) -> Result<Found, Lost> {
    let mut requests: Vec<&page::Request> = Vec::new();
    for request in &page.requests {
        let known =
            |other: &&page::Request| other.method == request.is.method && shape(&other.path) == shape(&request.is.path);
        if !requests.iter().any(known) {
            requests.push(&request.is);
        }
    }
    if requests.len() > 1 && wanted.is_none() {
        return Err(Lost::Several(requests.iter().map(|request| line(request)).collect()));
    }
    if let Some(wanted) = wanted {
        let named = operations(model).find(|(.., operation)| operation.name.value == wanted);
        if let Some((service, unit, ..)) = named {
            return Ok(Found { service, unit, by: "as asked" });
        }
    }
    let Some(request) = requests.first() else { return from_examples(model, page) };
    let same_path: Vec<_> =
        operations(model).filter(|(.., operation)| shape(&operation.http.path) == shape(&request.path)).collect();
    let exact: Vec<_> =
        same_path.iter().filter(|(.., operation)| operation.http.method == request.method).copied().collect();
    let of_page = |(_, _, file, _): &(usize, usize, &Unit, &Operation)| is_of(file, page, head);
    let found = |at: &(usize, usize, &Unit, &Operation), by| Ok(Found { service: at.0, unit: at.1, by });
    match exact.as_slice() {
        [one] => return found(one, "by method and path"),
        [] => {}
        several => {
            if let [one] = several.iter().filter(|at| of_page(at)).collect::<Vec<_>>().as_slice() {
                return found(one, "by method, path and title");
            }
            let title = page.title.as_ref().map_or("", |title| title.is.as_str());
            let is_named = |at: &&(usize, usize, &Unit, &Operation)| names(title, &at.3.name.value);
            if let [one] = several.iter().filter(is_named).collect::<Vec<_>>().as_slice() {
                return found(one, "by method, path and its name in the title");
            }
            let named =
                |at: &(usize, usize, &Unit, &Operation)| format!("{} {}", model.services[at.0].id, at.3.name.value);
            return Err(Lost::Ambiguous { request: line(request), operations: several.iter().map(named).collect() });
        }
    }
    // The vendor may have changed the very method or path; then title or address still tell.
    let near = |(.., operation): &(usize, usize, &Unit, &Operation)| {
        shape(&operation.http.path) == shape(&request.path) || alike(&operation.http.path, &request.path)
    };
    let titled: Vec<_> = operations(model).filter(|at| of_page(at) && near(at)).collect();
    if let [one] = titled.as_slice() {
        return found(one, "by title; method or path differ");
    }
    Err(Lost::Unknown { request: line(request), nearest: nearest(model, request) })
}

fn line(request: &page::Request) -> String {
    format!("{} {}", request.method, request.path)
}

/// Where the page has no URI section, its examples may tell.
fn from_examples(model: &Model, page: &page::Page) -> Result<Found, Lost> {
    let requests = || page.examples.iter().filter_map(|example| example.request.as_ref());
    let mut fitting = operations(model).filter(|(.., operation)| {
        requests().any(|request| {
            operation.http.method == request.method && values(&operation.http.path, &request.path).is_some()
        })
    });
    match (fitting.next(), fitting.next()) {
        (Some((service, unit, ..)), None) => Ok(Found { service, unit, by: "by an example's method and path" }),
        (Some((.., one)), Some((.., other))) => Err(Lost::Ambiguous {
            request: requests().next().map(line).unwrap_or_default(),
            operations: vec![one.name.value.clone(), other.name.value.clone()],
        }),
        (None, _) => match requests().next() {
            Some(request) => Err(Lost::Unknown { request: line(request), nearest: nearest(model, request) }),
            None => Err(Lost::NoRequest),
        },
    }
}

/// The values of a template's parameters in a path; `None` if it does not fit.
pub(super) fn values<'a>(template: &'a str, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let path = path.find("://").map_or(path, |at| path[at + 3..].find('/').map_or("", |slash| &path[at + 3 + slash..]));
    let (template, path) = (template.trim_matches('/').split('/'), path.trim_matches('/').split('/'));
    if template.clone().count() != path.clone().count() {
        return None;
    }
    let mut found = Vec::new();
    for (wanted, given) in template.zip(path) {
        if is_parameter(wanted) {
            found.push((wanted.trim_matches(['{', '}']), given.trim()));
        } else if wanted != given {
            return None;
        }
    }
    Some(found)
}

/// Whether half of the fixed segments, the last among them, are the same.
fn alike(one: &str, other: &str) -> bool {
    let fixed = |path| shape(path).into_iter().filter(|segment| *segment != "{}").collect::<Vec<_>>();
    let (one, other): (Vec<&str>, Vec<&str>) = (fixed(one), fixed(other));
    let common = one.iter().filter(|segment| other.contains(segment)).count();
    common * 2 >= one.len().max(other.len())
}

/// The three operations that are most like a request.
fn nearest(model: &Model, request: &page::Request) -> Vec<String> {
    let folded = |path: &str| shape(path).join("/");
    let wanted = format!("{} {}", request.method, folded(&request.path));
    let mut all: Vec<(usize, String)> = operations(model)
        .map(|(service, _, _, operation)| {
            let name = format!("{} {}", operation.http.method, folded(&operation.http.path));
            let shown = format!(
                "{} {} ({} {})",
                operation.http.method, operation.http.path, model.services[service].id, operation.name.value
            );
            (strsim::damerau_levenshtein(&wanted, &name), shown)
        })
        .collect();
    all.sort();
    all.into_iter().take(3).map(|(_, shown)| shown).collect()
}

/// Whether an operation names this page by address or title.
fn is_of(file: &Unit, page: &page::Page, head: &str) -> bool {
    file.pages.iter().any(|known| {
        known.url.as_deref().is_some_and(|url| mentions(head, url))
            || page.title.as_ref().is_some_and(|title| same_title(&title.is, &known.title))
    })
}

/// Whether a title has the vendor's name of an operation beside words of its own: `Listing Widgets - ListWidgets`.
fn names(title: &str, operation: &str) -> bool {
    title.split([' ', '—', '–']).any(|word| word.eq_ignore_ascii_case(operation))
}

fn same_title(one: &str, other: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    fold(one) == fold(other)
}

/// Whether a text names an address, and not only a longer one.
fn mentions(text: &str, url: &str) -> bool {
    text.match_indices(url).any(|(at, _)| {
        let behind = text[at + url.len()..].chars().next();
        !behind.is_some_and(|c| c.is_alphanumeric() || "/-_.?%=&".contains(c))
    })
}

/// Which of an operation's pages a file is, and why that one.
pub(super) fn entry(file: &Unit, page: &page::Page, head: &str) -> (usize, String) {
    let all = || file.pages.iter().enumerate();
    let by_date = |found: &[usize]| {
        let dated =
            found.iter().copied().filter(|at| page.updated.is_some() && file.pages[*at].updated == page.updated);
        dated.collect::<Vec<_>>()
    };
    let addressed: Vec<usize> = all()
        .filter(|(_, known)| known.url.as_deref().is_some_and(|url| mentions(head, url)))
        .map(|(at, _)| at)
        .collect();
    if let [one] = addressed.as_slice() {
        return (*one, "by its address".to_owned());
    }
    if let [one] = by_date(&addressed).as_slice() {
        return (*one, "by its address and date".to_owned());
    }
    let titled: Vec<usize> = all()
        .filter(|(_, known)| page.title.as_ref().is_some_and(|title| same_title(&title.is, &known.title)))
        .map(|(at, _)| at)
        .collect();
    let dated = by_date(&titled);
    if let [one] = dated.as_slice() {
        return (*one, "by title and date".to_owned());
    }
    let among = if dated.is_empty() { titled } else { dated };
    let because = match (among.contains(&file.lead), among.as_slice()) {
        (true, _) => "by title".to_owned(),
        (false, [one]) => return (*one, "by title".to_owned()),
        (false, _) => "the leading one, for neither address nor title tell".to_owned(),
    };
    (file.lead, because)
}

/// The SDK that a file is of, where other files of the service know its address and this operation does not list it.
///
/// Pages link to each other, so that only addresses of what is no page tell.
pub(super) fn unlisted<'m>(service: &'m Service, file: &Unit, head: &str) -> Option<&'m Page> {
    let known = |url: &str| file.pages.iter().any(|page| page.url.as_deref() == Some(url));
    let mut pages = service.units.iter().flat_map(|unit| &unit.pages).filter(|page| page.basis == Basis::Sdk);
    pages.find(|page| page.url.as_deref().is_some_and(|url| !known(url) && mentions(head, url)))
}

/// The page of that name; `lead` is the leading one, whatever it is called.
pub(super) fn named(file: &Unit, id: &str) -> Result<usize, String> {
    let known: Vec<&str> = file.pages.iter().map(|page| page.id.as_str()).collect();
    let leading = (id == "lead").then_some(file.lead);
    file.pages.iter().position(|page| page.id == id).or(leading).ok_or_else(|| {
        let near = did_you_mean(id, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        format!("{} has no page `{id}`, but {}{near}", file.path, known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::{alike, mentions, names, shape, values};

    #[test]
    fn paths_are_compared_without_their_parameters_names() {
        assert_eq!(shape("/v2/{project_id}/tasks/"), shape("v2/{id}/tasks"));
        assert_ne!(shape("/v2/{project_id}/tasks"), shape("/v3/{project_id}/tasks"));
        assert!(alike("/v2/{p}/tasks/{t}", "/v3/{p}/tasks/{t}"));
        assert!(!alike("/v2/{p}/tasks", "/v3/{p}/templates"));
    }

    #[test]
    fn an_example_fills_in_the_path() {
        assert_eq!(values("/v2/{p}/a", "https://{e}/v2/x1/a"), Some(vec![("p", "x1")]));
        assert_eq!(values("/v2/{p}/a", "/v2/x1/b"), None);
        assert_eq!(values("/v2/{p}/a", "/v2/x1/a/c"), None);
    }

    #[test]
    fn a_title_may_have_the_name_of_the_operation() {
        assert!(names("ListWidgets", "ListWidgets"));
        assert!(names("ListWidgets — Querying widgets", "ListWidgets"));
        assert!(names("查询 - ListWidgets", "ListWidgets"));
        assert!(!names("Listing Widgets", "ListWidgets"));
        assert!(!names("ListWidgetsOld", "ListWidgets"));
        assert!(!names("", "ListWidgets"));
    }

    #[test]
    fn a_longer_address_is_another() {
        assert!(mentions("Source: https://a.b/c.html (x)", "https://a.b/c.html"));
        assert!(mentions("<link href=\"https://a.b/c\">", "https://a.b/c"));
        assert!(!mentions("https://a.b/c/d", "https://a.b/c"));
    }
}
