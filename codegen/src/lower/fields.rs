//! Fields, and the evidence of their facts.

use super::{Lowering, Shape, names};
use crate::decode::{Literal, Spanned, Text};
use crate::diagnostic::{Diagnostic, one_of};
use crate::grammar::{self, Attribution, Fact, Level, Need, TypeExpr, Use};
use crate::model::{Field, PerCloud, Sourced, Sourcing, Ty, Unit};
use crate::name;
use crate::sources::Span;

/// Where evidence is looked up: the unit whose pages are meant.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    unit: usize,
    units: &'a [Unit],
    /// What to point at when the unit has no pages.
    holder: Span,
}

impl<'a> Scope<'a> {
    pub(super) fn new(unit: usize, units: &'a [Unit], holder: Span) -> Self {
        Self { unit, units, holder }
    }

    pub(super) fn of_unit(&self, unit: usize) -> Self {
        Self { unit, ..self.clone() }
    }

    pub(super) fn sourcing(&self, by: &Attribution, outer: Option<Sourcing>, cx: &mut Lowering<'_>) -> Sourcing {
        let unit = &self.units[self.unit];
        let inherited = outer.map_or((self.unit, unit.lead), |outer| outer.page);
        let page =
            by.page.as_ref().map_or(inherited, |name| match unit.pages.iter().position(|page| page.id == name.value) {
                Some(at) => (self.unit, at),
                None => {
                    let known: Vec<&str> = unit.pages.iter().map(|page| page.id.as_str()).collect();
                    let help = one_of(name, &known);
                    cx.error(
                        Diagnostic::error(
                            "unknown-page",
                            name.span,
                            format!("no page of this file is called `{}`", name.value),
                        )
                        .help(help),
                    );
                    inherited
                }
            });
        let of_page = || self.units[page.0].basis_of(page.1);
        let inherited = outer.filter(|_| by.page.is_none()).map(|outer| outer.basis);
        Sourcing {
            basis: by.basis.or(inherited).unwrap_or_else(of_page),
            level: by.level.unwrap_or(Level::Error),
            page,
        }
    }

    /// Facts that are enforced name their page, so their file must have one.
    fn needs_page(&self, cx: &mut Lowering<'_>) {
        if self.units[self.unit].pages.is_empty() && self.units[self.unit].path.ends_with("types.yaml") {
            let message = "types with limits need the page these come from";
            cx.error(
                Diagnostic::error("no-page", self.holder, message)
                    .help("add `pages: [{id, cloud, title, url, updated}]` to this file"),
            );
        }
    }

    /// Facts of one cloud come from its own page, if there is just one.
    fn of_cloud(&self, cloud: &Text, by: Sourcing) -> Sourcing {
        let unit = &self.units[self.unit];
        let mut pages = (0..unit.pages.len()).filter(|at| unit.pages[*at].cloud == cloud.value);
        match (pages.next(), pages.next()) {
            (Some(only), None) => Sourcing { page: (self.unit, only), ..by },
            _ => by,
        }
    }

    /// A fact of one cloud from the page of another is a slip.
    fn page_of(&self, cloud: &Text, by: Sourcing, span: Span, cx: &mut Lowering<'_>) {
        let page = self.units[by.page.0].pages.get(by.page.1);
        // An unknown cloud is reported by itself, on the fact or on the page that should have been the one.
        let is_known = |cloud: &str| cx.clouds.iter().any(|known| known.id == cloud);
        let known = is_known(&cloud.value) && self.units[by.page.0].pages.iter().all(|page| is_known(&page.cloud));
        if let Some(page) = page.filter(|page| known && page.cloud != cloud.value) {
            let message = format!("this fact of {} comes from `{}`, a page of {}", cloud.value, page.id, page.cloud);
            cx.error(
                Diagnostic::error("unknown-page", span, message)
                    .help(format!("name a page of {}: `{{is: …, page: …}}`", cloud.value)),
            );
        }
    }

    fn fact<T: Clone>(&self, fact: Option<&Fact<T>>, outer: Sourcing, cx: &mut Lowering<'_>) -> Option<Sourced<T>> {
        fact.map(|fact| Sourced { is: fact.is.clone(), by: self.sourcing(&fact.by, Some(outer), cx), span: fact.span })
    }
}

