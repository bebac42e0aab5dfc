//! What is usual for a measurement, and what to do after one outside its limits. It says what most adults are told, never
//! whether a reading is well: a clinician may have set other numbers, and a usual value does not make a patient well.

use domain::assessment::Language;
use domain::observation::Measurement;
use domain::responder::ExpertiseLevel;

use super::level::ByLevel;
use crate::reading::Kind;

/// What is said of a kind of measurement.
struct Usual {
    english: ByLevel,
    spanish: ByLevel,
}

/// 140/90 mmHg in the clinic and 135/85 mmHg at home are the targets of most adults (NICE NG136); below 90/60 mmHg is low (NHS).
const BLOOD_PRESSURE: Usual = Usual {
    english: ByLevel {
        low: "Most adults are told to stay under 140/90, or the numbers your clinician gave you.",
        medium: "Most adults are told to stay under 140/90 mmHg and not to fall under 90/60 mmHg, or the numbers your clinician \
                 gave you.",
        high: "The usual target for most adults is a systolic and diastolic pressure under 140/90 mmHg, hypotension being under \
               90/60 mmHg, or the numbers your clinician gave you.",
    },
    spanish: ByLevel {
        low: "A la mayoría de los adultos se les pide estar por debajo de 140/90, o los valores que le dio su médico.",
        medium: "A la mayoría de los adultos se les pide estar por debajo de 140/90 mmHg y no bajar de 90/60 mmHg, o los valores \
                 que le dio su médico.",
        high: "El objetivo habitual en la mayoría de los adultos es una presión sistólica y diastólica por debajo de 140/90 mmHg, \
               con hipotensión por debajo de 90/60 mmHg, o los valores que le dio su médico.",
    },
};

/// 70 to 180 mg/dL for most adults with diabetes, 80 to 130 before meals (ADA Standards of Care 2024, section 6).
const GLUCOSE: Usual = Usual {
    english: ByLevel {
        low: "Most adults with diabetes are told to stay between 70 and 180, or the numbers your clinician gave you.",
        medium: "Most adults with diabetes are told to stay between 70 and 180 mg/dL (3.9 and 10 mmol/L), or the numbers your \
                 clinician gave you.",
        high: "The usual targets for most adults with diabetes are 80 to 130 mg/dL preprandial and under 180 mg/dL postprandial, \
               with hypoglycaemia under 70 mg/dL, or the numbers your clinician gave you.",
    },
    spanish: ByLevel {
        low: "A la mayoría de los adultos con diabetes se les pide estar entre 70 y 180, o los valores que le dio su médico.",
        medium: "A la mayoría de los adultos con diabetes se les pide estar entre 70 y 180 mg/dL (3,9 y 10 mmol/L), o los valores \
                 que le dio su médico.",
        high: "Los objetivos habituales en la mayoría de los adultos con diabetes son de 80 a 130 mg/dL preprandial y menos de \
               180 mg/dL posprandial, con hipoglucemia por debajo de 70 mg/dL, o los valores que le dio su médico.",
    },
};

/// About 37 °C; 38 °C and more is a fever (NHS, CDC), less than 35 °C hypothermia (NHS).
const TEMPERATURE: Usual = Usual {
    english: ByLevel {
        low: "Most adults are near 37 °C. From 38 °C on it is called a fever.",
        medium: "Most adults are between 36 and 37.5 °C; 38 °C (100.4 °F) or more is called a fever.",
        high: "Most adults are between 36 and 37.5 °C; pyrexia is 38 °C (100.4 °F) or more and hypothermia under 35 °C, depending \
               on where it was measured.",
    },
    spanish: ByLevel {
        low: "La mayoría de los adultos está cerca de 37 °C. Desde 38 °C se llama fiebre.",
        medium: "La mayoría de los adultos está entre 36 y 37,5 °C; 38 °C (100,4 °F) o más se llama fiebre.",
        high: "La mayoría de los adultos está entre 36 y 37,5 °C; se habla de pirexia desde 38 °C (100,4 °F) y de hipotermia por \
               debajo de 35 °C, según dónde se mida.",
    },
};

