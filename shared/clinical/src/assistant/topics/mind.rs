//! Sleep, worry and low mood. Danger to life is found before the assistant is asked at all.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        rule: "worry",
        urgency: 4,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "That sounds hard, and I am glad that you told me.",
            plain: "What worries you most?",
            clinical: "What triggers it, how often does it come, and how are sleep, appetite and concentration?",
            questions: &["What worries you most, and how are you sleeping and eating?"],
            self_care: "Breathing out slowly for longer than you breathe in, for a few minutes, often calms the body.",
            seek_help: "If you ever think of harming yourself, call your local emergency number or a crisis line at once.",
        },
        spanish: Text {
            acknowledgement: "Eso suena difícil, y me alegra que me lo cuente.",
            plain: "¿Qué le preocupa más?",
            clinical: "¿Qué lo desencadena, con qué frecuencia aparece, y cómo están el sueño, el apetito y la \
                 concentración?",
            questions: &["¿Qué es lo que más le preocupa, y cómo duerme y come?"],
            self_care: "Soltar el aire más despacio de lo que lo toma, unos minutos, suele calmar el cuerpo.",
            seek_help: "Si alguna vez piensa en hacerse daño, llame enseguida al número de emergencias o a una línea de crisis.",
        },
    },
    Topic {
        rule: "low_mood",
        urgency: 4,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry that you feel low, and thank you for trusting me with it.",
            plain: "When did it start? Is somebody with you?",
            clinical: "Since when is your mood low, how are interest, sleep and appetite, and do you have somebody to \
                 talk to?",
            questions: &["Since when do you feel this way, and is there somebody with you whom you can talk to?"],
            self_care: "Small steps count: a short walk, a regular meal, a call to somebody you trust.",
            seek_help: "If you think of harming yourself or not wanting to live, call your local emergency number or a crisis line now.",
        },
        spanish: Text {
            acknowledgement: "Siento que esté decaído, y gracias por confiármelo.",
            plain: "¿Cuándo empezó? ¿Hay alguien con usted?",
            clinical: "¿Desde cuándo tiene el ánimo bajo, cómo están el interés, el sueño y el apetito, y tiene con \
                 quién hablar?",
            questions: &["¿Desde cuándo se siente así, y hay alguien con usted con quien pueda hablar?"],
            self_care: "Los pasos pequeños cuentan: un paseo corto, una comida regular, una llamada a alguien de confianza.",
            seek_help: "Si piensa en hacerse daño o en no querer vivir, llame ahora al número de emergencias o a una línea de crisis.",
        },
    },
    Topic {
        rule: "sleep",
        urgency: 2,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry that you are so tired.",
            plain: "How many hours do you sleep?",
            clinical: "What are the onset and pattern, is it trouble falling asleep or staying asleep, and is there \
                 pain, low mood or dyspnoea at night?",
            questions: &[
                "Since when, how many hours do you sleep, and is there pain, worry or breathlessness that keeps you awake?",
            ],
            self_care: "A fixed time for getting up, daylight in the morning and no screen in bed help most people.",
            seek_help: "Tiredness with weight loss, fever, breathlessness or black stools should be seen soon.",
        },
        spanish: Text {
            acknowledgement: "Siento que esté tan cansado.",
            plain: "¿Cuántas horas duerme?",
            clinical: "¿Cuáles son el inicio y el patrón, le cuesta conciliar o mantener el sueño, y hay dolor, ánimo \
                 bajo o disnea por la noche?",
            questions: &[
                "¿Desde cuándo, cuántas horas duerme, y hay dolor, preocupación o falta de aire que no le deja dormir?",
            ],
            self_care: "Levantarse a la misma hora, la luz de la mañana y no usar pantallas en la cama ayudan a casi todos.",
            seek_help: "El cansancio con pérdida de peso, fiebre, falta de aire o heces negras debe verse pronto.",
        },
    },
];
