//! All that is traced and logged, at every level and by every crate, by the thread that does it.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::LazyLock;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Begins to listen, once for all threads.
pub(crate) fn listen() {
    static LISTENING: LazyLock<()> = LazyLock::new(|| {
        tracing::subscriber::set_global_default(Log).unwrap();
        log::set_logger(&Log).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    LazyLock::force(&LISTENING);
}

/// What this thread logged since it was last asked.
pub(crate) fn take() -> Vec<String> {
    LINES.take()
}

fn line(text: String) {
    LINES.with_borrow_mut(|lines| lines.push(text));
}

struct Log;

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        line(format!("{} {} {}", record.level(), record.target(), record.args()));
    }

    fn flush(&self) {}
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = Line(format!("span {} {}", span.metadata().target(), span.metadata().name()));
        span.record(&mut text);
        line(text.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Line("recorded".to_owned());
        values.record(&mut text);
        line(text.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut text);
        line(text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}
