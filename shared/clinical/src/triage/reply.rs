//! The answer to the patient.

use crate::triage::advice::Advice;
use crate::triage::chart::Chart;
use crate::triage::finding::{Finding, FindingKind};
use crate::triage::interview::Interview;
use crate::triage::level::Level;
use crate::triage::misuse::{Misuse, Refusal};
use crate::triage::rule::Conclusion;
use crate::triage::spoken::Spoken;

/// So many findings are named in the answer.
const NAMED: usize = 3;

/// What the answer is made of.
pub(super) struct Answer<'a> {
    pub(super) level: Level,
    /// The conclusions that carry the level.
    pub(super) conclusions: &'a [&'a Conclusion],
    pub(super) chart: &'a Chart,
    pub(super) interview: &'a Interview,
    pub(super) refusal: Option<&'a Refusal>,
    pub(super) crisis: bool,
}

impl Answer<'_> {
    /// The whole answer.
    pub(super) fn text(&self) -> String {
        let language = self.interview.language.unwrap_or_default();
        if let Some(refusal) = self.refusal {
            return refusal_text(refusal.misuse, language);
        }
        if !self.interview.understood {
            return UNKNOWN_LANGUAGE.to_owned();
        }
        let parts = [
            self.opening(language),
            Some(self.what_to_do(language).to_owned()),
            self.at_home(language),
            self.come_for(language),
            self.interview.question.map(|question| question.text(language).to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What was understood, and what it means.
    fn opening(&self, language: Spoken) -> Option<String> {
        if self.crisis {
            return Some(language.pick(CRISIS_ENGLISH, CRISIS_SPANISH).to_owned());
        }
        let names = self.names(language);
        if names.is_empty() {
            return None;
        }
        let told = list(&names, language);
        let flag = self.conclusions.first().filter(|_| self.level.is_emergency());
        let meaning = flag.and_then(|flag| flag.text(language));
        Some(match (language, meaning) {
            (Spoken::English, None) => format!("I understand that you have: {told}."),
            (Spoken::Spanish, None) => format!("Entiendo que tiene: {told}."),
            (Spoken::English, Some(meaning)) => {
                format!("I understand that you have: {told}. This is a warning sign: {meaning}.")
            }
            (Spoken::Spanish, Some(meaning)) => {
                format!("Entiendo que tiene: {told}. Es una señal de alarma: {meaning}.")
            }
        })
    }

    /// The complaint and what the level rests on.
    fn names(&self, language: Spoken) -> Vec<&'static str> {
        let carrying = self.conclusions.iter().flat_map(|conclusion| conclusion.findings.iter().copied());
        let mut findings: Vec<Finding> = Vec::new();
        for finding in self.interview.complaint.into_iter().chain(carrying) {
            if !findings.contains(&finding) && is_told(finding) && self.chart.is_present(finding) {
                findings.push(finding);
            }
        }
        findings.into_iter().take(NAMED).map(|finding| finding.name(language)).collect()
    }

    /// What any wording of the answer must say.
    pub(super) fn instruction(&self, language: Spoken) -> String {
        let crisis = self.crisis.then(|| language.pick(CRISIS_ENGLISH, CRISIS_SPANISH));
        crisis.into_iter().chain([self.what_to_do(language)]).collect::<Vec<_>>().join(" ")
    }

    /// What the patient is to do.
    fn what_to_do(&self, language: Spoken) -> &'static str {
        let only_request = self.interview.complaint.is_none() && self.level == Level::Routine;
        if self.conclusions.is_empty() && !self.level.is_emergency() {
            return language.pick(UNCLEAR_ENGLISH, UNCLEAR_SPANISH);
        }
        if only_request { language.pick(REQUEST_ENGLISH, REQUEST_SPANISH) } else { instruction(self.level, language) }
    }

    fn advice(&self) -> Option<Advice> {
        let protocols = self.conclusions.iter().filter(|conclusion| conclusion.rule.line.is_some());
        protocols.filter_map(|conclusion| Advice::for_protocol(conclusion.rule.table)).next()
    }

    fn at_home(&self, language: Spoken) -> Option<String> {
        let advice = self.advice().filter(|_| !self.level.is_emergency())?;
        Some(advice.at_home(language).to_owned())
    }

    fn come_for(&self, language: Spoken) -> Option<String> {
        if self.level.is_emergency() || self.interview.complaint.is_none() {
            return None;
        }
        let signs = self
            .advice()
            .map_or_else(|| language.pick(SIGNS_ENGLISH, SIGNS_SPANISH), |advice| advice.come_for(language));
        Some(match language {
            Spoken::English => {
                format!("Go to an emergency department or call your emergency number at once if there is {signs}.")
            }
            Spoken::Spanish => {
                format!("Vaya a urgencias o llame al número de emergencias de inmediato si hay {signs}.")
            }
        })
    }
}

/// What to do at a level.
pub(super) fn instruction(level: Level, language: Spoken) -> &'static str {
    match level {
        Level::EmergencyNow => language.pick(NOW_ENGLISH, NOW_SPANISH),
        Level::Emergency => language.pick(EMERGENCY_ENGLISH, EMERGENCY_SPANISH),
        Level::WithinADay => language.pick(DAY_ENGLISH, DAY_SPANISH),
        Level::Routine => language.pick(ROUTINE_ENGLISH, ROUTINE_SPANISH),
        Level::SelfCare => language.pick(SELF_CARE_ENGLISH, SELF_CARE_SPANISH),
    }
}

