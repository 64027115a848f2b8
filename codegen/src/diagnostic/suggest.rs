//! "Did you mean".

use std::collections::HashSet;

/// `did you mean …?` if one of the candidates is near enough to be a slip.
pub(crate) fn did_you_mean<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = given.to_ascii_lowercase().replace('-', "_");
    candidates
        .into_iter()
        .filter(|candidate| *candidate != given && !candidate.is_empty() && !given.is_empty())
        .map(|candidate| {
            (strsim::damerau_levenshtein(&folded, &candidate.to_ascii_lowercase().replace('-', "_")), candidate)
        })
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().min(given.chars().count()) / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The help for a name that is none of a known list: the near miss if there is one, else the list.
pub(crate) fn one_of(given: &str, candidates: &[&str]) -> String {
    if let Some(near) = did_you_mean(given, candidates.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let mut known: Vec<&str> = Vec::with_capacity(candidates.len());
    let mut seen = HashSet::new();
    known.extend(candidates.iter().filter(|candidate| !candidate.is_empty() && seen.insert(**candidate)));
    if known.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = known.iter().take(24).map(|c| format!("`{c}`")).collect();
    let more =
        if known.len() > shown.len() { format!(" and {} more", known.len() - shown.len()) } else { String::new() };
    format!("expected one of {}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::one_of;

    #[test]
    fn no_name_is_offered_twice_and_none_that_is_empty() {
        assert_eq!(one_of("zzz", &["page-a", "page-a", "", "other"]), "expected one of `page-a`, `other`");
        assert_eq!(one_of("", &["a", "b"]), "expected one of `a`, `b`");
        assert_eq!(one_of("a", &[""]), "");
        assert_eq!(one_of("pageb", &["page-b", "page-b"]), "did you mean `page-b`?");
    }
}
