//! JSON as RFC 8785 writes it, so that whoever parses a webhook, takes the signature out and writes the rest again has the bytes
//! that were signed.

use serde_json::{Number, Value};

/// The canonical text of a value.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => text.push_str(&plain(number)),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, text);
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            // By UTF-16 code units: where surrogates are involved, that is another order than that of UTF-8.
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            text.push('{');
            for (index, (name, value)) in members.into_iter().enumerate() {
                separate(index, text);
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        // serde_json escapes exactly what RFC 8785 escapes, and as it does.
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

fn separate(index: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
}

/// A number as ECMAScript writes it: every number is a double there, and the shortest digits that read back as it are its text.
fn plain(number: &Number) -> String {
    let Some(value) = number.as_f64() else { return number.to_string() };
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&value.abs()) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    if text.contains("e-") { text } else { text.replace('e', "e+") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_as_ecmascript_writes_them() {
        let texts = [
            (json!(1.0), "1"),
            (json!(0.95), "0.95"),
            (json!(-0.0), "0"),
            (json!(1e-6), "0.000001"),
            (json!(1e-7), "1e-7"),
            (json!(1.5e-10), "1.5e-10"),
            (json!(1e20), "100000000000000000000"),
            (json!(1e21), "1e+21"),
            (json!(-1.25e30), "-1.25e+30"),
            (json!(5e-324), "5e-324"),
            (json!(1.797_693_134_862_315_7e308), "1.7976931348623157e+308"),
            (json!(9_007_199_254_740_991_u64), "9007199254740991"),
            (json!(9_007_199_254_740_993_u64), "9007199254740992"),
            (json!(-7), "-7"),
            (json!(333_333_333.333_333_3), "333333333.3333333"),
        ];
        for (value, text) in texts {
            assert_eq!(canonical(&value), text);
        }
    }

    /// The example of RFC 8785, section 3.2.3: sorted by UTF-16.
    #[test]
    fn members_in_the_order_of_the_standard() {
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
        });
        let text = canonical(&value);
        let places = ["\"\\r\"", "\"1\"", "\"\u{80}\"", "\"\u{f6}\"", "\"\u{20ac}\"", "\"\u{1f600}\"", "\"\u{fb33}\""]
            .map(|name| text.find(name).unwrap());
        assert!(places.is_sorted(), "{text}");
    }

    /// The strings of RFC 8785, section 3.2.2.2.
    #[test]
    fn strings_with_the_escapes_of_the_standard() {
        let value = json!({ "string": "\u{20ac}$\u{f}\nA'B\"\\\\\"/" });
        assert_eq!(canonical(&value), r#"{"string":"€$\u000f\nA'B\"\\\\\"/"}"#);
        assert_eq!(canonical(&json!([null, true, false, [], {}])), "[null,true,false,[],{}]");
    }
}
