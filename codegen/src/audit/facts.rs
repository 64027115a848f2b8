//! What the spec says of one operation, fact by fact, each with the place on a page where it should stand.

use std::collections::BTreeSet;

use super::claims::{Claim, Fact, Holder};
use crate::model::{
    Field, Location, Operation, Payload, PerCloud, Service, Sourced, Sourcing, Ty, TypeId, TypeKind, Unit,
};
use crate::sources::Span;

/// All facts of a unit's operation, in the order of a page.
pub(super) fn facts(service: &Service, unit: usize) -> Vec<Fact<'_>> {
    let Some((file, operation)) = service.units.get(unit).and_then(|file| Some((file, file.operation.as_ref()?)))
    else {
        return Vec::new();
    };
    let lead =
        Sourcing { basis: file.basis_of(file.lead), level: crate::grammar::Level::Error, page: (unit, file.lead) };
    let mut list = List { service, lead, facts: Vec::new() };
    list.operation(operation);
    for input in &operation.inputs {
        list.field(&Holder::Inputs(input.location), input.location.word(), &input.field);
    }
    list.body(operation);
    for answer in &operation.responses {
        list.answer(answer);
    }
    list.examples(file, operation);
    list.rules(file, operation);
    list.facts
}

struct List<'s> {
    service: &'s Service,
    lead: Sourcing,
    facts: Vec<Fact<'s>>,
}

impl<'s> List<'s> {
    fn push(&mut self, holder: &Holder, at: String, name: &'s str, by: Sourcing, span: Span, claim: Claim<'s>) {
        self.facts.push(Fact { holder: *holder, at, name, by, cloud: None, span, claim });
    }

    fn operation(&mut self, operation: &'s Operation) {
        let (lead, at) = (self.lead, || "operation".to_owned());
        let span = operation.http_span;
        self.push(&Holder::Operation, at(), "", lead, span, Claim::Method(&operation.http.method));
        self.push(&Holder::Operation, at(), "", lead, span, Claim::Path(&operation.http.path));
        if operation.deprecated.is_some() {
            self.push(&Holder::Operation, at(), "", lead, operation.name.span, Claim::Deprecated);
        }
    }

    /// That there is a body or none, and the types below it.
    fn body(&mut self, operation: &'s Operation) {
        let claim = Claim::HasBody(operation.has_body);
        self.push(&Holder::Inputs(Location::Body), "body".to_owned(), "", self.lead, operation.name.span, claim);
        let mut seen = BTreeSet::new();
        for input in &operation.inputs {
            self.below(&input.field.ty, &mut seen, &Holder::Given);
        }
    }

    fn answer(&mut self, answer: &'s crate::model::Answer) {
        let (status, at) = (answer.status, format!("responses.{}", answer.status));
        let holder = Holder::Answer(status);
        self.push(&holder, at.clone(), "", self.lead, answer.span, Claim::Status(status));
        self.push(&holder, at, "", self.lead, answer.span, Claim::Answers(&answer.body));
        let Payload::Is(ty) = &answer.body else { return };
        let mut seen = BTreeSet::new();
        if let Ty::Object(id) = ty.leaf() {
            seen.insert(*id);
            self.object(*id, &holder);
            for field in fields(self.service, *id) {
                self.below(&field.ty, &mut seen, &|id| Holder::Answered(status, id));
            }
        }
    }

    /// The types that a type leads to, each once.
    fn below(&mut self, ty: &'s Ty, seen: &mut BTreeSet<TypeId>, holder: &dyn Fn(TypeId) -> Holder) {
        let mut next = vec![ty];
        while let Some(ty) = next.pop() {
            let Ty::Object(id) = ty.leaf() else { continue };
            if seen.insert(*id) {
                self.object(*id, &holder(*id));
                next.extend(fields(self.service, *id).iter().rev().map(|field| &field.ty));
            }
        }
    }

    fn object(&mut self, id: TypeId, holder: &Holder) {
        let name = self.service.types[id.0].name.value.as_str();
        for field in fields(self.service, id) {
            self.field(holder, name, field);
        }
    }

