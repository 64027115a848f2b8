//! What a table is: as its caption says, or guessed.

use crate::page::facts::{At, Confidence, Part, Request, Row, Side, TypeName};
use crate::page::words::{self, Section};

/// Where a table stands.
pub(super) struct Place<'a> {
    pub(super) section: Section,
    pub(super) status: Option<u16>,
    pub(super) caption: Option<&'a str>,
    /// The type that the text calls the body's.
    pub(super) body: Option<&'a str>,
    pub(super) requests: &'a [At<Request>],
}

/// The tables of one request or answer so far, to tell what the next one is of.
#[derive(Default)]
pub(super) struct Owners {
    has_body: bool,
    /// Whether there was any table but headers and parameters of the path.
    any: bool,
    /// Object types and objects that rows name and no table has explained yet, in order.
    unexplained: Vec<String>,
}

/// More types than any page names are not looked through.
const TYPES: usize = 256;

impl Owners {
    pub(super) fn next_answer(&mut self) {
        *self = Self::default();
    }

    fn note(&mut self, part: &Part, rows: &[Row]) {
        match part {
            Part::Body | Part::Query => (self.any, self.has_body) = (true, true),
            Part::Nested(name) => self.unexplained.retain(|known| known != name),
            _ => (),
        }
        for row in rows {
            let name = match row.ty.as_ref().map(|ty| leaf(&ty.is)) {
                Some(TypeName::Object(Some(name))) => name,
                Some(TypeName::Object(None)) => &row.name,
                _ => continue,
            };
            let own = matches!(part, Part::Nested(known) if known == name);
            if !own && self.unexplained.len() < TYPES && !self.unexplained.contains(name) {
                self.unexplained.push(name.clone());
            }
        }
    }
}

fn leaf(ty: &TypeName) -> &TypeName {
    match ty {
        TypeName::Array(inner) | TypeName::Map(inner) => leaf(inner),
        ty => ty,
    }
}

pub(super) fn classify(place: &Place<'_>, rows: &[Row], owners: &mut Owners) -> (Side, Part, Confidence) {
    let side = if place.section == Section::Statuses { Side::Unknown } else { place.section.side() };
    let said = place.caption.and_then(words::part_of);
    let (side, part, confidence) = match said {
        Some((_, Part::Nested(name))) if place.body == Some(name.as_str()) => (side, Part::Body, Confidence::Captioned),
        // A page with a body names it first, whatever its type is called.
        Some((Side::Unknown, Part::Nested(name)))
            if side != Side::Unknown && !owners.any && !owners.unexplained.contains(&name) =>
        {
            (side, Part::Body, Confidence::Guessed)
        }
        // The path tells them apart.
        Some((Side::Request, Part::PathOrQuery)) if !place.requests.is_empty() => {
            (Side::Request, guess(&Place { section: Section::Uri, ..*place }, rows, owners), Confidence::Guessed)
        }
        Some((said, part)) => (if said == Side::Unknown { side } else { said }, part, Confidence::Captioned),
        None => (side, guess(place, rows, owners), Confidence::Guessed),
    };
    let side = if side == Side::Unknown && place.status.is_some() { Side::Answer } else { side };
    owners.note(&part, rows);
    (side, part, confidence)
}

fn guess(place: &Place<'_>, rows: &[Row], owners: &Owners) -> Part {
    let names = || rows.iter().map(|row| row.name.as_str());
    if let Some(part) = placed(rows) {
        return part;
    }
    let headers = names().next().is_some() && names().all(is_header);
    let nested = || owners.unexplained.first().map_or(Part::Unclear, |name| Part::Nested(name.clone()));
    match place.section {
        Section::Uri => {
            let in_path = |name: &str| place.requests.iter().any(|at| at.is.path.contains(&format!("{{{name}}}")));
            match (names().all(in_path), names().any(in_path)) {
                (true, true) => Part::Path,
                (_, false) if !place.requests.is_empty() && names().next().is_some() => Part::Query,
                _ => Part::PathOrQuery,
            }
        }
        Section::Request | Section::Answer if headers => Part::Header,
        Section::Request if !owners.has_body => {
            let gets = place.requests.iter().any(|at| at.is.method == "GET");
            if gets { Part::Query } else { Part::Body }
        }
        Section::Answer if !owners.has_body => Part::Body,
        Section::Request | Section::Answer => nested(),
        _ => Part::Unclear,
    }
}

/// What a column says that tells where each parameter goes.
fn placed(rows: &[Row]) -> Option<Part> {
    let places: Option<Vec<String>> =
        rows.iter().map(|row| row.place.as_ref().map(|place| place.to_lowercase())).collect();
    let places = places.filter(|places| !places.is_empty())?;
    let all = |known: &[&str]| places.iter().all(|place| known.contains(&place.as_str()));
    Some(if all(&["path"]) {
        Part::Path
    } else if all(&["query"]) {
        Part::Query
    } else if all(&["path", "query"]) {
        Part::PathOrQuery
    } else if all(&["header"]) {
        Part::Header
    } else if all(&["body"]) {
        Part::Body
    } else {
        Part::Unclear
    })
}

fn is_header(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with("x-")
        || matches!(
            lower.as_str(),
            "content-type" | "content-length" | "authorization" | "accept" | "host" | "date" | "location"
        )
}
