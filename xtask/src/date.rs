//! Calendar days.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(i64);

impl Date {
    /// The day that it is now, in UTC.
    pub(crate) fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self(i64::try_from(seconds / 86_400).unwrap_or_default())
    }

    /// Reads `YYYY-MM-DD`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |part: &str| part.parse::<i64>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
        let wrong = || format!("`{text}` is no day; expected YYYY-MM-DD");
        let [year, month, day] = parts.as_slice() else { return Err(wrong()) };
        let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
            return Err(wrong());
        };
        let date = Self(days(year, month, day));
        if (1..=12).contains(&month) && date.to_string() == text { Ok(date) } else { Err(wrong()) }
    }

    /// How many days ago another day was.
    pub(crate) fn since(self, other: Self) -> i64 {
        self.0 - other.0
    }
}

/// Howard Hinnant's `days_from_civil`: years begin in March, so that the leap day is their last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_are_read_and_written() {
        for (text, days) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-29", 20_786), ("1969-12-31", -1)] {
            let date = Date::parse(text).unwrap();
            assert_eq!((date.0, date.to_string().as_str()), (days, text));
        }
        for wrong in ["", "2026", "2026-13-01", "2026-02-30", "2026-1-1", "2026-00-10", "x-y-z", "2025-02-29"] {
            assert!(Date::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Date::parse("2026-03-01").unwrap().since(Date::parse("2026-02-01").unwrap()), 28);
    }
}
