//! The cell under "Type".

use super::facts::TypeName;

/// Brackets and arrays within arrays beyond this are no type of a page.
const DEPTH: usize = 8;

/// Reads a type as pages write it: `String`, `Array of Disk objects`, `Map<String,String>`, `integer (int64)`.
pub(super) fn parse(text: &str) -> TypeName {
    name(text, 0)
}

/// Whether it is written like a type: nobody takes it for prose.
pub(super) fn is_known(text: &str) -> bool {
    text.len() < 120 && parse(text) != TypeName::Unknown
}

fn name(text: &str, depth: usize) -> TypeName {
    let text = text.trim().trim_end_matches(['.', ',']);
    if depth > DEPTH || text.len() > 200 {
        return TypeName::Unknown;
    }
    let lower = text.to_ascii_lowercase();
    if let Some(known) = simple(&lower) {
        return known;
    }
    let inner = |text: &str| Box::new(name(text, depth + 1));
    // Of the same bytes, whatever the case.
    let tail = |prefix: &str| lower.strip_prefix(prefix).and_then(|rest| text.get(text.len() - rest.len()..));
    for prefix in ["array of ", "arrays of ", "list of ", "array<", "list<", "list[", "array[", "arraylist<", "set<"] {
        if let Some(rest) = tail(prefix) {
            let rest = rest.trim_end_matches(['>', ']']).trim();
            return match element(rest) {
                Some(TypeName::Unknown) | None => array_of_named(rest, depth),
                Some(element) => TypeName::Array(Box::new(element)),
            };
        }
    }
    if let Some(rest) =
        lower.strip_suffix(" array").or_else(|| lower.strip_suffix(" list")).or_else(|| lower.strip_suffix("[]"))
    {
        return match name(text.get(..rest.len()).unwrap_or_default(), depth + 1) {
            TypeName::Unknown if is_type_name(&text[..rest.len()]) => {
                TypeName::Array(Box::new(TypeName::Object(Some(text[..rest.len()].to_owned()))))
            }
            TypeName::Unknown => TypeName::Unknown,
            element => TypeName::Array(Box::new(element)),
        };
    }
    for prefix in ["map<", "map[", "dict<", "dict[", "map(", "dict("] {
        if let Some(rest) = tail(prefix) {
            let rest = rest.trim_end_matches(['>', ']', ')']);
            let value = rest.split_once(',').map_or(rest, |(_, value)| value);
            return match *inner(value) {
                TypeName::Unknown => TypeName::Map(Box::new(TypeName::Any)),
                value => TypeName::Map(Box::new(value)),
            };
        }
    }
    if let Some(rest) = lower.strip_suffix(" object").or_else(|| lower.strip_suffix(" structure")) {
        return match text.get(..rest.len()).map(str::trim) {
            Some(named) if is_type_name(named) => TypeName::Object(Some(named.to_owned())),
            _ => TypeName::Unknown,
        };
    }
    // `integer (int64)`, `String(64)`
    if let Some((head, _)) = text.split_once('(').filter(|(head, _)| !head.is_empty() && text.ends_with(')')) {
        return name(head, depth + 1);
    }
    // Written like a type and like nothing else: `SrcNodeReq`.
    let camel = text.starts_with(|char: char| char.is_ascii_uppercase())
        && text.chars().skip(1).any(|char| char.is_ascii_uppercase())
        && text.chars().any(|char| char.is_ascii_lowercase());
    if camel && is_type_name(text) { TypeName::Object(Some(text.to_owned())) } else { TypeName::Unknown }
}

/// The element of an array, mostly in the plural.
fn element(text: &str) -> Option<TypeName> {
    let lower = text.to_ascii_lowercase();
    if let Some(known) = simple(&lower) {
        return Some(known);
    }
    lower.strip_suffix('s').and_then(simple)
}

