//! Objects that hold themselves have no end, unless a list or map lies between.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Service, Ty, TypeKind};

pub(super) fn check(service: &Service, diagnostics: &mut Diagnostics) {
    let mut state = vec![State::New; service.types.len()];
    for start in 0..service.types.len() {
        visit(service, start, &mut state, diagnostics);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first without recursion: a chain of a thousand types is a chain, not a stack overflow.
fn visit(service: &Service, start: usize, state: &mut [State], diagnostics: &mut Diagnostics) {
    if state[start] != State::New {
        return;
    }
    state[start] = State::Open;
    let mut stack = vec![(start, 0)];
    while let Some((at, next)) = stack.last_mut() {
        let fields = match &service.types[*at].kind {
            TypeKind::Object(object) => object.fields.as_slice(),
            _ => &[],
        };
        let Some(field) = fields.get(*next) else {
            state[*at] = State::Done;
            stack.pop();
            continue;
        };
        *next += 1;
        let Ty::Object(id) = &field.ty else { continue };
        match state[id.0] {
            State::New => {
                state[id.0] = State::Open;
                stack.push((id.0, 0));
            }
            State::Open => {
                let message = format!(
                    "the field `{}` makes `{}` hold itself without end",
                    field.wire.value, service.types[id.0].name.value
                );
                diagnostics.push(
                    Diagnostic::error("recursive-type", field.ty_span, message)
                        .related(service.types[id.0].name.span, "the type")
                        .help("make it a list, a map or `json`"),
                );
            }
            State::Done => {}
        }
    }
}
