//! Clinical words by their endings, in English and Spanish.

use super::Category;

const CONDITIONS: [&str; 76] = [
    "itis",
    "itides",
    "osis",
    "oses",
    "oma",
    "omas",
    "omata",
    "emia",
    "emias",
    "aemia",
    "opathy",
    "opathies",
    "opatia",
    "opatias",
    "megaly",
    "megalia",
    "megalias",
    "penia",
    "plegia",
    "plejia",
    "paresis",
    "paresia",
    "trophy",
    "trofia",
    "plasia",
    "plasias",
    "ectasia",
    "ectasis",
    "ectasias",
    "ocele",
    "lithiasis",
    "litiasis",
    "rrhage",
    "rrhages",
    "rragia",
    "cytosis",
    "citosis",
    "thorax",
    "torax",
    "iasis",
    "uria",
    "urias",
    "algia",
    "algias",
    "dynia",
    "dinia",
    "pnea",
    "pnoea",
    "rrhea",
    "rrhoea",
    "rrea",
    "phagia",
    "fagia",
    "phasia",
    "fasia",
    "esthesia",
    "esthesias",
    "estesia",
    "estesias",
    "kinesia",
    "kinesias",
    "praxia",
    "stenosis",
    "malacia",
    "lysis",
    "blastoma",
    "sarcoma",
    "carcinoma",
    "toxicity",
    "toxicidad",
    "cardia",
    "tonia",
    "phobia",
    "fobia",
    "spasm",
    "espasmo",
];

const PROCEDURES: [&str; 17] = [
    "ectomy", "ectomies", "ectomia", "ectomias", "otomy", "otomia", "ostomy", "ostomia", "plasty", "plastia",
    "centesis", "desis", "pexy", "pexia", "scopy", "scopia", "therapy",
];

const TESTS: [&str; 2] = ["ogram", "ograma"];

/// Words with such an ending that are no clinical terms.
const OTHERS: [&str; 82] = [
    "academia",
    "academias",
    "agorafobia",
    "alegoria",
    "anatomia",
    "anatomy",
    "analysis",
    "aroma",
    "aromas",
    "autonomia",
    "autonomy",
    "axioma",
    "biologia",
    "bohemia",
    "catalysis",
    "chorrea",
    "correa",
    "cromosoma",
    "cromosomas",
    "curia",
    "diagnoses",
    "diagnosis",
    "diagrama",
    "dialysis",
    "diploma",
    "diplomas",
    "dosis",
    "epidemia",
    "epidemias",
    "estroma",
    "filosofia",
    "genoma",
    "goma",
    "histograma",
    "hologram",
    "hypnosis",
    "idioma",
    "idiomas",
    "injuria",
    "injurias",
    "instagram",
    "kilogram",
    "lujuria",
    "meiosis",
    "microscopia",
    "microscopy",
    "mitosis",
    "neurosis",
    "nostalgia",
    "oklahoma",
    "overdoses",
    "paloma",
    "palomas",
    "pandemia",
    "paralysis",
    "penuria",
    "pnea",
    "premia",
    "prognosis",
    "program",
    "programa",
    "programas",
    "pronosis",
    "soma",
    "stoma",
    "sintoma",
    "sintomas",
    "stroma",
    "symbiosis",
    "telegram",
    "telegrama",
    "therapy",
    "toma",
    "trophy",
    "asturias",
    "estoma",
    "osmosis",
    "apoptosis",
    "xenophobia",
    "xenofobia",
    "atrophy",
    "homophobia",
];

/// Shorter words have such endings by chance.
const MIN_LETTERS: usize = 6;

/// The category of a folded word by its ending.
pub(super) fn category(word: &str) -> Option<Category> {
    if word.len() < MIN_LETTERS || OTHERS.contains(&word) {
        return None;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending));
    if ends(&PROCEDURES) {
        Some(Category::Procedure)
    } else if ends(&TESTS) {
        Some(Category::Test)
    } else {
        ends(&CONDITIONS).then_some(Category::Condition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_category() {
        let cases = [
            ("cholangiectasis", Some(Category::Condition)),
            ("esplenomegalia", Some(Category::Condition)),
            ("craniopharyngioma", Some(Category::Condition)),
            ("leucocituria", Some(Category::Condition)),
            ("salpingectomy", Some(Category::Procedure)),
            ("timpanoplastia", Some(Category::Procedure)),
            ("venogram", Some(Category::Test)),
            ("program", None),
            ("dosis", None),
            ("idioma", None),
            ("coma", None),
            ("therapy", None),
        ];
        for (word, expected) in cases {
            assert_eq!(category(word), expected, "{word}");
        }
    }
}
