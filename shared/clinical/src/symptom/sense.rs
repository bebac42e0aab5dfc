//! What can be wrong with a part of the body, and the words for it.

/// What is wrong with a part of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Pain,
    Swelling,
    Numbness,
    Tingling,
    Weakness,
    Stiffness,
    Itching,
    Rash,
    Redness,
    Bleeding,
    Lump,
    Cramps,
    Burning,
    Tightness,
    Dryness,
    Injury,
}

impl Sense {
    /// Its name behind a part of the body: "knee pain".
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::Swelling => "swelling",
            Self::Numbness => "numbness",
            Self::Tingling => "tingling",
            Self::Weakness => "weakness",
            Self::Stiffness => "stiffness",
            Self::Itching => "itching",
            Self::Rash => "rash",
            Self::Redness => "redness",
            Self::Bleeding => "bleeding",
            Self::Lump => "lump",
            Self::Cramps => "cramps",
            Self::Burning => "burning",
            Self::Tightness => "tightness",
            Self::Dryness => "dryness",
            Self::Injury => "injury",
        }
    }
}

/// Words that say what is wrong, by their stems.
const SENSES: [(&[&str], Sense); 16] = [
    (
        &[
            "pain",
            "pains",
            "painful",
            "ache",
            "aches",
            "aching",
            "achy",
            "hurt",
            "hurts",
            "hurting",
            "sore",
            "soreness",
            "tender",
            "tenderness",
            "throbbing",
            "throbs",
            "stabbing",
            "discomfort",
            "killing",
            "dolor",
            "dolores",
            "duele",
            "duelen",
            "doliendo",
            "adolorido",
            "adolorida",
            "molestia",
            "molestias",
            "punzada",
            "punzadas",
            "doler",
            "dolia",
            "ached",
        ],
        Sense::Pain,
    ),
    (
        &[
            "swollen",
            "swelling",
            "swells",
            "swelled",
            "puffy",
            "hinchado",
            "hinchada",
            "hinchados",
            "hinchadas",
            "hinchazon",
            "inflamado",
            "inflamada",
            "inflamados",
        ],
        Sense::Swelling,
    ),
    (
        &[
            "numb",
            "numbness",
            "dormido",
            "dormida",
            "dormidas",
            "dormidos",
            "adormecido",
            "adormecida",
            "entumecido",
            "entumecida",
            "adormecimiento",
            "entumecimiento",
        ],
        Sense::Numbness,
    ),
    (&["tingling", "tingle", "tingles", "tingly", "prickling", "hormigueo", "hormigueos"], Sense::Tingling),
    (&["weak", "weakness", "debil", "debiles", "debilidad"], Sense::Weakness),
    (&["stiff", "stiffness", "rigido", "rigida", "rigidez", "tieso", "tiesa"], Sense::Stiffness),
    (&["itchy", "itch", "itches", "itching", "picazon", "comezon", "pica", "pican"], Sense::Itching),
    (&["rash", "rashes", "sarpullido", "erupcion", "ronchas"], Sense::Rash),
    (&["red", "redness", "rojo", "roja", "rojos", "enrojecimiento", "irritated", "irritado"], Sense::Redness),
    (&["bleeding", "bleeds", "bled", "sangrado", "sangra", "sangran", "sangrando"], Sense::Bleeding),
    (&["lump", "lumps", "bump", "bumps", "mass", "bulto", "bultos", "bolita", "masa"], Sense::Lump),
    (&["cramp", "cramps", "cramping", "spasm", "spasms", "calambre", "calambres"], Sense::Cramps),
    (&["burning", "burns", "burn", "ardor", "arde", "arden", "quema"], Sense::Burning),
    (&["tight", "tightness", "pressure", "heaviness", "heavy", "presion", "opresion"], Sense::Tightness),
    (&["dry", "seco", "seca", "secos"], Sense::Dryness),
    (
        &["injury", "injured", "twisted", "sprained", "broke", "broken", "bruised", "lastimado", "lastime", "torci"],
        Sense::Injury,
    ),
];

/// What a word says to be wrong.
pub(super) fn sense(word: &str) -> Option<Sense> {
    SENSES.iter().find(|(words, _)| words.contains(&word)).map(|(_, sense)| *sense)
}
