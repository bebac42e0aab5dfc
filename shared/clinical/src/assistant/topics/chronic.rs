//! What people live with: blood pressure, diabetes, the heart, asthma, and dizziness.

use crate::assistant::topic::{Text, Topic};
use crate::reading::Kind;

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        rule: "blood_pressure",
        urgency: 5,
        is_passing: false,
        asks_for: Some(Kind::BloodPressure),
        english: Text {
            acknowledgement: "Thank you for keeping an eye on your blood pressure.",
            plain: "What did your cuff show today?",
            clinical: "What were the last systolic and diastolic values, measured seated after five minutes of rest, \
                 and on which arm?",
            questions: &[
                "What did your cuff show today, and were you sitting quietly for five minutes before?",
                "Have you been able to take your medicine as agreed, and do you have headache, chest pain or blurred vision?",
            ],
            self_care: "Measure at the same time each day, sitting, with the arm at heart level; go easy on salt.",
            seek_help: "180/120 or more, or any high value with chest pain, breathlessness, weakness, confusion or loss of vision: \
                        call your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Gracias por vigilar su presión arterial.",
            plain: "¿Qué marcó hoy el tensiómetro?",
            clinical: "¿Cuáles fueron los últimos valores sistólico y diastólico, sentado tras cinco minutos de reposo, \
                 y en qué brazo?",
            questions: &[
                "¿Qué marcó hoy el tensiómetro, y estuvo sentado cinco minutos antes?",
                "¿Ha podido tomar su medicina como acordó, y tiene dolor de cabeza, dolor de pecho o visión borrosa?",
            ],
            self_care: "Mídala cada día a la misma hora, sentado y con el brazo a la altura del corazón; coma con poca sal.",
            seek_help: "180/120 o más, o cualquier valor alto con dolor de pecho, falta de aire, debilidad, confusión o pérdida de \
                        visión: llame ahora al número de emergencias.",
        },
    },
    Topic {
        rule: "sugar",
        urgency: 5,
        is_passing: false,
        asks_for: Some(Kind::Glucose),
        english: Text {
            acknowledgement: "Thank you for telling me about your sugar.",
            plain: "What was your last sugar value? Did you eat before it?",
            clinical: "What was your last capillary glucose, was it fasting, preprandial or postprandial, and were \
                 ketones measured?",
            questions: &[
                "What was your last value, and was it before or after a meal?",
                "Have you eaten and taken your diabetes medicine as agreed, and are you thirsty, shaky, sweaty or confused?",
            ],
            self_care: "Below 70 mg/dL (3.9 mmol/L) take something sweet at once and measure again after fifteen minutes.",
            seek_help: "If you stay low, are above 300 mg/dL (16.7 mmol/L), vomit, breathe deeply or become drowsy, call your local \
                        emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Gracias por contarme lo de su azúcar.",
            plain: "¿Cuál fue su último valor de azúcar? ¿Había comido antes?",
            clinical: "¿Cuál fue su última glucemia capilar, fue en ayunas, preprandial o posprandial, y midió cetonas?",
            questions: &[
                "¿Cuál fue su último valor, y fue antes o después de comer?",
                "¿Ha comido y tomado su medicina para la diabetes como acordó, y tiene sed, temblor, sudor o confusión?",
            ],
            self_care: "Por debajo de 70 mg/dL (3,9 mmol/L) tome algo dulce enseguida y mídase otra vez a los quince minutos.",
            seek_help: "Si sigue baja, está por encima de 300 mg/dL (16,7 mmol/L), vomita, respira hondo o está somnoliento, llame \
                        ahora al número de emergencias.",
        },
    },
    Topic {
        rule: "lungs",
        urgency: 5,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "Thank you for telling me about your lungs.",
            plain: "How many times did you use your inhaler today?",
            clinical: "How many puffs of your reliever were needed today, are there nocturnal symptoms, and what is \
                 your peak flow if you measure it?",
            questions: &["How often did you need your reliever inhaler today, and do you wake at night from it?"],
            self_care: "Follow the plan that your team gave you, and stay away from smoke and what sets it off.",
            seek_help: "If the inhaler does not help, or you cannot speak in sentences, call your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Gracias por contarme lo de sus pulmones.",
            plain: "¿Cuántas veces usó hoy el inhalador?",
            clinical: "¿Cuántas inhalaciones de rescate ha necesitado hoy, hay síntomas nocturnos, y cuál es su flujo \
                 máximo si lo mide?",
            questions: &["¿Cuántas veces ha necesitado hoy el inhalador de rescate, y le despierta por la noche?"],
            self_care: "Siga el plan que le dio su equipo y evite el humo y lo que se lo provoca.",
            seek_help: "Si el inhalador no le ayuda o no puede decir frases completas, llame ahora al número de emergencias.",
        },
    },
    Topic {
        rule: "dizziness",
        urgency: 6,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry that you feel dizzy.",
            plain: "When did it start? Did you faint?",
            clinical: "What was the onset, is it vertigo or presyncope, is it orthostatic, and was there syncope?",
            questions: &[
                "When did it start, did you faint, and is it there when you stand up or also when you lie?",
                "Do you have chest pain, a racing heart, weakness, trouble speaking, or black stools?",
            ],
            self_care: "Sit or lie down, get up slowly, and drink some water.",
            seek_help: "Fainting, chest pain, weakness on one side or trouble speaking: call your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Siento que esté mareado.",
            plain: "¿Cuándo empezó? ¿Se desmayó?",
            clinical: "¿Cómo fue el inicio, es vértigo o presíncope, es ortostático, y hubo síncope?",
            questions: &[
                "¿Cuándo empezó, llegó a desmayarse, y le pasa al levantarse o también acostado?",
                "¿Tiene dolor de pecho, palpitaciones, debilidad, dificultad para hablar o heces negras?",
            ],
            self_care: "Siéntese o acuéstese, levántese despacio y beba agua.",
            seek_help: "Desmayo, dolor de pecho, debilidad de un lado o dificultad para hablar: llame ahora al número de emergencias.",
        },
    },
    Topic {
        rule: "swelling",
        urgency: 5,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "Thank you for telling me about the swelling.",
            plain: "When did it start? Is it one leg or both?",
            clinical: "Since when, is the oedema unilateral or bilateral, and how has your weight changed over the last \
                 days?",
            questions: &["Since when, on one side or both, and how has your weight changed over the last days?"],
            self_care: "Raise your legs, weigh yourself every morning, and go easy on salt.",
            seek_help: "Breathlessness when lying down, two kilograms more within three days, or one painful swollen leg need to be \
                        seen today.",
        },
        spanish: Text {
            acknowledgement: "Gracias por contarme lo de la hinchazón.",
            plain: "¿Cuándo empezó? ¿Es una pierna o las dos?",
            clinical: "¿Desde cuándo, el edema es unilateral o bilateral, y cómo ha cambiado su peso en los últimos \
                 días?",
            questions: &["¿Desde cuándo, de un lado o de los dos, y cómo ha cambiado su peso en los últimos días?"],
            self_care: "Ponga las piernas en alto, pésese cada mañana y coma con poca sal.",
            seek_help: "La falta de aire al acostarse, dos kilos más en tres días o una sola pierna hinchada y dolorosa deben verse \
                        hoy.",
        },
    },
];