/// Whether it is told of by itself.
fn is_told(finding: Finding) -> bool {
    matches!(finding.kind(), FindingKind::Symptom | FindingKind::Circumstance)
}

/// "a, b and c"
fn list(names: &[&str], language: Spoken) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), language.pick("and", "y")),
    }
}

/// One sentence: what a conclusion rests on.
pub(super) fn reason(conclusion: &Conclusion, language: Spoken) -> String {
    let names: Vec<&str> = conclusion.findings.iter().map(|finding| finding.name(language)).collect();
    let grounds = list(&names, language);
    match conclusion.text(language) {
        Some(text) if grounds.is_empty() => format!("{text} ({}).", conclusion.rule),
        Some(text) => format!("{text}: {grounds} ({}).", conclusion.rule),
        None => format!("{grounds} ({}).", conclusion.rule),
    }
}

fn refusal_text(misuse: Misuse, language: Spoken) -> String {
    let first = match misuse {
        Misuse::Instructions => language.pick(
            "I cannot help with anything that could harm somebody.",
            "No puedo ayudar con nada que pueda hacer daño a alguien.",
        ),
        Misuse::Injection => language.pick(
            "I can only help with symptoms and questions about health.",
            "Solo puedo ayudar con síntomas y preguntas de salud.",
        ),
        Misuse::Abuse => language.pick(
            "I am here to help with your health; please tell me what troubles you.",
            "Estoy aquí para ayudar con su salud; cuénteme qué le ocurre.",
        ),
    };
    format!("{first} {}", language.pick(LINE_ENGLISH, LINE_SPANISH))
}

const LINE_ENGLISH: &str = "If you or somebody else is in danger or in crisis, call your emergency number (911, 112 or 999) or, in \
    the United States, call or text 988 now.";
const LINE_SPANISH: &str = "Si usted u otra persona está en peligro o en crisis, llame ahora al número de emergencias (911 o 112) o, \
    en Estados Unidos, llame o escriba al 988.";
const CRISIS_ENGLISH: &str = "I am glad that you told me, and I am worried about you. You are not alone. Please call or text 988 in \
    the United States, or your local crisis line, now, and stay with somebody you trust.";
const CRISIS_SPANISH: &str = "Me alegra que me lo haya contado, y me preocupa usted. No está solo. Por favor llame o escriba ahora al \
    988 en Estados Unidos, o a la línea de crisis de su país, y quédese con alguien de confianza.";
const NOW_ENGLISH: &str = "These symptoms require immediate attention. Call your emergency number (911, 112 or 999) now, do not drive \
    yourself, and do not stay alone.";
const NOW_SPANISH: &str = "Estos síntomas requieren atención inmediata. Llame ahora al número de emergencias (911 o 112), no maneje \
    usted mismo y no se quede solo.";
const EMERGENCY_ENGLISH: &str = "Please go to an emergency department now; let somebody drive you. Call your emergency number (911, 112 \
    or 999) if it gets worse on the way.";
const EMERGENCY_SPANISH: &str = "Por favor vaya ahora a urgencias y deje que alguien lo lleve. Llame al número de emergencias (911 o \
    112) si empeora en el camino.";
const DAY_ENGLISH: &str = "You should be seen by a clinician today or tomorrow.";
const DAY_SPANISH: &str = "Debe verlo un médico hoy o mañana.";
const ROUTINE_ENGLISH: &str = "This does not sound urgent; please make an appointment in the usual course.";
const ROUTINE_SPANISH: &str = "Esto no parece urgente; por favor pida una cita normal.";
const SELF_CARE_ENGLISH: &str = "This can usually be cared for at home.";
const SELF_CARE_SPANISH: &str = "Esto por lo general se puede cuidar en casa.";
const REQUEST_ENGLISH: &str = "Your request is for your care team, who will answer in the usual course.";
const REQUEST_SPANISH: &str = "Su solicitud es para su equipo médico, que le responderá en el plazo habitual.";
const UNCLEAR_ENGLISH: &str = "I could not tell how urgent this is. If you are in doubt, be seen by a clinician today; in an emergency \
    call your emergency number (911, 112 or 999).";
const UNCLEAR_SPANISH: &str = "No pude saber qué tan urgente es. Si tiene dudas, acuda hoy con un médico; en una emergencia llame al \
    número de emergencias (911 o 112).";
const SIGNS_ENGLISH: &str = "trouble breathing, chest pain, confusion, fainting, weakness of one side, heavy bleeding, or if you get \
    much worse";
const SIGNS_SPANISH: &str = "dificultad para respirar, dolor de pecho, confusión, desmayo, debilidad de un lado, sangrado abundante, o \
    si empeora mucho";
const UNKNOWN_LANGUAGE: &str = "I understand only English and Spanish. Please write in one of them, or have somebody help you. In an \
    emergency call your emergency number (911, 112 or 999); if you are in doubt, be seen by a clinician today. | Solo entiendo inglés y \
    español. Por favor escriba en uno de ellos o pida ayuda a alguien. En una emergencia llame al número de emergencias (911 o 112); si \
    tiene dudas, acuda hoy con un médico. What is troubling you? ¿Qué le ocurre?";
