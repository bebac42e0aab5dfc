//! Complaints that can be dangerous: the assistant asks nothing first, it says where help is.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        rule: "chest_pain",
        urgency: 9,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry to hear about the discomfort in your chest.",
            plain: "Call your local emergency number now if your chest hurts at this moment. Does it hurt now?",
            clinical: "Please call your local emergency number now if it is present at rest, came with exertion, \
                 radiates to the arm, jaw or back, or comes with dyspnoea, diaphoresis or nausea. Is it present \
                 now, and what are its character and duration?",
            questions: &[
                "Please call your local emergency number now if it is there at this moment, came with exertion, spreads to \
                 your arm, jaw or back, or comes with breathlessness, sweating or nausea. Is it there now?",
            ],
            self_care: "Sit down and rest until you have spoken to somebody.",
            seek_help: "Chest pain that lasts longer than a few minutes always needs to be looked at right away.",
        },
        spanish: Text {
            acknowledgement: "Siento mucho lo de la molestia en el pecho.",
            plain: "Llame ahora al número de emergencias si le duele el pecho en este momento. ¿Le duele ahora?",
            clinical: "Llame ahora al número de emergencias si está presente en reposo, apareció con un esfuerzo, \
                 irradia al brazo, la mandíbula o la espalda, o se acompaña de disnea, diaforesis o náuseas. \
                 ¿Está presente ahora, y cuáles son su carácter y su duración?",
            questions: &[
                "Llame ahora al número de emergencias si la tiene en este momento, apareció con un esfuerzo, se extiende al \
                 brazo, la mandíbula o la espalda, o viene con falta de aire, sudor o náuseas. ¿La tiene ahora?",
            ],
            self_care: "Siéntese y descanse hasta hablar con alguien.",
            seek_help: "Un dolor de pecho que dura más de unos minutos siempre debe verse de inmediato.",
        },
    },
    Topic {
        rule: "breathing",
        urgency: 9,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry that breathing is hard.",
            plain: "Call your local emergency number now if you cannot speak well or your lips are blue. Is it hard \
                 to breathe when you sit still?",
            clinical: "Call your local emergency number now if you cannot finish a sentence, are cyanotic, or the onset \
                 was sudden. Is the dyspnoea present at rest, on exertion or when lying flat?",
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
            plain: "Llame ahora al número de emergencias si no puede hablar bien o tiene los labios azules. ¿Le \
                 cuesta respirar cuando está quieto?",
            clinical: "Llame ahora al número de emergencias si no puede terminar una frase, tiene cianosis o empezó de \
                 repente. ¿La disnea aparece en reposo, con el esfuerzo o al acostarse?",
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
        rule: "bleeding",
        urgency: 8,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry to hear about the bleeding.",
            plain: "Call your local emergency number now if you bleed a lot. Where does the blood come from?",
            clinical: "Call your local emergency number now if it is heavy, does not stop, or you are presyncopal. What \
                 is the source, and what are the volume and colour?",
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
            plain: "Llame ahora al número de emergencias si sangra mucho. ¿De dónde sale la sangre?",
            clinical: "Llame ahora al número de emergencias si es abundante, no cede o tiene presíncope. ¿Cuál es el \
                 origen, y cuáles son el volumen y el color?",
            questions: &[
                "Llame ahora al número de emergencias si es abundante, no para o se marea. ¿De dónde sangra y cuánto?",
                "¿Toma algún medicamento que diluye la sangre?",
            ],
            self_care: "Si es una herida, presione fuerte con un paño limpio durante diez minutos sin mirar.",
            seek_help: "La sangre en las heces, el vómito o la tos debe verse hoy mismo.",
        },
    },
    Topic {
        rule: "pregnancy",
        urgency: 7,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "Thank you for telling me about the pregnancy.",
            plain: "How many weeks are you? Do you bleed, or have strong pain?",
            clinical: "What is the gestational age, and is there vaginal bleeding, severe pain, headache, visual \
                 disturbance or reduced fetal movement?",
            questions: &[
                "How many weeks are you, and is there bleeding, strong pain, a bad headache, blurred vision, or does the baby \
                 move less than usual?",
            ],
            self_care: "Please take no medicine that your midwife or doctor has not agreed to.",
            seek_help: "With any of these call your maternity unit or your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Gracias por contarme lo del embarazo.",
            plain: "¿De cuántas semanas está? ¿Sangra o tiene mucho dolor?",
            clinical: "¿Cuál es la edad gestacional, y hay sangrado vaginal, dolor intenso, cefalea, alteraciones \
                 visuales o menos movimientos fetales?",
            questions: &[
                "¿De cuántas semanas está, y tiene sangrado, dolor fuerte, mucho dolor de cabeza, visión borrosa, o el bebé se \
                 mueve menos que de costumbre?",
            ],
            self_care: "No tome ningún medicamento que su matrona o su médico no haya aprobado.",
            seek_help: "Con cualquiera de estas señales llame ahora a su maternidad o al número de emergencias.",
        },
    },
];
