//! The assistant's own sentences, in both languages.

use domain::assessment::Language;
use domain::observation::Measurement;

/// Sentences that belong to no topic.
pub(super) struct Words {
    pub(super) hello: fn(&str) -> String,
    pub(super) noted: fn(&str) -> String,
    pub(super) impossible: fn(&str) -> String,
    pub(super) reminder: fn(&str) -> String,
    pub(super) within_limits: &'static str,
    pub(super) outside_limits: &'static str,
    pub(super) anything_else: &'static str,
    pub(super) tell_more: &'static str,
    pub(super) team_reads: &'static str,
}

const ENGLISH: Words = Words {
    hello: |name| format!("Hello {name}, this is the assistant of your care team."),
    noted: |readings| format!("Thank you, I have noted: {readings}."),
    impossible: |words| {
        format!("I read “{words}”, which cannot be right. Could you measure once more and write it again?")
    },
    reminder: |item| format!("A reminder from your care team: {item}."),
    within_limits: "That is within the usual limits.",
    outside_limits: "That is outside the usual limits, and your care team has been told. Please rest for five minutes and \
                     measure again. If you feel unwell, have chest pain, trouble breathing, weakness or confusion, call your \
                     local emergency number now.",
    anything_else: "Is there anything else that you noticed?",
    tell_more: "Thank you for your message. Could you tell me a little more: what is bothering you most, and since when? If it \
                came suddenly or is getting worse quickly, call your local emergency number.",
    team_reads: "Your care team reads this conversation and will answer what I cannot.",
};

const SPANISH: Words = Words {
    hello: |name| format!("Hola {name}, soy el asistente de su equipo médico."),
    noted: |readings| format!("Gracias, he anotado: {readings}."),
    impossible: |words| format!("Leí «{words}», y eso no puede ser. ¿Puede medirlo otra vez y volver a escribirlo?"),
    reminder: |item| format!("Un recordatorio de su equipo médico: {item}."),
    within_limits: "Está dentro de los límites habituales.",
    outside_limits: "Está fuera de los límites habituales y su equipo médico está avisado. Descanse cinco minutos y mídalo otra \
                     vez. Si se siente mal o tiene dolor en el pecho, falta de aire, debilidad o confusión, llame ahora al \
                     número de emergencias.",
    anything_else: "¿Ha notado algo más?",
    tell_more: "Gracias por su mensaje. ¿Puede contarme un poco más: qué es lo que más le molesta y desde cuándo? Si empezó de \
                repente o empeora rápido, llame al número de emergencias.",
    team_reads: "Su equipo médico lee esta conversación y responderá lo que yo no pueda.",
};

/// The sentences of a language.
pub(super) fn of(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

/// A measurement as it is repeated to the patient.
pub(super) fn measurement(measurement: Measurement, language: Language) -> String {
    let english = measurement.text();
    if language == Language::English {
        return english;
    }
    let names = [
        ("blood pressure", "presión arterial"),
        ("glucose", "glucosa"),
        ("temperature", "temperatura"),
        ("weight", "peso"),
        ("pulse", "pulso"),
        ("oxygen saturation", "saturación de oxígeno"),
        ("pain", "dolor"),
        ("per minute", "por minuto"),
        (" of 10", " de 10"),
    ];
    names.iter().fold(english, |text, (from, to)| text.replace(from, to))
}
