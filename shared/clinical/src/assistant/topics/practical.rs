//! Medicines, appointments, and how people talk to one another.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        rule: "missed_dose",
        urgency: 4,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "Thank you for telling me about the missed dose; it happens to everybody.",
            plain: "Which medicine is it? When did you take it last?",
            clinical: "Which medicine and strength is it, when was the missed dose due, and when is the next one \
                 scheduled?",
            questions: &["Which medicine is it, when should you have taken it, and when is the next one due?"],
            self_care: "Please do not take a double dose to make up for it.",
            seek_help: "If it is insulin, a blood thinner or a medicine against seizures, ask your care team or a pharmacist before \
                        the next dose.",
        },
        spanish: Text {
            acknowledgement: "Gracias por contarme lo de la dosis olvidada; le pasa a cualquiera.",
            plain: "¿Qué medicina es? ¿Cuándo la tomó por última vez?",
            clinical: "¿Qué medicamento y potencia es, cuándo tocaba la dosis omitida, y cuándo está prevista la \
                 siguiente?",
            questions: &["¿Qué medicina es, cuándo debía tomarla y cuándo toca la siguiente?"],
            self_care: "No tome una dosis doble para compensar.",
            seek_help: "Si es insulina, un anticoagulante o una medicina contra las convulsiones, pregunte a su equipo o a un \
                        farmacéutico antes de la siguiente dosis.",
        },
    },
    Topic {
        rule: "medicine",
        urgency: 2,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "Thank you for asking about your medicine; your care team reads this here.",
            plain: "Which medicine is it? What is wrong?",
            clinical: "Which medicine, strength and schedule is it, and what adverse effect have you noticed or what do \
                 you need?",
            questions: &["Which medicine is it, and what have you noticed or what do you need?"],
            self_care: "Please do not start, stop or change a medicine before your care team has answered.",
            seek_help: "A swollen face, trouble breathing or a spreading rash after a medicine: call your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Gracias por preguntar por su medicina; su equipo médico lee esto aquí.",
            plain: "¿Qué medicina es? ¿Qué le pasa con ella?",
            clinical: "¿Qué medicamento, potencia y pauta es, y qué efecto adverso ha notado o qué necesita?",
            questions: &["¿Qué medicina es, y qué ha notado o qué necesita?"],
            self_care: "No empiece, deje ni cambie una medicina antes de que su equipo le responda.",
            seek_help: "Cara hinchada, dificultad para respirar o manchas que se extienden tras una medicina: llame ahora al número \
                        de emergencias.",
        },
    },
    Topic {
        rule: "appointment",
        urgency: 1,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "Your care team reads this here and will answer you about it.",
            plain: "How do you feel today?",
            clinical: "Are there new or changed symptoms that they should know before?",
            questions: &["Is there anything about how you feel that they should know before?"],
            self_care: "",
            seek_help: "",
        },
        spanish: Text {
            acknowledgement: "Su equipo médico lee esto aquí y le responderá.",
            plain: "¿Cómo se siente hoy?",
            clinical: "¿Hay síntomas nuevos o que hayan cambiado que deban conocer antes?",
            questions: &["¿Hay algo sobre cómo se siente que deban saber antes?"],
            self_care: "",
            seek_help: "",
        },
    },
    Topic {
        rule: "thanks",
        urgency: 0,
        is_passing: true,
        asks_for: None,
        english: Text {
            acknowledgement: "You are welcome. Write to me whenever you need to.",
            plain: "",
            clinical: "",
            questions: &[],
            self_care: "",
            seek_help: "",
        },
        spanish: Text {
            acknowledgement: "De nada. Escríbame cuando lo necesite.",
            plain: "",
            clinical: "",
            questions: &[],
            self_care: "",
            seek_help: "",
        },
    },
    Topic {
        rule: "greeting",
        urgency: 0,
        is_passing: true,
        asks_for: None,
        english: Text {
            acknowledgement: "",
            plain: "How are you?",
            clinical: "How are you feeling today, and are there any new symptoms?",
            questions: &["How are you feeling today?"],
            self_care: "",
            seek_help: "",
        },
        spanish: Text {
            acknowledgement: "",
            plain: "¿Cómo está?",
            clinical: "¿Cómo se siente hoy, y hay algún síntoma nuevo?",
            questions: &["¿Cómo se siente hoy?"],
            self_care: "",
            seek_help: "",
        },
    },
    Topic {
        rule: "robot",
        urgency: 6,
        is_passing: true,
        asks_for: None,
        english: Text {
            acknowledgement: "I am an automatic assistant. The people of your care team read this conversation and can take over at \
                              any time.",
            plain: "",
            clinical: "",
            questions: &[],
            self_care: "",
            seek_help: "If it cannot wait, call your clinic or your local emergency number.",
        },
        spanish: Text {
            acknowledgement: "Soy un asistente automático. Las personas de su equipo médico leen esta conversación y pueden \
                              seguirla en cualquier momento.",
            plain: "",
            clinical: "",
            questions: &[],
            self_care: "",
            seek_help: "Si no puede esperar, llame a su clínica o al número de emergencias.",
        },
    },
];
