//! How far a version must go.

use migration_codegen::diff::Bump;

/// The three numbers of a version, and whether it is one that promises nothing yet.
type Parsed = ((u64, u64, u64), bool);

fn parse(text: &str) -> Option<Parsed> {
    let rest = text.split('+').next()?;
    let (core, early) = rest.split_once('-').map_or((rest, false), |(core, _)| (core, true));
    let mut numbers = core.split('.').map(|number| number.parse().ok());
    let mut next = || numbers.next().flatten();
    Some(((next()?, next()?, next()?), early))
}

/// The lowest version that may follow, by the rules of Cargo: below 1.0.0 the second number is the one that breaks.
pub(crate) fn required(base: &str, bump: Bump) -> Option<String> {
    let ((major, minor, patch), early) = parse(base)?;
    let (major, minor, patch) = match (bump, major, minor) {
        (Bump::None, ..) => return Some(base.to_owned()),
        // What came before a release ends with it.
        _ if early => (major, minor, patch),
        (_, 0, 0) => (0, 0, patch + 1),
        (Bump::Major, 0, _) => (0, minor + 1, 0),
        (_, 0, _) => (0, minor, patch + 1),
        (Bump::Major, ..) => (major + 1, 0, 0),
        (Bump::Minor, ..) => (major, minor + 1, 0),
        (Bump::Patch, ..) => (major, minor, patch + 1),
    };
    Some(format!("{major}.{minor}.{patch}"))
}

/// Whether the revision's version went as far as the changes demand.
pub(crate) fn is_enough(base: &str, revision: &str, bump: Bump) -> bool {
    let numbers = |text: &str| parse(text).map(|(numbers, _)| numbers);
    let early = parse(base).is_some_and(|(_, early)| early);
    match (required(base, bump).and_then(|required| numbers(&required)), numbers(revision)) {
        // From one pre-release to the next everything may happen.
        _ if early && bump > Bump::None => base != revision,
        (Some(required), Some(found)) => found >= required,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_enough, required};
    use migration_codegen::diff::Bump::{Major, Minor, None as Nothing, Patch};

    #[test]
    fn how_far_a_version_must_go() {
        let cases = [
            ("0.1.0", Nothing, "0.1.0"),
            ("0.1.0", Patch, "0.1.1"),
            ("0.1.4", Minor, "0.1.5"),
            ("0.1.4", Major, "0.2.0"),
            ("0.0.3", Major, "0.0.4"),
            ("1.2.3", Patch, "1.2.4"),
            ("1.2.3", Minor, "1.3.0"),
            ("1.2.3", Major, "2.0.0"),
            ("1.2.3+build", Major, "2.0.0"),
            ("0.2.0-alpha.1", Major, "0.2.0"),
        ];
        for (base, bump, expected) in cases {
            assert_eq!(required(base, bump).as_deref(), Some(expected), "{base} {bump:?}");
        }
        assert_eq!(required("nonsense", Patch), None);
    }

    #[test]
    fn whether_it_went_far_enough() {
        let cases = [
            ("0.1.0", "0.1.0", Nothing, true),
            ("0.1.0", "0.1.0", Patch, false),
            ("0.1.0", "0.1.1", Minor, true),
            ("0.1.0", "0.1.9", Major, false),
            ("0.1.0", "0.2.0", Major, true),
            ("0.1.9", "0.1.10", Patch, true),
            ("1.0.0", "1.9.9", Major, false),
            ("1.0.0", "2.0.0-rc.1", Major, true),
            ("0.2.0-alpha.1", "0.2.0-alpha.1", Major, false),
            ("0.2.0-alpha.1", "0.2.0-alpha.2", Major, true),
            ("0.2.0-alpha.1", "0.2.0", Major, true),
            ("0.2.0", "0.1.0", Nothing, false),
        ];
        for (base, revision, bump, expected) in cases {
            assert_eq!(is_enough(base, revision, bump), expected, "{base} to {revision}, {bump:?}");
        }
    }
}
