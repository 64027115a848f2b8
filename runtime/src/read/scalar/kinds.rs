//! How each kind of scalar is made of what JSON says.

use super::{As, Scalar, Unfit};
use crate::open_enum::OpenEnum;
use crate::read::LossReason;
use crate::secret::Secret;

const UNREADABLE: Unfit = Unfit(LossReason::Unreadable);
const OUT_OF_RANGE: Unfit = Unfit(LossReason::OutOfRange);
const FRACTION: Unfit = Unfit(LossReason::Fraction);

impl Scalar for String {
    const EXPECTED: &'static str = "text";
    const AS: As = As::Text;

    fn text(text: &str) -> Result<Self, Unfit> {
        Ok(text.to_owned())
    }

    fn owned(text: String) -> Result<Self, Unfit> {
        Ok(text)
    }
}

impl Scalar for Secret {
    const EXPECTED: &'static str = "text";
    const AS: As = As::Text;

    fn text(text: &str) -> Result<Self, Unfit> {
        Ok(text.into())
    }

    fn owned(text: String) -> Result<Self, Unfit> {
        Ok(text.into())
    }
}

impl<E: OpenEnum> Scalar for E {
    const EXPECTED: &'static str = "text or a number";
    const AS: As = As::Value;

    fn text(text: &str) -> Result<Self, Unfit> {
        Ok(E::from_text(text))
    }
}

impl Scalar for i64 {
    const EXPECTED: &'static str = "an integer";

    fn text(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        match text.parse() {
            Ok(number) => Ok(number),
            Err(_) => f64::text(text).and_then(Self::float),
        }
    }

    fn integer(number: i64) -> Result<Self, Unfit> {
        Ok(number)
    }

    fn large(_: u64) -> Result<Self, Unfit> {
        Err(OUT_OF_RANGE)
    }

    #[allow(clippy::cast_possible_truncation)] // the range is checked before
    fn float(number: f64) -> Result<Self, Unfit> {
        /// 2⁶³, the first float above every `i64`.
        const END: f64 = 9_223_372_036_854_775_808.0;
        if !(-END..END).contains(&number) {
            Err(OUT_OF_RANGE)
        } else if number.fract() == 0.0 {
            Ok(number as Self)
        } else {
            Err(FRACTION)
        }
    }
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";

    fn text(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        match text.parse::<Self>() {
            // Rust also reads `inf`, `nan` and `infinity`, which no page means by a number.
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) if text.contains(|character: char| character.is_ascii_digit()) => Err(OUT_OF_RANGE),
            _ => Err(UNREADABLE),
        }
    }

    #[allow(clippy::cast_precision_loss)] // a float was asked for
    fn integer(number: i64) -> Result<Self, Unfit> {
        Ok(number as Self)
    }

    #[allow(clippy::cast_precision_loss)] // a float was asked for
    fn large(number: u64) -> Result<Self, Unfit> {
        Ok(number as Self)
    }

    fn float(number: f64) -> Result<Self, Unfit> {
        Ok(number)
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "true or false";

    fn text(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        match text {
            _ if text.eq_ignore_ascii_case("true") => Ok(true),
            _ if text.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(UNREADABLE),
        }
    }

    fn boolean(value: bool) -> Result<Self, Unfit> {
        Ok(value)
    }
}
