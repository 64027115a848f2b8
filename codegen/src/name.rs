//! The only place that makes Rust identifiers out of documented names.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that cannot name anything, even as `r#word`.
const UNUSABLE: &[&str] = &["_", "self", "Self", "super", "crate"];

/// Names that emitted types would shadow, to the confusion of emitted code or of its readers.
const RESERVED_TYPES: &[&str] = &[
    "Box",
    "BTreeMap",
    "Clone",
    "Debug",
    "Default",
    "Err",
    "From",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// Methods that every request has or that every Rust user expects.
const RESERVED_FIELDS: &[&str] = &[
    "check",
    "check_on",
    "clone",
    "eq",
    "extra",
    "extra_body",
    "extra_query",
    "fmt",
    "into",
    "new",
    "to_string",
    "validate",
    "without_checks",
];

/// Features and modules that the crate has anyway, and folders that Cargo gives a meaning.
const RESERVED_SERVICES: &[&str] = &[
    "aksk",
    "bin",
    "blocking",
    "client",
    "clouds",
    "clouds-yaml",
    "default",
    "lib",
    "main",
    "native-tls",
    "operation",
    "pages",
    "regions-yaml",
    "reqwest",
    "runtime",
    "rustls",
    "rustls-no-provider",
    "sealed",
    "tower",
    "wait-for",
];

/// Variants that every enum has.
const RESERVED_VARIANTS: &[&str] = &["Unknown"];

/// `set_online_migration_task`.
pub(crate) fn module(name: &str) -> String {
    usable(&name.to_snake_case(), Case::Snake)
}

/// The module of an operation, out of the way of what every service's module has.
pub(crate) fn unit(operation: &str) -> String {
    let name = module(operation);
    if matches!(name.as_str(), "mod" | "rt" | "types") { format!("{name}_") } else { name }
}

/// Why a folder's name does not do as a feature and a module of the crate; `None` if it does.
pub(crate) fn service_objection(folder: &str) -> Option<&'static str> {
    if !folder.starts_with(|c: char| c.is_ascii_lowercase())
        || !folder.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    {
        Some("it is not made of small letters, digits and `-`")
    } else if RESERVED_SERVICES.contains(&folder) || UNUSABLE.contains(&folder) || is_reserved_type(&type_name(folder))
    {
        Some("the generated crate uses that name itself")
    } else {
        None
    }
}

/// A field or method: snake case, out of the way of methods that requests have anyway.
pub(crate) fn field(name: &str) -> String {
    let name = usable(&name.to_snake_case(), Case::Snake);
    if RESERVED_FIELDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// A variant: upper camel case.
pub(crate) fn variant(text: &str) -> String {
    let name = usable(&text.to_upper_camel_case(), Case::Camel);
    if RESERVED_VARIANTS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// A type's name as the documentation has it, in upper camel case.
pub(crate) fn type_name(name: &str) -> String {
    usable(&name.to_upper_camel_case(), Case::Camel)
}

pub(crate) fn kebab(name: &str) -> String {
    heck::ToKebabCase::to_kebab_case(name)
}

pub(crate) fn is_reserved_type(name: &str) -> bool {
    RESERVED_TYPES.contains(&name)
}

/// Why a name chosen in the spec does not do; `None` if it does.
pub(crate) fn objection(name: &str) -> Option<&'static str> {
    if is_keyword(name) {
        Some("it is a Rust keyword")
    } else if RESERVED_FIELDS.contains(&name) || RESERVED_VARIANTS.contains(&name) || is_reserved_type(name) {
        Some("the generated crate uses that name itself")
    } else if !is_identifier(name) {
        Some("it is not an identifier")
    } else {
        None
    }
}

#[derive(Clone, Copy)]
enum Case {
    Snake,
    Camel,
}

/// Names without a letter that Rust takes get one in words; the collision lint asks for `rust:` where that is not enough.
fn usable(name: &str, case: Case) -> String {
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let camel = matches!(case, Case::Camel);
    if name.is_empty() {
        if camel { "Empty" } else { "empty" }.to_owned()
    } else if kept.chars().all(|c| c == '_') {
        if camel { "Unnamed" } else { "unnamed" }.to_owned()
    } else if kept.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{}{kept}", if camel { 'V' } else { 'v' })
    } else {
        kept
    }
}

