//! `X-Sdk-Date`: UTC, as `YYYYMMDDTHHMMSSZ`.

use super::SignError;
use super::error::Problem;
use std::time::{SystemTime, UNIX_EPOCH};

/// How the header is written.
pub(super) fn format(time: SystemTime) -> Result<String, SignError> {
    let seconds = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()),
        // Rounded down, like the years after.
        Err(error) => i64::try_from(error.duration().as_nanos().div_ceil(1_000_000_000)).map(|before| -before),
    };
    let seconds = seconds.map_err(|_| Problem::Clock)?;
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    if !(0..=9999).contains(&year) {
        return Err(Problem::Clock.into());
    }
    let second = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    // Every request is dated, and `format!` would take a tenth of what signing takes.
    let mut text = *b"YYYYMMDDTHHMMSSZ";
    put(&mut text[..8], (year * 100 + month) * 100 + day);
    put(&mut text[9..15], (hour * 100 + minute) * 100 + second);
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Writes the last digits of a number.
fn put(into: &mut [u8], mut number: i64) {
    for digit in into.iter_mut().rev() {
        *digit = u8::try_from(number % 10).map_or(b'0', |digit| b'0' + digit);
        number /= 10;
    }
}

/// Year, month and day of a day counted from 1970-01-01: Howard Hinnant's `civil_from_days`, in which years begin in
/// March, so that the leap day is the last of its year.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

/// The day in it, as `YYYYMMDD`, if it is written well.
pub(super) fn day(date: &str) -> Result<&str, SignError> {
    match date.as_bytes() {
        [day @ .., b'T', _, _, _, _, _, _, b'Z'] if day.len() == 8 => {
            let digits = date.bytes().filter(u8::is_ascii_digit).count();
            date.get(..8).filter(|_| digits == 14).ok_or_else(|| Problem::Date.into())
        }
        _ => Err(Problem::Date.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Duration;

    fn after(seconds: u64) -> String {
        format(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap()
    }

    /// The same through another crate's calendar.
    fn other(seconds: u64) -> String {
        let text = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
        let parts: Vec<_> = text.split([' ', ':']).collect();
        let [_, day, month, year, hour, minute, second, _] = parts[..] else { panic!("{text}") };
        let month = 1 + "JanFebMarAprMayJunJulAugSepOctNovDec".find(month).unwrap() / 3;
        format!("{year}{month:02}{day}T{hour}{minute}{second}Z")
    }

    #[test]
    fn known_dates() {
        let table = [
            (0, "19700101T000000Z"),
            (68_169_599, "19720228T235959Z"),
            (68_169_600, "19720229T000000Z"),
            (68_256_000, "19720301T000000Z"),
            (951_782_400, "20000229T000000Z"),
            (951_868_800, "20000301T000000Z"),
            (1_552_902_471, "20190318T094751Z"),
            (1_709_251_199, "20240229T235959Z"),
            (1_709_251_200, "20240301T000000Z"),
            (1_735_689_599, "20241231T235959Z"),
            (4_107_542_399, "21000228T235959Z"),
            (4_107_542_400, "21000301T000000Z"),
            (253_402_300_799, "99991231T235959Z"),
        ];
        for (seconds, expected) in table {
            assert_eq!(after(seconds), expected);
        }
        let before = |seconds, nanos| format(UNIX_EPOCH - Duration::new(seconds, nanos));
        assert_eq!(before(1, 0).unwrap(), "19691231T235959Z");
        assert_eq!(before(0, 1).unwrap(), "19691231T235959Z");
        assert_eq!(before(62_167_219_200, 0).unwrap(), "00000101T000000Z");
        assert_eq!(before(62_167_219_201, 0), Err(Problem::Clock.into()));
        assert_eq!(format(UNIX_EPOCH + Duration::from_secs(253_402_300_800)), Err(Problem::Clock.into()));
    }

    #[test]
    fn every_day_until_2100() {
        for day in 0..=47_846 {
            let seconds = day * 86_400 + day * 7919 % 86_400;
            assert_eq!(after(seconds), other(seconds));
        }
        assert_eq!(&after(47_846 * 86_400)[..8], "21001231");
    }

    proptest! {
        #[test]
        fn any_second_until_2100(seconds in 0_u64..4_133_980_800) {
            prop_assert_eq!(after(seconds), other(seconds));
        }
    }

    #[test]
    fn the_day_of_a_date() {
        assert_eq!(day("20240229T235959Z"), Ok("20240229"));
        for bad in
            ["", "2024-02-29T23:59:59Z", "20240229T235959", "20240229t235959Z", "2024022aT235959Z", "ä0240229T23595Z"]
        {
            assert_eq!(day(bad), Err(Problem::Date.into()), "{bad}");
        }
    }
}