fn array_of_named(text: &str, depth: usize) -> TypeName {
    let lower = text.to_ascii_lowercase();
    let named = ["objects", "object", "structures", "elements"].iter().find_map(|word| lower.strip_suffix(word));
    let named = named.and_then(|named| text.get(..named.len())).map_or(text, str::trim);
    let named = named.strip_suffix("data structure").map_or(named, str::trim);
    let element = match name(text, depth + 1) {
        TypeName::Unknown if is_type_name(named) => TypeName::Object(Some(named.to_owned())),
        element => element,
    };
    if element == TypeName::Unknown { element } else { TypeName::Array(Box::new(element)) }
}

fn simple(lower: &str) -> Option<TypeName> {
    Some(match lower {
        "string" | "str" | "strings" | "char" | "varchar" | "text" | "uuid" | "enum" | "enumeration" | "字符串" => {
            TypeName::String
        }
        "integer" | "int" | "int32" | "integers" | "short" | "byte" | "整数" => TypeName::Integer,
        "long" | "int64" | "bigint" | "biginteger" => TypeName::Long,
        "float" | "double" | "decimal" | "bigdecimal" => TypeName::Float,
        "number" | "numeric" | "numbers" => TypeName::Number,
        "boolean" | "bool" | "booleans" | "布尔值" => TypeName::Boolean,
        "object" | "objects" | "dict" | "dictionary" | "struct" | "structure" | "dictionary data structure" => {
            TypeName::Object(None)
        }
        "array" | "list" | "arrays" | "json array" | "list data structure" | "array data structure" => {
            TypeName::Array(Box::new(TypeName::Any))
        }
        "map" | "map object" | "map objects" => TypeName::Map(Box::new(TypeName::Any)),
        "json" | "any" | "json object" => TypeName::Any,
        "date" | "datetime" | "date-time" | "timestamp" | "time" => TypeName::Date,
        "file" | "binary" | "stream" => TypeName::Binary,
        _ => return None,
    })
}

fn is_type_name(text: &str) -> bool {
    let starts = text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
    starts && text.len() < 128 && text.chars().all(|char| char.is_ascii_alphanumeric() || "_-.".contains(char))
}

#[cfg(test)]
mod tests {
    use super::{TypeName, parse};

    #[test]
    fn types_as_pages_write_them() {
        let array = |element| TypeName::Array(Box::new(element));
        let map = |value| TypeName::Map(Box::new(value));
        let named = |name: &str| TypeName::Object(Some(name.to_owned()));
        let cases = [
            ("String", TypeName::String),
            ("str", TypeName::String),
            ("Integer", TypeName::Integer),
            ("integer (int64)", TypeName::Integer),
            ("Long", TypeName::Long),
            ("Double", TypeName::Float),
            ("Boolean", TypeName::Boolean),
            ("Object", TypeName::Object(None)),
            ("Disk object", named("Disk")),
            ("SrcNodeReq", named("SrcNodeReq")),
            ("Array", array(TypeName::Any)),
            ("Array of strings", array(TypeName::String)),
            ("Array of string", array(TypeName::String)),
            ("array of integers", array(TypeName::Integer)),
            ("Array of objects", array(TypeName::Object(None))),
            ("Array of details objects", array(named("details"))),
            ("Array of Disk objects", array(named("Disk"))),
            ("array of BandwidthPolicyDto", array(named("BandwidthPolicyDto"))),
            ("Array of Array of strings", array(array(TypeName::String))),
            ("list[str]", array(TypeName::String)),
            ("List<Disk>", array(named("Disk"))),
            ("String array", array(TypeName::String)),
            ("schedule array", array(named("schedule"))),
            ("Map<String,String>", map(TypeName::String)),
            ("Map<String,Array<String>>", map(array(TypeName::String))),
            ("Map<String, Disk objects>", map(TypeName::Any)),
            ("JSON", TypeName::Any),
            ("", TypeName::Unknown),
            ("Project ID.", TypeName::Unknown),
            ("A list of things", TypeName::Unknown),
            ("name of the object", TypeName::Unknown),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "{text}");
        }
        let deep = "Array of ".repeat(50_000);
        assert_eq!(parse(&deep), TypeName::Unknown);
    }
}
