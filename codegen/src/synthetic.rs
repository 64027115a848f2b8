//! Specs of any size, shaped like the real ones, for benchmarks.

use std::fmt::Write as _;

use crate::sources::Sources;

/// Operations of one service; more make another.
const PER_SERVICE: usize = 100;

/// A spec of `operations` operations, each with 2 path parameters, 9 body fields and an answer of 5 fields.
pub fn spec(operations: usize) -> Sources {
    let mut sources = Sources::new();
    sources.insert("spec.yaml", SPEC);
    for at in 0..operations {
        let service = format!("svc{:03}", at / PER_SERVICE);
        if at % PER_SERVICE == 0 {
            sources.insert(format!("{service}/service.yaml"), SERVICE.replace("SERVICE", &service));
            sources.insert(format!("{service}/types.yaml"), TYPES);
        }
        sources.insert(format!("{service}/update-thing{at:05}.yaml"), operation(at));
    }
    sources
}

fn operation(at: usize) -> String {
    let mut text = OPERATION.replace("NUMBER", &format!("{at:05}"));
    for status in [400, 401, 403, 404, 500] {
        let _ = writeln!(text, "  {status}: {{body: SharedError, doc: The request failed.}}");
    }
    text
}

const SPEC: &str = "# yaml-language-server: $schema=schema.json
package: synthetic
version: 0.1.0
description: A synthetic crate for benchmarks.
license: MIT
clouds:
  demo: {title: Demo Cloud}
";

const SERVICE: &str = "# yaml-language-server: $schema=../schema.json
service: SERVICE
title: Synthetic service SERVICE
auth: required
error: SharedError
endpoints:
  demo: {one: https://SERVICE.one.example.com}
";

const TYPES: &str = "# yaml-language-server: $schema=../schema.json
pages: [{id: errors, cloud: demo, title: Error codes, url: https://docs.example.com/errors, updated: 2026-01-01}]
types:
  SharedError:
    object: response
    doc: Why a request failed.
    fields:
      error_code: {type: string, length: [0, 9], doc: Error code.}
      error_msg: {type: string, length: [0, 1024], doc: Error message.}
";

const OPERATION: &str = "# yaml-language-server: $schema=../schema.json
operation: UpdateThingNUMBER
title: Update thing NUMBER
http: PUT /v2/{owner_id}/things/{thing_id}/NUMBER
idempotent: true
pages:
  - {id: page, cloud: demo, title: Updating Thing NUMBER, url: https://docs.example.com/NUMBER, updated: 2026-01-01}
path:
  owner_id: {need: required, type: string, length: [1, 64], doc: Who owns the thing.}
  thing_id: {need: required, type: string, length: [1, 36], doc: The thing.}
body:
  mode: {need: required, type: ModeNUMBER, doc: How to update.}
  target: {need: optional, type: TargetNUMBER, doc: Where to.}
  name: {need: required, type: string, length: [1, 64], doc: Name of the thing.}
  description: {need: optional, type: string, length: [0, 255], doc: What it is for.}
  region: {need: optional, type: string, length: [1, 100], doc: Where it is.}
  password: {need: optional, type: string, length: [8, 64], sensitive: true, doc: Password of the thing.}
  force: {need: optional, type: boolean, default: false, doc: Whether to do it anyway.}
  dry_run: {need: optional, type: boolean, default: false, doc: Whether to only try.}
  labels: {need: optional, type: list of string, items: [1, 50], length: [1, 36], doc: Labels of the thing.}
types:
  ModeNUMBER:
    enum:
      create: Make it.
      replace: Replace it.
      merge: Merge into it.
      append: Append to it.
      verify: Verify it.
      rollback: Roll it back.
      discard: Discard it.
  TargetNUMBER:
    object: request
    doc: Where a thing goes.
    fields:
      host: {need: required, type: string, length: [1, 255], doc: The host.}
      port: {need: optional, type: integer, range: [1, 65535], doc: The port.}
      secure: {need: optional, type: boolean, default: true, doc: Whether to encrypt.}
  StateNUMBER:
    enum:
      waiting: It waits.
      running: It runs.
      done: It is done.
      failed: It failed.
  PartNUMBER:
    object: response
    doc: A part of the answer.
    fields:
      id: {type: string, doc: The part.}
      size: {type: integer, unit: bytes, doc: Its size.}
      error: {type: string, doc: Why it failed.}
  UpdateThingNUMBERResponse:
    object: response
    doc: What became of it.
    fields:
      id: {type: string, doc: The thing.}
      state: {type: StateNUMBER, doc: What it does now.}
      progress: {type: integer, unit: percent, doc: How far it is.}
      parts: {type: list of PartNUMBER, doc: Its parts.}
      message: {type: string, doc: What there is to say.}
responses:
  200: {body: UpdateThingNUMBERResponse, doc: The thing is updated.}
";
