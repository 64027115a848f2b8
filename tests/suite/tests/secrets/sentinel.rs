//! Texts that are found again wherever they are shown.

use std::collections::HashMap;
use std::fmt::{Debug, Display};

/// In the values of answers; found by this alone.
pub(crate) const ANSWERED: &str = "an5wered";
/// The same as a number.
pub(crate) const NUMBER: u64 = 7_340_587_340_587;

/// The beginning and the end of the sentinel of a place, of letters and digits, which are never written otherwise.
fn ends(place: &str) -> [String; 2] {
    // FNV-1a
    let hash = place
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    [format!("x{:08x}", hash >> 32), format!("z{:08x}", hash & 0xffff_ffff)]
}

/// The text at a place, with characters that JSON, URLs and HTML escape.
pub(crate) fn text(place: &str) -> String {
    let [beginning, end] = ends(place);
    format!("{beginning} {place}=\"p/w\\+&1' {end}")
}

/// The same for a header.
pub(crate) fn token(place: &str) -> String {
    let [beginning, end] = ends(place);
    format!("{beginning}+{place}/{end}==")
}

/// What must be seen nowhere.
#[derive(Clone, Default)]
pub(crate) struct Needles(HashMap<String, String>);

/// How long the ends are.
const END: usize = 9;

impl Needles {
    pub(crate) fn of<'a>(places: impl IntoIterator<Item = &'a str>) -> Self {
        let needles = places.into_iter().flat_map(|place| ends(place).map(|end| (end, place.to_owned())));
        Self(needles.collect())
    }

    pub(crate) fn and<'a>(mut self, places: impl IntoIterator<Item = &'a str>) -> Self {
        self.0.extend(Self::of(places).0);
        self
    }

    /// The place whose sentinel a text shows.
    fn shown_in(&self, text: &str) -> Option<&str> {
        // In one pass, for there are many texts.
        let starts = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'x' | b'z'));
        let mut candidates = starts.filter_map(|(start, _)| text.get(start..start + END));
        let found = candidates.find_map(|end| self.0.get(end)).map(String::as_str);
        let is_signature = |after: &str| after.bytes().take(32).filter(u8::is_ascii_hexdigit).count() == 32;
        if text.split("Signature=").skip(1).any(is_signature) {
            return Some("a signature");
        }
        found.or_else(|| (text.contains(ANSWERED) || text.contains(&NUMBER.to_string())).then_some("the answer"))
    }

    /// Fails if one of the texts shows one of them, or what an answer held.
    #[track_caller]
    pub(crate) fn assert_hidden(&self, shown: &[String]) {
        for text in shown {
            let place = self.shown_in(text);
            assert!(place.is_none(), "the secret of {place:?} is shown:\n{text}");
        }
    }

    /// Fails unless all of them are in the text.
    #[track_caller]
    pub(crate) fn assert_in(&self, text: &str, what: &str) {
        for (needle, place) in &self.0 {
            assert!(text.contains(needle), "{what}: the sentinel of {place} is not in\n{text}");
        }
    }
}

pub(crate) fn debug(value: &impl Debug) -> [String; 2] {
    [format!("{value:?}"), format!("{value:#?}")]
}

pub(crate) fn all<T: Debug + Display>(value: &T) -> Vec<String> {
    let mut shown = debug(value).to_vec();
    shown.extend([value.to_string(), format!("{value:#}")]);
    shown
}
