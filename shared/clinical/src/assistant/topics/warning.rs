//! Complaints that can be dangerous: the assistant asks nothing first, it says where help is.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        words: &[
            "chest pain",
            "pain in my chest",
            "chest tightness",
            "tight chest",
            "chest pressure",
            "pressure in my chest",
            "chest hurts",
            "dolor de pecho",
            "dolor en el pecho",
            "opresion en el pecho",
            "presion en el pecho",
            "me duele el pecho",
        ],
        urgency: 9,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry to hear about the discomfort in your chest.",
            questions: &[
                "Please call your local emergency number now if it is there at this moment, came with exertion, spreads to \
                 your arm, jaw or back, or comes with breathlessness, sweating or nausea. Is it there now?",
            ],
            self_care: "Sit down and rest until you have spoken to somebody.",
            seek_help: "Chest pain that lasts longer than a few minutes always needs to be looked at right away.",
        },
        spanish: Text {
            acknowledgement: "Siento mucho lo de la molestia en el pecho.",
            questions: &[
                "Llame ahora al número de emergencias si la tiene en este momento, apareció con un esfuerzo, se extiende al \
                 brazo, la mandíbula o la espalda, o viene con falta de aire, sudor o náuseas. ¿La tiene ahora?",
            ],
            self_care: "Siéntese y descanse hasta hablar con alguien.",
            seek_help: "Un dolor de pecho que dura más de unos minutos siempre debe verse de inmediato.",
        },
    },
    Topic {
        words: &[
            "short of breath",
            "shortness of breath",
            "breathless",
            "trouble breathing",
            "difficulty breathing",
            "hard to breathe",
            "can t breathe",
            "cannot breathe",
            "wheezing",
            "falta de aire",
            "me cuesta respirar",
            "dificultad para respirar",
            "no puedo respirar",
            "me ahogo",
            "silbidos en el pecho",
        ],
        urgency: 9,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry that breathing is hard.",
            questions: &[
                "Call your local emergency number now if you cannot finish a sentence, your lips are blue, or it came \
                 suddenly. Are you breathless while sitting still?",
                "Do you have a cough, fever or swollen legs with it?",
            ],
            self_care: "Sit upright, loosen tight clothes, and use an inhaler only if one was given to you for this.",
            seek_help: "Breathlessness that is new or getting worse needs to be seen today.",
        },
        spanish: Text {
            acknowledgement: "Siento que le cueste respirar.",
            questions: &[
                "Llame ahora al número de emergencias si no puede terminar una frase, tiene los labios azules o empezó de \
                 repente. ¿Le falta el aire estando en reposo?",
                "¿Tiene además tos, fiebre o las piernas hinchadas?",
            ],
            self_care: "Siéntese con la espalda recta, afloje la ropa y use un inhalador solo si se lo recetaron para esto.",
            seek_help: "La falta de aire nueva o que empeora debe verse hoy mismo.",
        },
    },
    Topic {
        words: &[
            "bleeding",
            "blood in my stool",
            "black stool",
            "vomiting blood",
            "coughing blood",
            "sangrado",
            "sangrando",
            "sangre en las heces",
            "heces negras",
            "vomito con sangre",
            "tos con sangre",
        ],
        urgency: 8,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry to hear about the bleeding.",
            questions: &[
                "Call your local emergency number now if it is heavy, does not stop, or you feel faint. Where does it come \
                 from, and how much is it?",
                "Do you take a medicine that thins the blood?",
            ],
            self_care: "For a wound, press on it firmly with a clean cloth for ten minutes without looking.",
            seek_help: "Blood in stool, vomit or cough needs to be seen today.",
        },
        spanish: Text {
            acknowledgement: "Siento lo del sangrado.",
            questions: &[
                "Llame ahora al número de emergencias si es abundante, no para o se marea. ¿De dónde sangra y cuánto?",
                "¿Toma algún medicamento que diluye la sangre?",
            ],
            self_care: "Si es una herida, presione fuerte con un paño limpio durante diez minutos sin mirar.",
            seek_help: "La sangre en las heces, el vómito o la tos debe verse hoy mismo.",
        },
    },
    Topic {
        words: &["pregnant", "pregnancy", "embarazada", "embarazo"],
        urgency: 7,
        is_passing: false,
        english: Text {
            acknowledgement: "Thank you for telling me about the pregnancy.",
            questions: &[
                "How many weeks are you, and is there bleeding, strong pain, a bad headache, blurred vision, or does the baby \
                 move less than usual?",
            ],
            self_care: "Please take no medicine that your midwife or doctor has not agreed to.",
            seek_help: "With any of these call your maternity unit or your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Gracias por contarme lo del embarazo.",
            questions: &[
                "¿De cuántas semanas está, y tiene sangrado, dolor fuerte, mucho dolor de cabeza, visión borrosa, o el bebé se \
                 mueve menos que de costumbre?",
            ],
            self_care: "No tome ningún medicamento que su matrona o su médico no haya aprobado.",
            seek_help: "Con cualquiera de estas señales llame ahora a su maternidad o al número de emergencias.",
        },
    },
];
