//! A received body, read as the output wants it.

use crate::output::Decode;
use crate::place::Place;
use crate::read::{Kind, Loss, LossReason, Losses, Read, Reader};
use bytes::Bytes;
use std::borrow::Cow;
use std::cell::RefCell;

/// A received body, and where its losses go.
pub(super) struct Received<'a> {
    pub(super) bytes: &'a Bytes,
    pub(super) losses: &'a RefCell<Losses>,
}

impl Received<'_> {
    fn as_text(&self) -> Cow<'_, str> {
        // As a rule it is UTF-8, which is quicker to find out than where it is not.
        if let Ok(text) = std::str::from_utf8(self.bytes) {
            return Cow::Borrowed(text);
        }
        self.lose("body".to_owned(), Kind::Text, LossReason::NotUtf8);
        String::from_utf8_lossy(self.bytes)
    }

    fn lose(&self, place: String, found: Kind, reason: LossReason) {
        if let Ok(mut losses) = self.losses.try_borrow_mut() {
            losses.note(|| Loss::new(place, "JSON", found, reason));
        }
    }
}

impl Decode for Received<'_> {
    fn bytes(self) -> Vec<u8> {
        self.bytes.to_vec()
    }

    fn text(self) -> String {
        self.as_text().into_owned()
    }

    fn json<T: Read>(self) -> Option<T> {
        let text = self.as_text();
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_ascii().is_empty() {
            return None;
        }
        let mut into = None;
        let mut json = serde_json::Deserializer::from_str(text);
        let result = T::read(&mut json, &Reader::root(self.losses), &mut into);
        if let Err(error) = result.and_then(|()| json.end()) {
            let place = self.losses.try_borrow_mut().ok().and_then(|mut losses| losses.take_broken());
            let reason = LossReason::Broken { line: error.line(), column: error.column() };
            self.lose(place.unwrap_or_else(|| Place::Name(&Place::Root, "body").to_string()), Kind::NotJson, reason);
        }
        into
    }
}
