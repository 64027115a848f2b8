//! What a new spec file holds: every key, and nothing behind those a person must fill in, of which the checker complains.

use migration_codegen::modeline;

/// The file of an operation.
pub(super) fn operation(name: &str, path: &str) -> String {
    OPERATION.replace("MODELINE", &modeline(path)).replace("OPERATION", name)
}

/// `service.yaml`.
pub(super) fn service(name: &str, path: &str) -> String {
    SERVICE.replace("MODELINE", &modeline(path)).replace("SERVICE", name)
}

const OPERATION: &str = "\
MODELINE
operation: OPERATION
# What the call does, in one line of your own.
title:
# Method and path as the page has them: POST /v2/{project_id}/tasks
http:
# Whether the call may be repeated after it went out: true or false.
idempotent:
pages:
  # `id` is a name for the page in this file, such as intl-2026; `cloud` one of those in spec.yaml;
  # `updated` the page's own date, YYYY-MM-DD.
  - id:
    cloud:
    title:
    url:
    updated:
    lead: true

# The page's tables, a row per line; remove those that the page does not have. `body: {}` sends an empty object.
#   name: {need: required, type: string, length: [1, 36], doc: What it is.}
#   need: required, optional, conditional     type: string, integer, number, boolean, json, list of T, map of T, a type below
path:
query:
header:
body:

# What one field means for another:
# rules:
#   - {id: id-or-name, kind: at-least-one-of, fields: [id, name], level: error, basis: prose, doc: Each is mandatory without the other.}

# The types that the tables name. Requests and answers do not share object types.
#   TaskType: {doc: Kind of task., enum: {object: One object., list: A list of objects.}}
#   SourceNode: {object: request, doc: Where from., fields: {…}}
types:
  OPERATIONResponse:
    object: response
    fields:

responses:
  200: {body: OPERATIONResponse, doc: The call succeeded.}

# The page's own, verbatim: {name, path, query, header, request, status, response}; remove the key if the page has none.
examples:

# Where the page contradicts itself, another page, or what the service does:
# errata:
#   - {at: body.size, fact: type, kind: example, documented: string, seen: {example: NAME, value: 123}, adopted: integer, reason: …}
";

const SERVICE: &str = "\
MODELINE
service: SERVICE
# The service's name as its documentation has it, and what it does in a sentence of your own.
title:
doc:

# required, optional or none: what operations get that do not say.
auth: required
# The type of error bodies, from types.yaml:
# error: ServiceError
# Path parameters that the client fills in, and headers that the credentials fill in:
# supplies: {project_id: project-id}
# credentials: [X-Auth-Token]

# Base URL by cloud (one of those in spec.yaml) and region: {cloud: {region: https://…}}
endpoints:
";

#[cfg(test)]
mod tests {
    use migration_codegen::{Severity, Sources, check};

    use super::{operation, service};

    const SPEC: &str = "# yaml-language-server: $schema=schema.json\npackage: p\nversion: 0.1.0\ndescription: D\nlicense: MIT\nclouds: {demo: {title: Demo}}\n";

    fn sources(service: String, operation: String) -> Sources {
        [("spec.yaml", SPEC.to_owned()), ("abc/service.yaml", service), ("abc/create-task.yaml", operation)]
            .into_iter()
            .collect()
    }

    fn filled(text: &str, lines: &[(&str, &str)]) -> String {
        let fill = |line: &str| {
            lines.iter().find(|(blank, _)| *blank == line).map_or(line.to_owned(), |(_, full)| (*full).to_owned())
        };
        text.lines().map(|line| fill(line) + "\n").collect()
    }

    #[test]
    fn the_checker_complains_of_every_blank() {
        let blanks = [
            "title:",
            "http:",
            "idempotent:",
            "id:",
            "cloud:",
            "path:",
            "query:",
            "header:",
            "body:",
            "fields:",
            "examples:",
        ];
        let operation = operation("CreateTask", "abc/create-task.yaml");
        let sources = sources(service("abc", "abc/service.yaml"), operation.clone());
        let found = check(&sources);
        let json: serde_json::Value = serde_json::from_str(&found.to_json(&sources, "")).unwrap();
        let here = json.as_array().unwrap().iter().filter(|d| d["path"] == "abc/create-task.yaml");
        let marked: Vec<u64> = here.filter_map(|d| d["line"].as_u64()).collect();
        for blank in blanks {
            let (line, _) =
                (1..).zip(operation.lines()).find(|(_, line)| line.trim_start_matches([' ', '-']) == blank).unwrap();
            assert!(marked.contains(&line), "{blank}: {}", found.render(&sources, "", false));
        }
        let codes: Vec<_> = found
            .iter()
            .filter(|d| d.severity() == Severity::Warning)
            .map(migration_codegen::Diagnostic::code)
            .collect();
        assert!(codes.is_empty(), "{codes:?}");
    }

    #[test]
    fn filled_in_it_passes() {
        let operation = filled(
            &operation("CreateTask", "abc/create-task.yaml"),
            &[
                ("title:", "title: Create a task"),
                ("http:", "http: POST /v2/tasks"),
                ("idempotent:", "idempotent: false"),
                ("  - id:", "  - id: page"),
                ("    cloud:", "    cloud: demo"),
                ("    title:", "    title: Creating a Task"),
                ("    url:", "    url: https://docs.example.com/create-task"),
                ("    updated:", "    updated: 2026-01-01"),
                ("path:", ""),
                ("query:", ""),
                ("header:", ""),
                ("body:", "body: {name: {need: required, type: string, doc: Its name.}}"),
                ("    fields:", "    fields: {id: {type: string, doc: Its ID.}}"),
                ("examples:", "examples: [{name: one, request: {name: a}, status: 200, response: {id: b}}]"),
            ],
        );
        let service = filled(
            &service("abc", "abc/service.yaml"),
            &[
                ("title:", "title: A Service"),
                ("doc:", "doc: Does things."),
                ("endpoints:", "endpoints: {demo: {one: 'https://abc.example.com'}}"),
            ],
        );
        let sources = sources(service, operation);
        let found = check(&sources);
        assert!(found.is_empty(), "{}", found.render(&sources, "", false));
    }
}