/// 60 to 100 beats per minute at rest (American Heart Association; NHS).
const PULSE: Usual = Usual {
    english: ByLevel {
        low: "Most adults who rest have a pulse between 60 and 100, or the numbers your clinician gave you.",
        medium: "Most adults at rest have a pulse between 60 and 100 per minute, or the numbers your clinician gave you.",
        high: "The usual resting heart rate of adults is 60 to 100 per minute, lower in trained people and on rate-lowering \
               medicines, or the numbers your clinician gave you.",
    },
    spanish: ByLevel {
        low: "La mayoría de los adultos en reposo tiene un pulso entre 60 y 100, o los valores que le dio su médico.",
        medium: "La mayoría de los adultos en reposo tiene un pulso entre 60 y 100 por minuto, o los valores que le dio su médico.",
        high: "La frecuencia cardiaca habitual del adulto en reposo es de 60 a 100 por minuto, menor en personas entrenadas y con \
               fármacos que la bajan, o los valores que le dio su médico.",
    },
};

/// 12 to 20 breaths per minute at rest (Royal College of Physicians, NEWS2, 2017, scores none of these).
const RESPIRATORY_RATE: Usual = Usual {
    english: ByLevel {
        low: "Most adults who rest breathe 12 to 20 times a minute, or the numbers your clinician gave you.",
        medium: "Most adults at rest take 12 to 20 breaths per minute, or the numbers your clinician gave you.",
        high: "The usual respiratory rate of adults at rest is 12 to 20 per minute, or the numbers your clinician gave you.",
    },
    spanish: ByLevel {
        low: "La mayoría de los adultos en reposo respira de 12 a 20 veces por minuto, o los valores que le dio su médico.",
        medium: "La mayoría de los adultos en reposo hace de 12 a 20 respiraciones por minuto, o los valores que le dio su médico.",
        high: "La frecuencia respiratoria habitual del adulto en reposo es de 12 a 20 por minuto, o los valores que le dio su \
               médico.",
    },
};

/// 95 % and more (NHS England, pulse oximetry at home); a team may set 88 to 92 % in long-term lung disease (BTS guideline 2017).
const OXYGEN_SATURATION: Usual = Usual {
    english: ByLevel {
        low: "Most adults have 95 or more, or the numbers your clinician gave you.",
        medium: "Most adults have 95 % or more; with a long-term lung condition follow the numbers your clinician gave you.",
        high: "The usual SpO2 of adults is 95 % or more; in chronic hypercapnic lung disease the numbers your clinician gave you \
               come first.",
    },
    spanish: ByLevel {
        low: "La mayoría de los adultos tiene 95 o más, o los valores que le dio su médico.",
        medium: "La mayoría de los adultos tiene 95 % o más; con una enfermedad crónica de los pulmones valen los valores que le \
                 dio su médico.",
        high: "La SpO2 habitual del adulto es de 95 % o más; en la enfermedad pulmonar crónica con hipercapnia valen los valores \
               que le dio su médico.",
    },
};

/// More than 2 kg within three days is worth telling in heart failure (ESC guideline 2021).
const WEIGHT: Usual = Usual {
    english: ByLevel {
        low: "The right weight is different for everybody. Tell your care team if you gain 2 kg in three days.",
        medium: "The right weight differs from person to person; tell your care team if you gain more than 2 kg within three days.",
        high: "Target weight is individual; please report a gain of more than 2 kg within three days to your care team.",
    },
    spanish: ByLevel {
        low: "El peso adecuado es distinto para cada uno. Avise a su equipo médico si sube 2 kg en tres días.",
        medium: "El peso adecuado varía de una persona a otra; avise a su equipo médico si sube más de 2 kg en tres días.",
        high: "El peso objetivo es individual; comunique a su equipo médico un aumento de más de 2 kg en tres días.",
    },
};

