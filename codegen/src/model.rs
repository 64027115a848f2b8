//! The spec with every reference resolved and every Rust name chosen: what `check`, `emit` and `diff` work on.

mod flow;

pub(crate) use flow::{By, Marker, Meaning, Paging, Waiter};

use crate::decode::{Literal, Spanned, Text};
use crate::grammar::{
    Auth, Basis, Batch, Bounds, Erratum, Example, HttpLine, Level, Need, Pattern, RuleKind, Supplied, Use, Wire,
};
use crate::sources::Span;

#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) package: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) license: String,
    pub(crate) repository: Option<String>,
    pub(crate) clouds: Vec<Cloud>,
    pub(crate) services: Vec<Service>,
}

#[derive(Clone, Debug)]
pub(crate) struct Cloud {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Base URL of the identity service, with `{region}` in it.
    pub(crate) identity: Option<String>,
    /// Region and base URL, where it is another.
    pub(crate) identity_regions: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) id: String,
    /// Name of the struct that holds the service's methods.
    pub(crate) handle: String,
    pub(crate) title: String,
    pub(crate) doc: Option<String>,
    /// The type of error bodies.
    pub(crate) error: Option<TypeId>,
    pub(crate) endpoints: Vec<Endpoint>,
    /// One per file, `types.yaml` first if there is one.
    pub(crate) units: Vec<Unit>,
    pub(crate) types: Vec<Type>,
}

impl Service {
    /// Whether a mistake in the type was reported, so that nothing is known of its values.
    pub(crate) fn is_invalid(&self, ty: &Ty) -> bool {
        match ty.leaf() {
            Ty::Invalid => true,
            Ty::Object(id) | Ty::Enum(id) => matches!(self.types[id.0].kind, TypeKind::Invalid),
            _ => false,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) cloud: String,
    pub(crate) region: String,
    pub(crate) url: String,
}

/// What comes from one file of the spec and goes to one file of the crate.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) path: String,
    pub(crate) module: String,
    pub(crate) pages: Vec<Page>,
    pub(crate) lead: usize,
    pub(crate) operation: Option<Operation>,
    pub(crate) types: Vec<TypeId>,
    pub(crate) errata: Vec<Erratum>,
}

impl Unit {
    /// What facts from a page rest on unless they say otherwise.
    pub(crate) fn basis_of(&self, page: usize) -> Basis {
        self.pages.get(page).map_or(Basis::Table, |page| page.basis)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) cloud: String,
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) updated: Option<String>,
    /// What its facts rest on unless they say otherwise.
    pub(crate) basis: Basis,
}

/// A type of a service, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(crate) usize);

#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) name: Text,
    pub(crate) rust: String,
    pub(crate) unit: usize,
    pub(crate) doc: Option<String>,
    pub(crate) kind: TypeKind,
}

#[derive(Clone, Debug)]
pub(crate) enum TypeKind {
    Object(Object),
    Enum(Enum),
    /// Neither: reported, and passed over from then on.
    Invalid,
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) direction: Use,
    pub(crate) fields: Vec<Field>,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) wire: Wire,
    pub(crate) values: Vec<Value>,
}

#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) text: Text,
    pub(crate) rust: String,
    pub(crate) doc: Option<String>,
    pub(crate) by: Sourcing,
    pub(crate) deprecated: Option<String>,
}

