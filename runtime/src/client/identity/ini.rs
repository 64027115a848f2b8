//! INI files: `[section]`, `key = value`, and comments on lines of their own that begin with `#` or `;`.

use std::collections::BTreeMap;

pub(super) type Section = BTreeMap<String, String>;

/// Reads sections, with keys in lower case. The error is the number of the line that is none of these; not the line,
/// for it may hold a secret.
pub(super) fn parse(text: &str) -> Result<BTreeMap<String, Section>, usize> {
    let mut sections = BTreeMap::<String, Section>::new();
    let mut current = None;
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let name = name.trim().to_owned();
            sections.entry(name.clone()).or_default();
            current = Some(name);
            continue;
        }
        let pair = line.split_once('=').filter(|(key, _)| !key.trim().is_empty());
        let (Some((key, value)), Some(section)) = (pair, &current) else {
            return Err(index + 1);
        };
        // Secrets may hold any character, `#` and quotes too: nothing within a value is special.
        sections.entry(section.clone()).or_default().insert(key.trim().to_lowercase(), value.trim().to_owned());
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read() {
        let text = "\u{feff}# c\r\n[ basic ]\r\nAK=a\r\n sk = s=#;'x' \r\n\r\n; c\n[global]\n[basic]\nempty =\n";
        let sections = parse(text).unwrap();
        let basic: Vec<_> = sections["basic"].iter().map(|(key, value)| format!("{key}:{value}")).collect();
        assert_eq!(basic, ["ak:a", "empty:", "sk:s=#;'x'"]);
        assert!(sections["global"].is_empty());
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_setting_is_an_error() {
        for (text, line) in [("ak = a", 1), ("[basic]\nhunter2", 2), ("[basic]\n\n= x", 3), ("[basic\nak=a", 1)] {
            assert_eq!(parse(text), Err(line), "{text}");
        }
    }
}
