//! The assistant's own sentences, in both languages.

use domain::assessment::Language;
use domain::observation::Measurement;
use domain::text::one_line;

use super::level::ByLevel;

/// Sentences that belong to no topic.
pub(super) struct Words {
    pub(super) hello: fn(&str) -> String,
    pub(super) noted: fn(&str) -> String,
    pub(super) more: fn(usize) -> String,
    pub(super) impossible: fn(&str) -> String,
    pub(super) reminder: fn(&str) -> String,
    pub(super) outside_limits: &'static str,
    pub(super) if_unwell: ByLevel,
    pub(super) anything_else: ByLevel,
    pub(super) tell_more: ByLevel,
    pub(super) wants_human: &'static str,
    pub(super) team_reads: &'static str,
}

const ENGLISH: Words = Words {
    hello: |name| format!("Hello{}, this is the assistant of your care team.", called(name)),
    noted: |readings| format!("Thank you, I have noted: {readings}."),
    more: |count| format!("and {count} more"),
    impossible: |words| {
        format!("I read “{words}”, which cannot be right. Could you measure once more and write it again?")
    },
    reminder: |item| format!("A reminder from your care team: {}", closed(item)),
    outside_limits: "That is outside the usual limits, and your care team has been told.",
    if_unwell: ByLevel {
        low: "Call your local emergency number now if you feel very ill, your chest hurts, it is hard to breathe, or you are weak \
              or confused.",
        medium: "If you feel unwell, have chest pain, trouble breathing, weakness or confusion, call your local emergency number \
                 now.",
        high: "With chest pain, dyspnoea, a new focal weakness, confusion or syncope call your local emergency number now.",
    },
    anything_else: ByLevel {
        low: "Do you feel anything else?",
        medium: "Is there anything else that you noticed?",
        high: "Are there any associated symptoms?",
    },
    tell_more: ByLevel {
        low: "Thank you for your message. What bothers you most? When did it start? If it came suddenly or gets worse quickly, \
              call your local emergency number.",
        medium: "Thank you for your message. Could you tell me a little more: what is bothering you most, and since when? If it \
                 came suddenly or is getting worse quickly, call your local emergency number.",
        high: "Thank you for your message. Could you describe the main symptom, its onset, course and severity, and what comes \
               with it? With a sudden onset or rapid deterioration, call your local emergency number.",
    },
    wants_human: "I am telling your care team that you would like to talk to a person. If it cannot wait, call your clinic or your \
                  local emergency number.",
    team_reads: "Your care team reads this conversation and will answer what I cannot.",
};

const SPANISH: Words = Words {
    hello: |name| format!("Hola{}, soy el asistente de su equipo médico.", called(name)),
    noted: |readings| format!("Gracias, he anotado: {readings}."),
    more: |count| format!("y {count} más"),
    impossible: |words| format!("Leí «{words}», y eso no puede ser. ¿Puede medirlo otra vez y volver a escribirlo?"),
    reminder: |item| format!("Un recordatorio de su equipo médico: {}", closed(item)),
    outside_limits: "Está fuera de los límites habituales y su equipo médico está avisado.",
    if_unwell: ByLevel {
        low: "Llame ahora al número de emergencias si se siente muy mal, le duele el pecho, le cuesta respirar, o está débil o \
              confuso.",
        medium: "Si se siente mal o tiene dolor en el pecho, falta de aire, debilidad o confusión, llame ahora al número de \
                 emergencias.",
        high: "Con dolor torácico, disnea, debilidad focal nueva, confusión o síncope llame ahora al número de emergencias.",
    },
    anything_else: ByLevel {
        low: "¿Siente algo más?",
        medium: "¿Ha notado algo más?",
        high: "¿Hay algún síntoma asociado?",
    },
    tell_more: ByLevel {
        low: "Gracias por su mensaje. ¿Qué le molesta más? ¿Cuándo empezó? Si empezó de repente o empeora rápido, llame al número \
              de emergencias.",
        medium: "Gracias por su mensaje. ¿Puede contarme un poco más: qué es lo que más le molesta y desde cuándo? Si empezó de \
                 repente o empeora rápido, llame al número de emergencias.",
        high: "Gracias por su mensaje. ¿Puede describir el síntoma principal, su inicio, evolución e intensidad, y qué lo acompaña? \
               Si el inicio fue súbito o se deteriora rápido, llame al número de emergencias.",
    },
    wants_human: "Le digo a su equipo médico que desea hablar con una persona. Si no puede esperar, llame a su clínica o al número \
                  de emergencias.",
    team_reads: "Su equipo médico lee esta conversación y responderá lo que yo no pueda.",
};

/// The sentences of a language.
pub(super) fn of(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

/// A name behind a greeting; nothing when nobody knows it.
fn called(name: &str) -> String {
    match one_line(name) {
        name if name.is_empty() => name,
        name => format!(" {name}"),
    }
}

/// What somebody typed as the end of a sentence, with one closing mark.
fn closed(item: &str) -> String {
    let line = one_line(item);
    let bare = line.trim_end_matches(['.', ',', ';', ':', ' ']);
    if bare.ends_with(['!', '?', '…']) { bare.to_owned() } else { format!("{bare}.") }
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