/// Evidence, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sourcing {
    pub(crate) basis: Basis,
    pub(crate) level: Level,
    /// Unit whose pages are meant, and the page's position there.
    pub(crate) page: (usize, usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Sourced<T> {
    pub(crate) is: T,
    pub(crate) by: Sourcing,
    pub(crate) span: Span,
}

/// A fact, and where clouds differ from it.
#[derive(Clone, Debug)]
pub(crate) struct PerCloud<T> {
    pub(crate) base: Option<Sourced<T>>,
    pub(crate) on: Vec<(String, Sourced<T>)>,
}

impl<T> Default for PerCloud<T> {
    fn default() -> Self {
        Self { base: None, on: Vec::new() }
    }
}

impl<T> PerCloud<T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.base.is_none() && self.on.is_empty()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Sourced<T>> {
        self.base.iter().chain(self.on.iter().map(|(_, fact)| fact))
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Ty {
    Invalid,
    String,
    Secret,
    Integer,
    Number,
    Boolean,
    Json,
    List(Box<Ty>),
    Map(Box<Ty>),
    Object(TypeId),
    Enum(TypeId),
}

impl Ty {
    /// What remains below lists and maps.
    pub(crate) fn leaf(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.leaf(),
            other => other,
        }
    }

    pub(crate) fn is_collection(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) wire: Text,
    pub(crate) rust: String,
    pub(crate) ty: Ty,
    pub(crate) ty_span: Span,
    /// Evidence of the type, which may be other than that of the field.
    pub(crate) ty_by: Sourcing,
    pub(crate) need: PerCloud<Need>,
    pub(crate) by: Sourcing,
    pub(crate) doc: Option<String>,
    pub(crate) length: PerCloud<Bounds>,
    pub(crate) range: PerCloud<Bounds>,
    pub(crate) items: PerCloud<Bounds>,
    pub(crate) pattern: PerCloud<Pattern>,
    pub(crate) default: PerCloud<Literal>,
    pub(crate) as_text: Option<Span>,
    pub(crate) nullable: bool,
    pub(crate) sensitive: Option<Spanned<bool>>,
    pub(crate) unit: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) renamed_from: Option<String>,
}

impl Field {
    /// Whether Rust demands a value.
    pub(crate) fn is_required(&self) -> bool {
        self.need.base.as_ref().is_some_and(|need| need.is == Need::Required)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Body,
}

impl Location {
    pub(crate) const ALL: [Self; 4] = [Self::Path, Self::Query, Self::Header, Self::Body];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
        }
    }
}

/// A value of a request that its caller does not give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilledBy {
    Client(Supplied),
    Credentials,
}

#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) location: Location,
    pub(crate) filled: Option<FilledBy>,
    pub(crate) field: Field,
}

impl Input {
    pub(crate) fn place(&self) -> String {
        format!("{}.{}", self.location.word(), self.field.wire.value)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) name: Text,
    pub(crate) rust: String,
    /// Name of the method on the service.
    pub(crate) method: String,
    pub(crate) title: String,
    pub(crate) doc: Option<String>,
    pub(crate) http: HttpLine,
    pub(crate) http_span: Span,
    pub(crate) idempotent: bool,
    pub(crate) auth: Auth,
    pub(crate) deprecated: Option<String>,
    /// The vendor's id that it had before.
    pub(crate) renamed_from: Option<String>,
    pub(crate) has_body: bool,
    /// Path parameters in path order, then query, header and body as written.
    pub(crate) inputs: Vec<Input>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) responses: Vec<Answer>,
    pub(crate) batch: Option<Batch>,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) paging: Option<Paging>,
    pub(crate) examples: Vec<Example>,
}

impl Operation {
    /// What callers give.
    pub(crate) fn given(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| input.filled.is_none())
    }

    /// Name of the method that gives pages.
    pub(crate) fn pages_method(&self) -> String {
        format!("{}_pages", self.method)
    }

    /// The documented answer of a successful call.
    pub(crate) fn success(&self) -> Option<&Answer> {
        let mut successes = self.responses.iter().filter(|answer| (200..300).contains(&answer.status));
        let first = successes.clone().next();
        successes.find(|answer| !matches!(answer.body, Payload::None)).or(first)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Payload,
    /// Where its type is named.
    pub(crate) span: Span,
    pub(crate) doc: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Payload {
    None,
    Text,
    Binary,
    Json,
    Is(Ty),
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) id: Text,
    pub(crate) kind: RuleKind,
    pub(crate) fields: Vec<FieldPath>,
    pub(crate) when: Vec<(FieldPath, Condition)>,
    pub(crate) by: Sourcing,
    pub(crate) doc: Option<String>,
}

/// A field as a rule names it, from the value that holds the rule.
#[derive(Clone, Debug)]
pub(crate) struct FieldPath {
    /// As in findings: `body.src_node.ak` from an operation, `ak` from a type.
    pub(crate) place: String,
    pub(crate) span: Span,
    pub(crate) steps: Vec<Step>,
    pub(crate) ty: Ty,
    pub(crate) default: Option<Literal>,
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) rust: String,
    pub(crate) required: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    AnyOf(Vec<Spanned<Literal>>),
    NoneOf(Vec<Spanned<Literal>>),
    Present(bool),
}
