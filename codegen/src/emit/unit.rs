//! One file of the crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::NotRust;
use super::sources::Sources;
use super::types::Names;
use super::{HEADER, answers, enums, objects, operation, print};
use crate::grammar::Use;
use crate::model::{Model, Service, TypeKind, Unit};
use crate::name::ident;

/// The file's text; `None` if nothing in it is used.
pub(super) fn unit(model: &Model, service: &Service, unit: &Unit, used: &[bool]) -> Result<Option<String>, NotRust> {
    let at = service.units.iter().position(|other| std::ptr::eq(other, unit));
    let Some(at) = at else { return Ok(None) };
    let names = Names { service, unit: Some(at), used };
    let mut sources = Sources::new(service, at);
    let mut items: Vec<print::Piece> = Vec::new();
    if let Some(lowered) = &unit.operation {
        items.extend(operation::items(model, lowered, unit, names, &mut sources));
    }
    for id in unit.types.iter().filter(|id| used[id.0]) {
        let ty = &service.types[id.0];
        match &ty.kind {
            TypeKind::Object(object) if object.direction == Use::Request => {
                items.extend(objects::items(ty, object, unit, names, &mut sources));
            }
            TypeKind::Object(object) => items.extend(answers::items(ty, object, unit, names)),
            TypeKind::Enum(shape) => items.extend(enums::items(ty, shape, unit, names, &mut sources)),
            TypeKind::Invalid => {}
        }
    }
    if items.is_empty() {
        return Ok(None);
    }
    let batch = unit.operation.as_ref().and_then(|operation| failures(operation, names));
    let imports = print::Piece::Items(quote!(
        use huaweicloud_migration_runtime::__ as rt;
    ));
    let constants = if unit.pages.is_empty() { Vec::new() } else { sources.items(unit) };
    let constants = constants.into_iter().map(print::Piece::from);
    let batch = batch.map(print::Piece::from);
    let header = HEADER.replace("{}", &unit.path);
    print::file(&header, [imports].into_iter().chain(constants).chain(items).chain(batch)).map(Some)
}

/// The failures hidden in a success.
fn failures(operation: &crate::model::Operation, names: Names<'_>) -> Option<TokenStream> {
    let batch = operation.batch.as_ref()?;
    let crate::model::Payload::Is(crate::model::Ty::Object(answer)) = &operation.success()?.body else { return None };
    let object = |id: crate::model::TypeId| match &names.service.types[id.0].kind {
        TypeKind::Object(object) => Some(object),
        _ => None,
    };
    let items_field = object(*answer)?.fields.iter().find(|field| field.wire.value == batch.items.value)?;
    let crate::model::Ty::Object(item) = items_field.ty.leaf() else { return None };
    let field = |name: &crate::decode::Text| {
        object(*item)?.fields.iter().find(|field| field.wire.value == name.value).map(|field| ident(&field.rust))
    };
    let text = |name: Option<&crate::decode::Text>| {
        name.and_then(field).map_or_else(|| quote!(None), |name| quote!(rt::text(&item.#name)))
    };
    let good = batch.ok.iter().filter_map(|(name, value)| {
        let field = object(*item)?.fields.iter().find(|field| field.wire.value == name.value)?;
        let (name, value) = (ident(&field.rust), super::conditions::literal(&field.ty, &value.value));
        Some(quote!(rt::is(&item.#name, #value)))
    });
    let (answer, items) = (ident(&names.service.types[answer.0].rust), ident(&items_field.rust));
    let (id, code, message) = (text(Some(&batch.item)), text(batch.code.as_ref()), text(batch.message.as_ref()));
    Some(quote! {
        impl #answer {
            /// The items that failed although the call as a whole succeeded, in the order of the answer, which need not be that of the request.
            pub fn failures(&self) -> Vec<rt::ItemFailure<'_>> {
                rt::failures(&self.#items, |item| rt::ItemFailure::unless(#(#good)&&*, #id, #code, #message))
            }
        }
    })
}
