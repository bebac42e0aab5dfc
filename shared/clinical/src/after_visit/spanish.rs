//! Names, numbers and times in Spanish.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::sig::{DayPart, Form, Frequency, Range, Unit};

static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/after_visit/spanish.txt").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once(" = ")).collect()
});

/// What a test or a specialty is called.
pub(super) fn named(name: &str) -> Option<&'static str> {
    NAMES.get(name).copied()
}

/// "7 días", "1 mes".
pub(super) fn counted(count: Range, unit: Unit) -> String {
    let (one, several) = match unit {
        Unit::Minute => ("minuto", "minutos"),
        Unit::Hour => ("hora", "horas"),
        Unit::Day => ("día", "días"),
        Unit::Week => ("semana", "semanas"),
        Unit::Month => ("mes", "meses"),
        Unit::Year => ("año", "años"),
    };
    format!("{} {}", number(count), if count.most > 1.0 { several } else { one })
}

fn number(count: Range) -> String {
    if count.least < count.most { format!("{} a {}", count.least, count.most) } else { count.most.to_string() }
}

/// "2 tabletas".
pub(super) fn amount(count: Range, form: Form) -> String {
    let (one, several) = match form {
        Form::Tablet => ("tableta", "tabletas"),
        Form::Capsule => ("cápsula", "cápsulas"),
        Form::Pill => ("pastilla", "pastillas"),
        Form::Puff => ("inhalación", "inhalaciones"),
        Form::Spray => ("aplicación del spray", "aplicaciones del spray"),
        Form::Drop => ("gota", "gotas"),
        Form::Patch => ("parche", "parches"),
        Form::Teaspoon => ("cucharadita", "cucharaditas"),
        Form::Tablespoon => ("cucharada", "cucharadas"),
        Form::Milliliter => ("ml", "ml"),
        Form::Unit => ("unidad", "unidades"),
        Form::Injection => ("inyección", "inyecciones"),
        Form::Suppository => ("supositorio", "supositorios"),
        Form::Sachet => ("sobre", "sobres"),
        Form::Lozenge => ("pastilla para chupar", "pastillas para chupar"),
        Form::Ampoule => ("ampolla", "ampollas"),
        Form::Application => ("aplicación", "aplicaciones"),
        Form::Dose => ("dosis", "dosis"),
    };
    format!("{} {}", number(count), if count.most > 1.0 { several } else { one })
}

/// "2 veces al día", "cada 8 horas", "1 vez al día, al acostarse".
pub(super) fn often(frequency: &Frequency) -> String {
    let is_one = |range: Range| range == Range::one(1.0);
    let times = format!("{} {}", number(frequency.times), if frequency.times.most > 1.0 { "veces" } else { "vez" });
    let each = match frequency.unit {
        Unit::Minute => "por minuto",
        Unit::Hour => "por hora",
        Unit::Day => "al día",
        Unit::Week => "a la semana",
        Unit::Month => "al mes",
        Unit::Year => "al año",
    };
    let text = match (is_one(frequency.times), is_one(frequency.every)) {
        (_, true) => format!("{times} {each}"),
        (true, false) => format!("cada {}", counted(frequency.every, frequency.unit)),
        (false, false) => format!("{times} cada {}", counted(frequency.every, frequency.unit)),
    };
    let parts: Vec<&str> = frequency.when.iter().map(|part| part_of_day(*part)).collect();
    if parts.is_empty() { text } else { format!("{text}, {}", parts.join(" y ")) }
}

fn part_of_day(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "por la mañana",
        DayPart::Noon => "al mediodía",
        DayPart::Afternoon => "por la tarde",
        DayPart::Evening => "por la noche",
        DayPart::Bedtime => "al acostarse",
        DayPart::Meals => "con las comidas",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_catalogue::Test;

    #[test]
    fn the_names_are_those_of_the_catalogues() {
        let rows = include_str!("../../data/after_visit/spanish.txt").lines().filter(|row| !row.starts_with('#'));
        let names: Vec<&str> = rows.map(|row| row.split_once(" = ").unwrap().0).collect();
        let specialties = include_str!("../../data/term/specialty.txt");
        for name in &names {
            let is_test = Test::named(name).is_some_and(|test| test.name == *name);
            assert!(is_test || specialties.contains(&format!("\n{name}|")), "{name}");
        }
        let tests = include_str!("../../data/test/catalogue.txt").lines().filter(|row| !row.starts_with('#'));
        for row in tests {
            let name = row.split('|').next().unwrap();
            assert!(named(name).is_some(), "{name}");
        }
    }
}
