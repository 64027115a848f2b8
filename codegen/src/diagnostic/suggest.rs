//! "Did you mean".

/// `did you mean …?` if one of the candidates is near enough to be a slip.
pub(crate) fn did_you_mean<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = given.to_ascii_lowercase().replace('-', "_");
    candidates
        .into_iter()
        .filter(|candidate| *candidate != given)
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
    if candidates.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = candidates.iter().take(24).map(|c| format!("`{c}`")).collect();
    let more = if candidates.len() > shown.len() {
        format!(" and {} more", candidates.len() - shown.len())
    } else {
        String::new()
    };
    format!("expected one of {}{more}", shown.join(", "))
}