pub(super) fn field(
    wire: &Text,
    def: &grammar::Field,
    direction: Use,
    scope: &Scope<'_>,
    cx: &mut Lowering<'_>,
) -> Field {
    if def.need.is_none() && direction == Use::Request {
        let message = format!("`{}` does not say whether it is needed", wire.value);
        cx.error(
            Diagnostic::error("missing-key", wire.span, message)
                .help("add `need: required`, `optional` or `conditional`, as the page's Mandatory column says"),
        );
    }
    let own = Attribution { basis: def.basis, level: None, page: def.page.clone() };
    let by = scope.sourcing(&own, None, cx);
    let ty_by = scope.sourcing(&def.ty.by, Some(by), cx);
    let mut ty = cx.ty(&def.ty.is, def.ty.span);
    let secret = def.sensitive.is_some_and(|sensitive| sensitive.value);
    if secret {
        make_secret(&mut ty);
    }
    macro_rules! per_cloud {
        ($fact:ident) => {{
            let base = scope.fact(def.$fact.as_ref(), by, cx);
            let mut on = Vec::new();
            for (cloud, facts) in def.on.iter() {
                let by = if facts.$fact.is_some() { scope.of_cloud(cloud, by) } else { by };
                if let Some(fact) = scope.fact(facts.$fact.as_ref(), by, cx) {
                    scope.page_of(cloud, fact.by, fact.span, cx);
                    on.push((cloud.value.clone(), fact));
                }
            }
            PerCloud { base, on }
        }};
    }
    for (cloud, _) in def.on.iter() {
        cx.known_cloud(cloud);
    }
    let field = Field {
        rust: cx.rust_name(def.rust.as_ref(), || name::field(wire)),
        need: per_cloud!(need),
        length: per_cloud!(length),
        range: per_cloud!(range),
        items: per_cloud!(items),
        pattern: per_cloud!(pattern),
        default: per_cloud!(default),
        wire: wire.clone(),
        ty,
        ty_span: def.ty.span,
        ty_by,
        by,
        doc: def.doc.as_ref().map(|doc| doc.value.clone()),
        as_text: def
            .wire
            .and_then(|wire: Spanned<grammar::Wire>| (wire.value == grammar::Wire::Text).then_some(wire.span)),
        nullable: def.nullable,
        sensitive: def.sensitive,
        unit: def.unit.as_ref().map(|unit| unit.value.clone()),
        format: def.format.as_ref().map(|format| format.value.clone()),
        deprecated: def.deprecated.as_ref().and_then(|d| d.0.clone()),
        renamed_from: def.renamed_from.as_ref().map(|name| name.value.clone()),
    };
    let limited = [&field.length, &field.range, &field.items].iter().any(|limit| !limit.is_empty());
    if direction == Use::Request && (limited || !field.pattern.is_empty() || matches!(field.ty.leaf(), Ty::Enum(_))) {
        scope.needs_page(cx);
    }
    field
}

fn make_secret(ty: &mut Ty) {
    match ty {
        Ty::List(inner) | Ty::Map(inner) => make_secret(inner),
        Ty::String => *ty = Ty::Secret,
        _ => {}
    }
}

fn behind(span: Span, words: &str) -> Span {
    let length = u32::try_from(words.len()).unwrap_or(0);
    Span { start: span.start.saturating_add(length).min(span.end), ..span }
}

impl Lowering<'_> {
    pub(super) fn ty(&mut self, expr: &TypeExpr, span: Span) -> Ty {
        match expr {
            TypeExpr::Invalid => Ty::Invalid,
            TypeExpr::String => Ty::String,
            TypeExpr::Integer => Ty::Integer,
            TypeExpr::Number => Ty::Number,
            TypeExpr::Boolean => Ty::Boolean,
            TypeExpr::Json => Ty::Json,
            TypeExpr::List(inner) => Ty::List(Box::new(self.ty(inner, behind(span, "list of ")))),
            TypeExpr::Map(inner) => Ty::Map(Box::new(self.ty(inner, behind(span, "map of ")))),
            TypeExpr::Named(name) => match self.resolve_name(&Spanned { value: name.clone(), span }) {
                Some(id) => match self.shapes[id.0] {
                    Shape::Object => Ty::Object(id),
                    Shape::Enum => Ty::Enum(id),
                    Shape::Unclear => Ty::Invalid,
                },
                None => Ty::Invalid,
            },
        }
    }
}

/// The documented default, where absence means that value.
pub(super) fn default_of(field: &Field) -> Option<Literal> {
    field.default.base.as_ref().map(|fact| fact.is.clone())
}

/// Whether a value can be missing although its holder is there.
pub(super) fn is_set_always(field: &Field) -> bool {
    field.need.base.as_ref().is_some_and(|need| need.is == Need::Required)
}

pub(super) fn is_usable(field: &Field) -> bool {
    !names::is_invalid(&field.ty)
}