/// The numeric rating scale: 1 to 4 mild, 5 and 6 moderate, 7 to 10 severe (Serlin et al., Pain 1995).
const PAIN: Usual = Usual {
    english: ByLevel {
        low: "0 is no pain. 10 is the worst pain. From 7 on it is called strong.",
        medium: "On this scale 0 is no pain and 10 the worst that you can imagine; 7 or more is called severe.",
        high: "On the numeric rating scale 1 to 4 is called mild, 5 and 6 moderate and 7 to 10 severe.",
    },
    spanish: ByLevel {
        low: "0 es sin dolor. 10 es el peor dolor. Desde 7 se llama fuerte.",
        medium: "En esta escala 0 es sin dolor y 10 el peor que pueda imaginar; 7 o más se llama intenso.",
        high: "En la escala numérica de 1 a 4 se llama leve, 5 y 6 moderado y de 7 a 10 intenso.",
    },
};

/// What is usual for a measurement; nothing for an answer.
pub(super) fn of(measurement: Measurement, language: Language, level: ExpertiseLevel) -> Option<&'static str> {
    let usual = match measurement {
        Measurement::BloodPressure { .. } => BLOOD_PRESSURE,
        Measurement::Glucose { .. } => GLUCOSE,
        Measurement::Temperature { .. } => TEMPERATURE,
        Measurement::Weight { .. } => WEIGHT,
        Measurement::Pulse { .. } => PULSE,
        Measurement::RespiratoryRate { .. } => RESPIRATORY_RATE,
        Measurement::OxygenSaturation { .. } => OXYGEN_SATURATION,
        Measurement::Pain { .. } => PAIN,
        Measurement::Answer { .. } => return None,
    };
    Some(match language {
        Language::English => usual.english.at(level),
        Language::Spanish => usual.spanish.at(level),
    })
}

/// Whether a measurement is of a kind.
pub(super) fn is_of(measurement: Measurement, kind: Kind) -> bool {
    match measurement {
        Measurement::BloodPressure { .. } => kind == Kind::BloodPressure,
        Measurement::Glucose { .. } => kind == Kind::Glucose,
        Measurement::Temperature { .. } => kind == Kind::Temperature,
        Measurement::Weight { .. } => kind == Kind::Weight,
        Measurement::Pulse { .. } => kind == Kind::Pulse,
        Measurement::RespiratoryRate { .. } => kind == Kind::RespiratoryRate,
        Measurement::OxygenSaturation { .. } => kind == Kind::OxygenSaturation,
        Measurement::Pain { .. } => kind == Kind::Pain,
        Measurement::Answer { .. } => kind == Kind::YesNo,
    }
}

/// Below this glucose, in mg/dL, sugar comes first (ADA: the rule of 15).
const LOW_GLUCOSE: f64 = 70.0;

/// What to do with a measurement outside its limits before it is taken again.
pub(super) fn again(measurement: Measurement, language: Language) -> Option<&'static str> {
    let [english, spanish] = match measurement {
        Measurement::BloodPressure { .. }
        | Measurement::Pulse { .. }
        | Measurement::RespiratoryRate { .. }
        | Measurement::OxygenSaturation { .. } => {
            ["Please rest for five minutes and measure again.", "Descanse cinco minutos y mídalo otra vez."]
        }
        Measurement::Glucose { value } if value < LOW_GLUCOSE => [
            "If you are awake and can swallow, take something sweet now and measure again after 15 minutes.",
            "Si está despierto y puede tragar, tome algo dulce ahora y mídase otra vez a los 15 minutos.",
        ],
        Measurement::Glucose { .. } => {
            ["Please wash your hands and measure again.", "Lávese las manos y mídase otra vez."]
        }
        Measurement::Temperature { .. } => {
            ["Please rest and measure again in an hour.", "Descanse y mídase otra vez en una hora."]
        }
        Measurement::Weight { .. } | Measurement::Pain { .. } | Measurement::Answer { .. } => return None,
    };
    Some(match language {
        Language::English => english,
        Language::Spanish => spanish,
    })
}
