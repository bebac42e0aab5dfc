//! What triage rests on: symptoms, circumstances, risks. Each has an id and a name in both languages; where they come from
//! stands in `data/triage/finding.txt`.

use std::sync::LazyLock;

use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize, Serializer};

use crate::dictionary::rows;
use crate::drug::Class;
use crate::hash::Map;
use crate::symptom::{Sense, SymptomMention};
use crate::triage::spoken::Spoken;

pub(super) static FINDING: &str = include_str!("../../data/triage/finding.txt");

/// One thing of the table, by its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding(u16);

/// A row.
#[derive(Debug, Clone, Copy)]
struct Row {
    id: &'static str,
    names: [&'static str; 2],
    kind: FindingKind,
}

/// What a finding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A symptom, a sign or a condition: chest pain. Records keep it as an observation.
    #[default]
    Symptom,
    /// A risk, a cause, or how a symptom is: blood thinners, a fall, pain that spreads to the arm.
    Circumstance,
    /// A word about another finding: severe, since childhood.
    Manner,
    /// Who the patient is: a child, somebody older.
    Person,
    /// No complaint: a refill, thanks.
    Request,
}

impl FindingKind {
    fn named(name: &str) -> Self {
        match name {
            "circumstance" => Self::Circumstance,
            "manner" => Self::Manner,
            "person" => Self::Person,
            "request" => Self::Request,
            _ => Self::Symptom,
        }
    }
}

/// The table, and the findings by where they come from.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
    by_id: Map<&'static str, Finding>,
    by_code: Map<&'static str, Vec<Finding>>,
    by_complaint: Map<(Sense, &'static str), Vec<Finding>>,
    by_sense: Map<Sense, Vec<Finding>>,
    by_wording: Map<&'static str, Vec<Finding>>,
    by_class: Vec<(Class, Finding)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);
/// Codes are at most so long.
const LONGEST_CODE: usize = 8;

impl Table {
    fn read() -> Self {
        let mut table = Self::default();
        for ((id, rest), number) in rows(FINDING).zip(0_u16..) {
            let mut fields = rest.split('|');
            let (english, spanish) = (fields.next().unwrap_or(id), fields.next().unwrap_or(id));
            let sources = fields.next().unwrap_or_default();
            let kind = fields.next().map(FindingKind::named).unwrap_or_default();
            table.rows.push(Row { id, names: [english, spanish], kind });
            table.by_id.insert(id, Finding(number));
            sources.split_whitespace().for_each(|source| table.add(source, Finding(number)));
        }
        table
    }

    fn add(&mut self, source: &'static str, finding: Finding) {
        if let Some(class) = source.strip_prefix("drug:") {
            self.by_class.extend(class_named(class).map(|class| (class, finding)));
        } else if source.starts_with("symptom.") {
            self.by_wording.entry(source).or_default().push(finding);
        } else if let Some((sense, site)) = source.split_once('@') {
            let Some(sense) = Sense::named(sense) else { return };
            if site == "*" {
                self.by_sense.entry(sense).or_default().push(finding);
            } else {
                self.by_complaint.entry((sense, site)).or_default().push(finding);
            }
        } else {
            self.by_code.entry(source).or_default().push(finding);
        }
    }
}

fn class_named(name: &'static str) -> Option<Class> {
    let name: StrDeserializer<'static, Error> = name.into_deserializer();
    Class::deserialize(name).ok()
}