/// Strict and reserved keywords of edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn is_keyword(name: &str) -> bool {
    UNUSABLE.contains(&name) || KEYWORDS.contains(&name)
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name != "_"
}

/// The name as a token, raw if it is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    if UNUSABLE.contains(&name) {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else if is_keyword(name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(name, Span::call_site())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        KEYWORDS, UNUSABLE, field, ident, kebab, module, objection, service_objection, type_name, unit, variant,
    };

    #[test]
    fn documented_names_become_names_of_rust() {
        // As documented, as field, as variant.
        let cases = [
            ("task_id", "task_id", "TaskId"),
            ("taskId", "task_id", "TaskId"),
            ("X-Auth-Token", "x_auth_token", "XAuthToken"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("RUNNING", "running", "Running"),
            ("full_amount_migration", "full_amount_migration", "FullAmountMigration"),
            ("type", "type", "Type"),
            ("10", "v10", "V10"),
            ("3des", "v3des", "V3des"),
            ("2.8.1", "v2_8_1", "V281"),
            ("eu-de", "eu_de", "EuDe"),
            ("größe", "gre", "Gre"),
            ("任务", "unnamed", "Unnamed"),
            ("任_务", "unnamed", "Unnamed"),
            ("_", "empty", "Empty"),
            ("+", "empty", "Empty"),
            ("", "empty", "Empty"),
            ("validate", "validate_", "Validate"),
            ("extra_body", "extra_body_", "ExtraBody"),
            ("unknown", "unknown", "Unknown_"),
        ];
        for (name, as_field, as_variant) in cases {
            assert_eq!(field(name), as_field, "{name} as field");
            assert_eq!(variant(name), as_variant, "{name} as variant");
        }
    }

    #[test]
    fn whatever_the_name_there_is_a_token() {
        let odd = [
            "", "_", "__", "1", "a b", "a\nb", "\u{0}", "'a", "r#type", "任务", "😀", "٣", "ﬀ", "a\u{301}", "-", "::",
            "-1", "#",
        ];
        for name in odd.iter().chain(KEYWORDS).chain(UNUSABLE) {
            for made in [field(name), variant(name), type_name(name), module(name), unit(name)] {
                assert!(syn::parse_str::<syn::Ident>(&ident(&made).to_string()).is_ok(), "{name:?} became {made:?}");
            }
        }
    }

    #[test]
    fn keywords_stay_what_they_are_called_where_rust_can() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("bandwidth").to_string(), "bandwidth");
    }

    #[test]
    fn chosen_names_are_held_to_the_same_rules() {
        let cases = [
            ("match", Some("it is a Rust keyword")),
            ("Self", Some("it is a Rust keyword")),
            ("check", Some("the generated crate uses that name itself")),
            ("Unknown", Some("the generated crate uses that name itself")),
            ("Option", Some("the generated crate uses that name itself")),
            ("9lives", Some("it is not an identifier")),
            ("two words", Some("it is not an identifier")),
            ("größe", Some("it is not an identifier")),
            ("", Some("it is not an identifier")),
            ("task_kind", None),
            ("TaskKind", None),
        ];
        for (name, expected) in cases {
            assert_eq!(objection(name), expected, "{name}");
        }
    }

    #[test]
    fn services_are_features_and_modules() {
        for good in ["dcs", "oms", "sms", "type", "data-express2"] {
            assert_eq!(service_objection(good), None, "{good}");
        }
        for bad in [
            "", "DCS", "d c s", "d_cs", "2cs", "client", "pages", "wait-for", "rustls", "default", "bin", "self",
            "string", "dçs",
        ] {
            assert!(service_objection(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn modules_keep_out_of_the_way_of_what_each_service_has() {
        assert_eq!(
            [unit("Mod"), unit("Types"), unit("Rt"), unit("ListTasks")],
            ["mod_", "types_", "rt_", "list_tasks"]
        );
        assert_eq!(kebab("SetOnlineMigrationTask"), "set-online-migration-task");
    }
}
