//! From the first person to the third, in Spanish: "tengo tos y me duele" becomes "tiene tos y le duele".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::wording::{self, Word};
use crate::visit::Speaker;

static VERBS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/summary/verb_es.txt").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once(" = ")).collect()
});

/// First persons that are other words as well: a verb only where nothing before them makes them a noun.
const SHARED: &[&str] = &["camino", "trabajo", "como", "peso", "uso", "estudio", "mareo", "vomito"];

/// A statement in the third person. What a clinician says is in it already, because patients are spoken to as "usted".
pub(super) fn turned(words: &[Word], speaker: Speaker) -> Vec<Word> {
    if speaker != Speaker::Patient {
        return words.iter().filter(|word| word.word != "usted").cloned().collect();
    }
    let mut turned: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((first, behind)) = rest.split_first() {
        let last = turned.last().map(|word| word.word.clone()).unwrap_or_default();
        let next = behind.first().map(|word| word.text.to_lowercase()).unwrap_or_default();
        if first.word != "yo" {
            turned.push(third_person(first, &last, &next));
        }
        rest = behind;
    }
    turned
}

fn replaced(word: &Word, by: &str) -> Word {
    Word { text: by.to_owned(), word: by.to_owned(), ..word.clone() }
}

fn third_person(word: &Word, last: &str, next: &str) -> Word {
    let by = match word.text.to_lowercase().as_str() {
        "mi" | "nuestro" | "nuestra" => "su",
        "mis" => "sus",
        "mío" | "mía" => "suyo",
        "mí" => "el paciente",
        "conmigo" => "consigo",
        // "me caí" happens to oneself, "me duele" to the patient
        "me" if verb(next, "me").is_some() => "se",
        "me" => "le",
        "nos" => "les",
        written => return verb(written, last).map_or_else(|| word.clone(), |verb| replaced(word, &verb)),
    };
    replaced(word, by)
}

/// The third person of a verb in the first.
fn verb(written: &str, last: &str) -> Option<String> {
    const NOUNS_FOLLOW: &[&str] = &[
        "el", "un", "mi", "su", "del", "al", "de", "tanto", "mucho", "poco", "más", "mas", "este", "ese", "con", "sin",
        "en", "por", "para", "otro", "algo", "así", "tal", "está",
    ];
    if SHARED.contains(&written) && (last.is_empty() && written == "como" || NOUNS_FOLLOW.contains(&last)) {
        return None;
    }
    if written == "como" && !matches!(last, "no" | "casi" | "nunca" | "cuando" | "yo" | "siempre") {
        return None;
    }
    if let Some(verb) = VERBS.get(written) {
        return Some((*verb).to_owned());
    }
    regular(written)
}

/// Past and future of regular verbs: "tomé" is "tomó", "salí" is "salió", "volveré" is "volverá".
fn regular(written: &str) -> Option<String> {
    const OTHERS: &[&str] =
        &["café", "porqué", "bebé", "después", "qué", "aquí", "así", "allí", "ahí", "también", "pie", "puré"];
    if OTHERS.contains(&written) || written.chars().count() < 4 {
        return None;
    }
    if let Some(stem) = written.strip_suffix("ré").filter(|stem| stem.ends_with(['a', 'e', 'i', 'd'])) {
        return Some(format!("{stem}rá"));
    }
    if let Some(stem) = written.strip_suffix('í') {
        return Some(format!("{stem}ió"));
    }
    let stem = written.strip_suffix('é')?;
    let ends = [("gu", "g"), ("qu", "c"), ("c", "z")];
    let changed = ends.iter().find_map(|(end, by)| Some(format!("{}{by}", stem.strip_suffix(end)?)));
    Some(format!("{}ó", changed.unwrap_or_else(|| stem.to_owned())))
}

/// What a yes or a no to a question says: "¿fuma?" becomes "fuma" or "no fuma".
pub(super) fn stated(question: &[Word], is_yes: bool) -> Option<String> {
    let turned = turned(question, Speaker::Clinician);
    let denied = |word: &Word| match word.word.as_str() {
        "algun" => replaced(word, "ningún"),
        "alguna" => replaced(word, "ninguna"),
        "alguien" => replaced(word, "nadie"),
        "algo" => replaced(word, "nada"),
        _ => word.clone(),
    };
    let words: Vec<Word> = if is_yes { turned } else { turned.iter().map(denied).collect() };
    let text = wording::phrase(&words);
    (!text.is_empty()).then(|| wording::finished(&if is_yes { text } else { format!("no {text}") }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoken;
    use crate::text::Text;

    fn words(written: &str) -> Vec<Word> {
        let text = Text::read(written);
        wording::of(&text, 0..text.tokens().len(), &spoken::numbers(&text))
    }

    #[test]
    fn the_first_person_becomes_the_third() {
        for (said, written) in [
            ("tengo tos y me duele la garganta", "Tiene tos y le duele la garganta."),
            ("me siento cansada desde que empecé el trabajo", "Se siente cansada desde que empezó el trabajo."),
            ("yo tomo metformina para mi azúcar", "Toma metformina para su azúcar."),
            ("ayer me caí y llegué a urgencias", "Ayer se cayó y llegó a urgencias."),
            ("no como desde ayer", "No come desde ayer."),
            ("es como un ardor", "Es como un ardor."),
            ("volveré si no mejora", "Volverá si no mejora."),
        ] {
            assert_eq!(wording::sentence(&turned(&words(said), Speaker::Patient)), written);
        }
    }

    #[test]
    fn an_answer_is_a_statement() {
        assert_eq!(stated(&words("fuma usted"), true).as_deref(), Some("Fuma."));
        assert_eq!(stated(&words("toma algún medicamento"), false).as_deref(), Some("No toma ningún medicamento."));
    }
}
