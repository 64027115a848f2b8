use super::*;
use http::HeaderValue;

#[test]
fn waits_double_up_to_the_cap() {
    let full = RetryPolicy::default().jitter(|| 1.0);
    let seconds: Vec<_> = [1, 2, 3, 6, 7, 33, u32::MAX].map(|retry| full.wait(retry).as_secs_f64()).to_vec();
    assert_eq!(seconds, [0.5, 1.0, 2.0, 16.0, 20.0, 20.0, 20.0]);
    for (part, wait) in [(0.5, 250), (0.0, 0), (-1.0, 0), (7.0, 500), (f64::NAN, 500)] {
        let policy = RetryPolicy::default().jitter(move || part);
        assert_eq!(policy.wait(1), Duration::from_millis(wait), "{part}");
    }
    let endless = RetryPolicy::default().base(Duration::MAX).cap(Duration::MAX).jitter(|| 1.0);
    assert!(endless.wait(9) > Duration::from_secs(u64::MAX / 2));
}

#[test]
fn chance_differs() {
    let parts: Vec<_> = (0..64).map(|_| chance()).collect();
    assert!(parts.iter().all(|part| (0.0..=1.0).contains(part)));
    assert!(parts.iter().any(|part| *part < 0.5) && parts.iter().any(|part| *part > 0.5), "{parts:?}");
}

#[test]
fn retry_after_is_read_in_all_its_forms() {
    // 784111777 s after 1970.
    let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
    let cases = [
        ("0", None, Some(0)),
        (" 120 ", None, Some(120)),
        ("99999999999999999999999", None, Some(u64::MAX)),
        ("Sun, 06 Nov 1994 08:50:07 GMT", None, Some(30)),
        ("Sunday, 06-Nov-94 08:50:07 GMT", None, Some(30)),
        ("Sun Nov  6 08:50:07 1994", None, Some(30)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", None, Some(0)),
        ("Sun, 06 Nov 1994 10:00:07 GMT", Some("Sun, 06 Nov 1994 10:00:00 GMT"), Some(7)),
        ("Sun, 06 Nov 1994 08:50:07 GMT", Some("yesterday"), Some(30)),
        ("soon", None, None),
        ("-5", None, None),
        ("1.5", None, None),
        ("", None, None),
    ];
    for (text, date, seconds) in cases {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_str(date).unwrap());
        }
        assert_eq!(retry_after(&headers, now), seconds.map(Duration::from_secs), "{text}");
    }
    let mut headers = HeaderMap::new();
    assert_eq!(retry_after(&headers, now), None);
    headers.insert(RETRY_AFTER, HeaderValue::from_bytes(b"\xff").unwrap());
    assert_eq!(retry_after(&headers, now), None);
}
