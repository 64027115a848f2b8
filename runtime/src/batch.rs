//! Failures hidden inside an answer that says 200.

/// One item of a batch that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemFailure<'a> {
    /// Which item, if the answer says so.
    pub id: Option<&'a str>,
    /// The service's error code for it.
    pub code: Option<&'a str>,
    /// The service's message for it.
    pub message: Option<&'a str>,
}

impl<'a> ItemFailure<'a> {
    /// The failure of an item, or `None` when it is `ok`.
    pub fn unless(ok: bool, id: Option<&'a str>, code: Option<&'a str>, message: Option<&'a str>) -> Option<Self> {
        (!ok).then_some(Self { id, code, message })
    }
}

/// The items that failed; none when the answer lists none.
pub fn failures<'a, T>(
    items: &'a Option<Vec<T>>,
    failure: impl Fn(&'a T) -> Option<ItemFailure<'a>>,
) -> Vec<ItemFailure<'a>> {
    items.iter().flatten().filter_map(failure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::literal::{is, text};

    #[test]
    fn finds_what_a_200_hides() {
        struct Item(Option<String>, Option<String>);
        let item = |id: &str, result: Option<&str>| Item(Some(id.to_owned()), result.map(str::to_owned));
        let items = Some(vec![item("a", Some("success")), item("b", Some("failed")), item("c", None)]);
        let found =
            failures(&items, |item| ItemFailure::unless(is(&item.1, "success"), text(&item.0), None, text(&item.1)));
        let ids: Vec<_> = found.iter().map(|failure| (failure.id, failure.message)).collect();
        assert_eq!(ids, [(Some("b"), Some("failed")), (Some("c"), None)]);
        assert!(failures(&None::<Vec<Item>>, |_| ItemFailure::unless(false, None, None, None)).is_empty());
    }
}
