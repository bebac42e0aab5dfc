//! Phone numbers in E.164, and numbers that no network can dial.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A phone number in E.164: a plus sign and 7 to 15 digits, beginning with an assigned country code; or a dummy number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

/// +999 is reserved in E.164 and not assigned to any country or service: such a number can never be anybody's.
const DUMMY_PREFIX: &str = "999";

impl PhoneNumber {
    /// Reads a number as people write it: blanks, dots, dashes, brackets, a leading `00`, digits of any script.
    /// A national number, with its trunk zero, is completed with `country` (digits of a country code) when there is one.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the result is not a dialable E.164 number.
    pub fn parse(raw: &str, country: Option<&str>) -> Result<Self> {
        let (plus, digits) = digits_of(raw).ok_or_else(not_a_number)?;
        let international = if plus {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else if let (Some(rest), Some(country)) = (digits.strip_prefix('0'), country) {
            format!("{country}{rest}")
        } else {
            return Err(not_a_number());
        };
        if (7..=15).contains(&international.len()) && has_country_code(&international) {
            Ok(Self(format!("+{international}")))
        } else {
            Err(not_a_number())
        }
    }

    /// The number behind the bare digits that WhatsApp uses for its users.
    #[must_use]
    pub fn from_wa_digits(digits: &str) -> Option<Self> {
        Self::parse(&format!("+{digits}"), None).ok()
    }

    /// One of 10^11 dummy numbers, for a patient without a phone.
    #[must_use]
    pub fn dummy(random: u64) -> Self {
        Self(format!("+{DUMMY_PREFIX}{:011}", random % 100_000_000_000))
    }

    /// Whether no network can dial this number.
    #[must_use]
    pub fn is_dummy(&self) -> bool {
        self.digits().starts_with(DUMMY_PREFIX)
    }

    /// The digits without the plus sign.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.0.strip_prefix('+').unwrap_or(&self.0)
    }

    /// The number with its plus sign.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn not_a_number() -> Error {
    Error::invalid("phone_number", "phone_number must be an international phone number, for example +2348012345678.")
}

/// Whether a plus sign led, and the ASCII digits; nothing for anything that is neither digit nor separator.
fn digits_of(raw: &str) -> Option<(bool, String)> {
    let raw = raw.trim();
    let plus = raw.starts_with(['+', '＋']);
    let mut digits = String::with_capacity(15);
    for c in raw.chars().skip(usize::from(plus)) {
        match c {
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{A0}' | '\u{2010}'..='\u{2015}' => {}
            _ => digits.push(ascii_digit(c)?),
        }
    }
    Some((plus, digits))
}

/// The ASCII digit for a decimal digit of the scripts that phones of our users write.
fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [char; 8] = ['0', '٠', '۰', '०', '০', '௦', '๐', '０'];
    ZEROS.into_iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}

/// Country codes of E.164 as assigned in 2026 (ITU-T E.164 list): one or two digits that stand alone, and the tens
/// under which three digits are assigned with the last digits that exist.
fn has_country_code(digits: &str) -> bool {
    const SHORT: &[&str] = &[
        "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82",
        "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    const LONG: &[(&str, &str)] = &[
        ("21", "12368"),
        ("22", "0123456789"),
        ("23", "0123456789"),
        ("24", "0123456789"),
        ("25", "012345678"),
        ("26", "0123456789"),
        ("29", "01789"),
        ("35", "0123456789"),
        ("37", "012345678"),
        ("38", "012356789"),
        ("42", "013"),
        ("50", "0123456789"),
        ("59", "0123456789"),
        ("67", "02345679"),
        ("68", "012356789"),
        ("69", "012"),
        ("80", "08"),
        ("85", "02356"),
        ("87", "0"),
        ("88", "0123468"),
        ("96", "012345678"),
        ("97", "012345679"),
        ("99", "234568"),
    ];
    let long = |(tens, lasts): &(&str, &str)| {
        digits.strip_prefix(tens).and_then(|rest| rest.chars().next()).is_some_and(|last| lasts.contains(last))
    };
    SHORT.iter().any(|code| digits.starts_with(code)) || LONG.iter().any(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for raw in [
            "+2348012345678",
            " +234 801-234.5678 ",
            "00234 (801) 234 5678",
            "＋２３４８０１２３４５６７８",
            "+٢٣٤٨٠١٢٣٤٥٦٧٨",
            "+234\u{A0}801\u{2011}2345678",
        ] {
            assert_eq!(PhoneNumber::parse(raw, None).unwrap().as_str(), "+2348012345678", "{raw}");
        }
        assert_eq!(PhoneNumber::parse("0801 234 5678", Some("234")).unwrap().as_str(), "+2348012345678");
    }

    #[test]
    fn refuses_what_no_network_dials() {
        for raw in [
            "",
            "+",
            "+12345",
            "08012345678",
            "2348012345678",
            "+2348012345678x",
            "+99912345678901",
            "+2101234567",
            "+1234567890123456",
            "call me",
            "+23480\u{0}12345678",
            "+0123456789",
            "+ 280 1234567",
        ] {
            assert!(PhoneNumber::parse(raw, None).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_dummy_is_e164_shaped_and_never_parses() {
        let dummy = PhoneNumber::dummy(u64::MAX);
        assert!(dummy.is_dummy() && dummy.digits().len() <= 15);
        assert!(PhoneNumber::parse(dummy.as_str(), None).is_err());
    }
}
