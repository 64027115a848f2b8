//! The spec language as Rust types: what each kind of file may hold. `spec/README.md` is its description for people,
//! `spec/schema.json` is made from these very types.

mod accepted;
mod errata;
mod facts;
mod flow;
mod http;
mod operation;
mod rules;
mod service;
mod type_expr;
mod types;

pub(crate) use accepted::AcceptedFile;
pub(crate) use errata::{Erratum, ErratumKind, Example, FactName, Seen};
pub(crate) use facts::{Attribution, Basis, Bounds, Fact, Level, Need, Pattern};
pub(crate) use flow::{Counts, Paging, Waiter};
pub(crate) use http::HttpLine;
pub(crate) use operation::{Batch, OperationFile, Page};
pub(crate) use rules::{Condition, Rule, RuleKind};
pub(crate) use service::{Auth, Cloud, ServiceFile, SpecFile, Supplied};
pub(crate) use type_expr::TypeExpr;
pub(crate) use types::{EnumValue, Field, TypeDef, TypesFile, Use, Wire};