impl Finding {
    /// The finding with this id.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        TABLE.by_id.get(id).copied()
    }

    /// Its id: "chest_pain".
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().map_or("", |row| row.id)
    }

    /// What people read, in their language: "chest pain", "dolor de pecho".
    #[must_use]
    pub fn name(self, language: Spoken) -> &'static str {
        let [english, spanish] = self.row().map_or(["", ""], |row| row.names);
        language.pick(english, spanish)
    }

    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// What it says.
    #[must_use]
    pub fn kind(self) -> FindingKind {
        self.row().map(|row| row.kind).unwrap_or_default()
    }

    /// Whether it counts although it lies in the past.
    pub(super) fn counts_in_past(self) -> bool {
        self.kind() != FindingKind::Symptom
    }

    fn row(self) -> Option<Row> {
        TABLE.rows.get(self.index()).copied()
    }

    /// What a symptom is among the findings.
    pub(super) fn of_symptom(symptom: &SymptomMention) -> Vec<Self> {
        let mut found = symptom.code.map(Self::of_code).unwrap_or_default();
        if let (Some(sense), Some(site)) = (symptom.sense, symptom.site) {
            let exact = complaint(sense, site);
            found.extend(exact.iter().chain(TABLE.by_sense.get(&sense).into_iter().flatten()));
        }
        let rule = symptom.recognised.rule();
        found.extend(rule.strip_prefix("symptom.").and_then(Self::named));
        found.extend(TABLE.by_wording.get(rule).into_iter().flatten());
        found
    }

    /// What a code of ICD-10-CM is: the findings with the longest beginning of it.
    pub(super) fn of_code(code: &str) -> Vec<Self> {
        let beginnings = (1..=code.len().min(LONGEST_CODE)).rev().filter_map(|length| code.get(..length));
        let longest = beginnings.into_iter().find_map(|beginning| TABLE.by_code.get(beginning));
        longest.cloned().unwrap_or_default()
    }

    /// What taking a medicine of these classes means.
    pub(super) fn of_classes(classes: &[Class]) -> impl Iterator<Item = Self> {
        TABLE.by_class.iter().filter(|(class, _)| classes.contains(class)).map(|(_, finding)| *finding)
    }
}

/// Sites of several words are written with underscores in the table.
fn complaint(sense: Sense, site: &'static str) -> &'static [Finding] {
    let key = if site.contains(' ') { site_key(site) } else { site };
    TABLE.by_complaint.get(&(sense, key)).map(Vec::as_slice).unwrap_or_default()
}

fn site_key(site: &'static str) -> &'static str {
    match site {
        "lower back" => "lower_back",
        "upper back" => "upper_back",
        "tail bone" => "tail_bone",
        "lymph node" => "lymph_node",
        _ => site,
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symptom;
    use crate::text::Text;

    #[test]
    fn the_table_is_sorted_and_every_source_is_known() {
        let ids: Vec<&str> = rows(FINDING).map(|(id, _)| id).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        let wording = include_str!("../../data/symptom/wording.txt");
        for (id, rest) in rows(FINDING) {
            let fields: Vec<&str> = rest.split('|').collect();
            assert!(fields.len() == 4 && fields[..2].iter().all(|name| !name.is_empty()), "{id}");
            assert!(["", "circumstance", "manner", "person", "request"].contains(&fields[3]), "{id}: {}", fields[3]);
            for source in fields[2].split_whitespace() {
                let known = match (source.strip_prefix("drug:"), source.split_once('@')) {
                    (Some(class), _) => Class::deserialize(IntoDeserializer::<Error>::into_deserializer(class)).is_ok(),
                    (_, Some((sense, _))) => Sense::named(sense).is_some(),
                    _ if source.starts_with("symptom.") => wording.contains(&format!("[{source} ")),
                    _ => source.starts_with(|c: char| c.is_ascii_uppercase()),
                };
                assert!(known, "{id}: {source}");
            }
        }
    }

    #[test]
    fn findings_come_from_symptoms_codes_and_medicines() {
        let of = |text: &str| -> Vec<&str> {
            symptom::find(&Text::read(text)).iter().flat_map(Finding::of_symptom).map(Finding::id).collect()
        };
        assert!(of("my chest feels tight").contains(&"chest_pain"));
        assert!(of("pain in my left knee").contains(&"knee_pain"));
        assert!(of("me duele la espalda baja").contains(&"back_pain"));
        assert!(of("she fainted").contains(&"fainting"));
        assert_eq!(Finding::of_code("J45.909").first().map(|finding| finding.id()), Some("asthma"));
        assert_eq!(Finding::of_code("E10.9").len(), 2, "diabetes, and its type");
        let classes = [Class::FactorXaInhibitor];
        assert_eq!(Finding::of_classes(&classes).map(Finding::id).collect::<Vec<_>>(), ["anticoagulant"]);
    }

    #[test]
    fn names_are_given_in_both_languages() {
        let fever = Finding::named("fever").unwrap();
        assert_eq!((fever.name(Spoken::English), fever.name(Spoken::Spanish)), ("fever", "fiebre"));
        assert_eq!(serde_json::to_string(&fever).unwrap(), "\"fever\"");
        assert_eq!(Finding::named("happiness"), None);
    }
}
