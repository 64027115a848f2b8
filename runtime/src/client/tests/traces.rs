//! What is traced, and what is not.

use super::script::{Script, Step};
use super::*;
use std::collections::BTreeMap;
use std::fmt::Debug;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

pub(super) type Fields = BTreeMap<String, String>;

/// Keeps all spans and events.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<(String, Fields)>>>);

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Log {
    pub(super) fn named(&self, name: &str) -> Vec<Fields> {
        let all = self.0.lock().unwrap();
        all.iter().filter(|(other, _)| other == name).map(|(_, fields)| fields.clone()).collect()
    }
}

#[cfg(feature = "reqwest")]
impl Log {
    /// All that was traced, value by value.
    pub(super) fn values(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().flat_map(|(_, fields)| fields.values().cloned()).collect()
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        span.record(&mut Visitor(&mut fields));
        let mut all = self.0.lock().unwrap();
        all.push((span.metadata().name().to_owned(), fields));
        Id::from_u64(all.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Visitor(&mut self.0.lock().unwrap()[index].1));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Visitor(&mut fields));
        self.0.lock().unwrap().push(("event".to_owned(), fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What is traced while it runs.
pub(super) fn traced(run: impl Fn()) -> Log {
    // The first time makes every place known that traces. Other tests may just have done so, untraced.
    tracing::subscriber::with_default(Log::default(), &run);
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        tracing::callsite::rebuild_interest_cache();
        run();
    });
    log
}

#[test]
fn calls_and_attempts_have_spans_without_anything_secret() {
    let refused = r#"{"error_code":"hunter2","error_msg":"hunter2","request_id":"rid"}"#;
    let mut task = SetTask::new("hunter2");
    task.task_id = "htr2".to_owned();
    task.language = Some("hunter2".to_owned());
    let task = request::extra_query(task, "q", "hunter2");
    let log = traced(|| {
        let script = Script::new(&[Step::Answer(429, refused), Step::With(200, "x-request-id", "rid-2")]);
        let client = script.client().credentials(Token::new("hunter2")).build().unwrap();
        script.time.run_one(client.send(&task)).unwrap();
    });

    let expected = |all: &[(&str, &str)]| -> Fields {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let common = [
        ("service", "dcs"),
        ("operation", "SetTask"),
        ("http.request.method", "POST"),
        ("url.template", "/v2/{project_id}/task/{task_id}"),
    ];
    let with = |more: &[(&str, &str)]| expected(&[&common, more].concat());
    assert_eq!(
        log.named("call"),
        [with(&[
            ("otel.name", "SetTask"),
            ("otel.kind", "internal"),
            ("http.response.status_code", "200"),
            ("request_id", "rid-2"),
        ])]
    );
    let server = [("server.address", "dcs.eu-de.example"), ("server.port", "443")];
    let attempt =
        |more: &[(&str, &str)]| with(&[&server, &[("otel.name", "POST"), ("otel.kind", "client")], more].concat());
    assert_eq!(
        log.named("attempt"),
        [
            attempt(&[
                ("attempt", "1"),
                ("http.response.status_code", "429"),
                ("error.type", "429"),
                ("request_id", "rid"),
            ]),
            attempt(&[
                ("attempt", "2"),
                ("http.request.resend_count", "1"),
                ("http.response.status_code", "200"),
                ("request_id", "rid-2"),
            ]),
        ]
    );
    let again = &log.named("event")[0];
    assert_eq!(
        (&*again["wait_milliseconds"], &*again["attempt"], &*again["error.type"], &*again["message"]),
        ("100", "1", "429", "will be tried again")
    );
    let all = format!("{:?}", log.0.lock().unwrap());
    assert!(!all.contains("hunter2") && !all.contains("htr2"), "{all}");
}

#[test]
fn a_failed_call_tells_its_attempts_and_the_kind_of_error() {
    let log = traced(|| {
        let script = Script::new(&[Step::Fails(TransportErrorKind::Connect)]);
        let client = script.client().base_url("http://127.0.0.1").build().unwrap();
        script.time.run_one(client.send(&SetTask::new("a"))).unwrap_err();
    });
    let call = &log.named("call")[0];
    assert_eq!((&*call["attempts"], &*call["error.type"]), ("3", "connect"));
    assert!(!call.contains_key("http.response.status_code"));
    assert_eq!(log.named("attempt")[2]["server.port"], "80");
}