    fn field(&mut self, holder: &Holder, within: &str, field: &'s Field) {
        let (name, by) = (field.wire.value.as_str(), field.by);
        let at = format!("{within}.{name}");
        self.push(holder, at.clone(), name, by, field.wire.span, Claim::Present);
        self.push(holder, at.clone(), name, field.ty_by, field.ty_span, Claim::Type(field));
        self.per_cloud(holder, &at, name, &field.need, |need| Claim::Need(*need));
        self.per_cloud(holder, &at, name, &field.length, |bounds| Claim::Length(*bounds));
        self.per_cloud(holder, &at, name, &field.range, |bounds| Claim::Range(*bounds));
        self.per_cloud(holder, &at, name, &field.items, |bounds| Claim::Items(*bounds));
        self.per_cloud(holder, &at, name, &field.pattern, Claim::Pattern);
        self.per_cloud(holder, &at, name, &field.default, Claim::Default);
        if let Ty::Enum(id) = field.ty.leaf()
            && let TypeKind::Enum(values) = &self.service.types[id.0].kind
        {
            for value in &values.values {
                // Evidence of the choice of this type counts for what it lists.
                let by = if field.ty_by == field.by { value.by } else { field.ty_by };
                let claim = Claim::Value { text: &value.text.value, ty: *id };
                self.push(holder, at.clone(), name, by, value.text.span, claim);
            }
        }
        if field.nullable {
            self.push(holder, at.clone(), name, by, field.wire.span, Claim::Nullable);
        }
        if let Some(unit) = &field.unit {
            self.push(holder, at.clone(), name, by, field.wire.span, Claim::Unit(unit));
        }
        if let Some(format) = &field.format {
            self.push(holder, at.clone(), name, by, field.wire.span, Claim::Format(format));
        }
        if field.deprecated.is_some() {
            self.push(holder, at, name, by, field.wire.span, Claim::Deprecated);
        }
    }

    fn per_cloud<T: 's>(
        &mut self,
        holder: &Holder,
        at: &str,
        name: &'s str,
        fact: &'s PerCloud<T>,
        claim: impl Fn(&'s T) -> Claim<'s>,
    ) {
        let mut push = |sourced: &'s Sourced<T>, cloud: Option<&'s str>| {
            let claim = claim(&sourced.is);
            let (holder, at) = (*holder, at.to_owned());
            self.facts.push(Fact { holder, at, name, by: sourced.by, cloud, span: sourced.span, claim });
        };
        if let Some(base) = &fact.base {
            push(base, None);
        }
        for (cloud, sourced) in &fact.on {
            push(sourced, Some(cloud));
        }
    }

    fn examples(&mut self, file: &'s Unit, operation: &'s Operation) {
        for example in &operation.examples {
            let page = example.page.as_ref().and_then(|id| file.pages.iter().position(|page| page.id == id.value));
            let by = Sourcing { page: (self.lead.page.0, page.unwrap_or(self.lead.page.1)), ..self.lead };
            let at = format!("examples.{}", example.name.value);
            let name = example.name.value.as_str();
            if let Some(body) = &example.request {
                self.push(&Holder::Operation, at.clone(), name, by, example.name.span, Claim::Sends(&body.0));
            }
            for (location, values) in [
                (Location::Path, &example.path),
                (Location::Query, &example.query),
                (Location::Header, &example.header),
            ] {
                for (parameter, value) in values.iter() {
                    let claim = Claim::Gives { location, name: &parameter.value, value: &value.0 };
                    self.push(&Holder::Operation, at.clone(), name, by, parameter.span, claim);
                }
            }
            if let (Some(status), Some(body)) = (&example.status, &example.response) {
                let claim = Claim::Receives { status: status.value, body: &body.0 };
                self.push(&Holder::Answer(status.value), at, name, by, example.name.span, claim);
            }
        }
    }

    fn rules(&mut self, file: &'s Unit, operation: &'s Operation) {
        let own = operation.rules.iter().map(|rule| ("operation".to_owned(), rule));
        let of_types = file.types.iter().flat_map(|id| match &self.service.types[id.0].kind {
            TypeKind::Object(object) => {
                let name = &self.service.types[id.0].name.value;
                object.rules.iter().map(|rule| (name.clone(), rule)).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        });
        for (at, rule) in own.chain(of_types).collect::<Vec<_>>() {
            self.push(&Holder::Operation, at, &rule.id.value, rule.by, rule.id.span, Claim::Rule(rule));
        }
    }
}

/// The fields of an object type.
pub(super) fn fields(service: &Service, id: TypeId) -> &[Field] {
    match service.types.get(id.0).map(|ty| &ty.kind) {
        Some(TypeKind::Object(object)) => &object.fields,
        _ => &[],
    }
}
