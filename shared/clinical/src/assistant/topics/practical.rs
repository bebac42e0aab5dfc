//! Medicines, appointments, and how people talk to one another.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        words: &[
            "missed a dose",
            "missed dose",
            "forgot my",
            "forgot to take",
            "olvide tomar",
            "se me olvido",
            "dosis olvidada",
        ],
        urgency: 4,
        is_passing: false,
        english: Text {
            acknowledgement: "Thank you for telling me about the missed dose; it happens to everybody.",
            questions: &["Which medicine is it, when should you have taken it, and when is the next one due?"],
            self_care: "Please do not take a double dose to make up for it.",
            seek_help: "If it is insulin, a blood thinner or a medicine against seizures, ask your care team or a pharmacist before \
                        the next dose.",
        },
        spanish: Text {
            acknowledgement: "Gracias por contarme lo de la dosis olvidada; le pasa a cualquiera.",
            questions: &["¿Qué medicina es, cuándo debía tomarla y cuándo toca la siguiente?"],
            self_care: "No tome una dosis doble para compensar.",
            seek_help: "Si es insulina, un anticoagulante o una medicina contra las convulsiones, pregunte a su equipo o a un \
                        farmacéutico antes de la siguiente dosis.",
        },
    },
    Topic {
        words: &[
            "side effect",
            "side effects",
            "medicine",
            "medication",
            "tablet",
            "pills",
            "refill",
            "prescription",
            "efecto secundario",
            "efectos secundarios",
            "medicina",
            "medicamento",
            "pastilla",
            "pastillas",
            "receta",
        ],
        urgency: 2,
        is_passing: false,
        english: Text {
            acknowledgement: "Thank you for asking about your medicine; I have told your care team.",
            questions: &["Which medicine is it, and what have you noticed or what do you need?"],
            self_care: "Please do not start, stop or change a medicine before your care team has answered.",
            seek_help: "A swollen face, trouble breathing or a spreading rash after a medicine: call your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Gracias por preguntar por su medicina; he avisado a su equipo médico.",
            questions: &["¿Qué medicina es, y qué ha notado o qué necesita?"],
            self_care: "No empiece, deje ni cambie una medicina antes de que su equipo le responda.",
            seek_help: "Cara hinchada, dificultad para respirar o manchas que se extienden tras una medicina: llame ahora al número \
                        de emergencias.",
        },
    },
    Topic {
        words: &[
            "appointment",
            "reschedule",
            "visit",
            "results",
            "test result",
            "cita",
            "resultado",
            "resultados",
            "consulta",
        ],
        urgency: 1,
        is_passing: false,
        english: Text {
            acknowledgement: "I pass this on to your care team, who will answer you here.",
            questions: &["Is there anything about how you feel that they should know before?"],
            self_care: "",
            seek_help: "",
        },
        spanish: Text {
            acknowledgement: "Se lo paso a su equipo médico, que le responderá aquí.",
            questions: &["¿Hay algo sobre cómo se siente que deban saber antes?"],
            self_care: "",
            seek_help: "",
        },
    },
    Topic {
        words: &["thank you", "thanks", "thank", "gracias"],
        urgency: 0,
        is_passing: true,
        english: Text {
            acknowledgement: "You are welcome. Write to me whenever you need to.",
            questions: &[],
            self_care: "",
            seek_help: "",
        },
        spanish: Text {
            acknowledgement: "De nada. Escríbame cuando lo necesite.",
            questions: &[],
            self_care: "",
            seek_help: "",
        },
    },
    Topic {
        words: &[
            "hello",
            "hi",
            "good morning",
            "good evening",
            "hola",
            "buenos dias",
            "buenas tardes",
            "buenas noches",
        ],
        urgency: 0,
        is_passing: true,
        english: Text { acknowledgement: "", questions: &["How are you feeling today?"], self_care: "", seek_help: "" },
        spanish: Text { acknowledgement: "", questions: &["¿Cómo se siente hoy?"], self_care: "", seek_help: "" },
    },
    Topic {
        words: &[
            "are you a robot",
            "are you real",
            "are you a bot",
            "talk to a person",
            "speak to a doctor",
            "talk to a human",
            "eres un robot",
            "hablar con una persona",
            "hablar con un medico",
            "hablar con un humano",
        ],
        urgency: 6,
        is_passing: true,
        english: Text {
            acknowledgement: "I am an automatic assistant. A person of your care team reads this conversation and can take over at any \
                              time; I have noted that you would like to speak to somebody.",
            questions: &[],
            self_care: "",
            seek_help: "If it cannot wait, call your clinic or your local emergency number.",
        },
        spanish: Text {
            acknowledgement: "Soy un asistente automático. Una persona de su equipo lee esta conversación y puede seguirla cuando \
                              quiera; he anotado que desea hablar con alguien.",
            questions: &[],
            self_care: "",
            seek_help: "Si no puede esperar, llame a su clínica o al número de emergencias.",
        },
    },
];
