use super::*;

fn said(raw: &str) -> String {
    spoken(raw).map(|text| text.as_str().to_owned()).unwrap_or_default()
}

#[test]
fn nothing_invisible_and_no_address_is_said() {
    assert_eq!(said("Rest\u{202E} well\u{0}\u{200B}.\nDrink water."), "Rest well.\nDrink water.");
    assert_eq!(said("See https://evil.example/x?y=1 for more."), "See for more.");
    assert_eq!(said("[here](http://a.b) or www.a.b or evil.com/login, (example.org)."), "or or");
    assert_eq!(said("Write to me@evil.com now"), "Write to now");
    for plain in ["Take 2.5 ml e.g. after lunch.", "Your value is 140/90.Please rest.", "a.m. and p.m.", "Dr.Smith"] {
        assert_eq!(said(plain), plain);
    }
    assert_eq!(spoken(" \u{200B}\n https://a.b "), None);
}

#[test]
fn addresses_go_in_every_shape() {
    for address in [
        "www.portal.test",
        "WWW.Portal.Test/a",
        "clinic.example/results",
        "files.portal-of-ada.zzz/r?id=1",
        "portal.zzz:8080/x",
        "portal.zzz?token=1",
        "Evil.COM",
        "bit.ly/3xYz",
        "portal-clinic.example",
        "wa.me/15550100",
        "rest,evil.com,then",
        "«evil.mx»",
        "пример.com",
        "xn--e1afmkfd.xn--p1ai",
        "ｅｖｉｌ．ｃｏｍ",
        "evil。com",
        "192.0.2.7/login",
        "192.0.2.7",
        "ada@portal.zzz",
        "mailto:ada@portal",
        "https:evil.test",
        "hxxps://evil.test",
    ] {
        assert_eq!(said(&format!("Look at {address} now.")), "Look at now.", "{address}");
        assert_eq!(said(&format!("Look\t{address}\u{A0}now.")), "Look now.", "{address}");
    }
}

#[test]
fn ordinary_words_are_no_addresses() {
    for plain in [
        "e.g. 3.5 or 140/90, i.e. normal; p. ej. 3,5",
        "Dr.Smith and Dra.Pérez/Dr.Gil",
        "a.m./p.m. and/or 24/7",
        "6.5 mmol/L.Then rest",
        "Rest.It helps.Then eat.",
        "Rest.Eat/drink as usual.",
        "on 12.11.2026 at 8.30",
        "mg/dL: 98.6",
        "EE.UU. y U.S.A.",
        "Tome 2.5 ml.Luego descanse...y beba",
        "What?Yes! 1.5:1",
        "Ask @ the desk. No.5",
    ] {
        assert_eq!(said(plain), plain);
    }
}

#[test]
fn a_long_reply_ends_after_a_sentence() {
    let long = "This is a sentence. ".repeat(200);
    let cut = said(&long);
    assert!(cut.chars().count() <= REPLY_LIMIT && cut.ends_with("sentence."));
    let word = "é".repeat(5_000);
    assert_eq!(said(&word).chars().count(), REPLY_LIMIT);
    assert!(said(&word).ends_with('…'));
}
