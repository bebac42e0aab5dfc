//! Fever, colds, the throat, the stomach, the bladder and the skin.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        words: &["fever", "temperature", "chills", "fiebre", "calentura", "temperatura", "escalofrios"],
        urgency: 6,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry that you feel feverish.",
            questions: &[
                "What does the thermometer say, and since when do you have it?",
                "Do you have a cough, sore throat, burning when passing urine, a rash, or a stiff neck?",
            ],
            self_care: "Drink plenty, dress lightly and rest.",
            seek_help: "Seek help now with a stiff neck, confusion, trouble breathing, a rash that does not fade under a glass, or \
                        a fever in a baby under three months; and today if it lasts more than three days.",
        },
        spanish: Text {
            acknowledgement: "Siento que tenga fiebre.",
            questions: &[
                "¿Qué marca el termómetro y desde cuándo la tiene?",
                "¿Tiene tos, dolor de garganta, ardor al orinar, manchas en la piel o rigidez en el cuello?",
            ],
            self_care: "Beba mucho líquido, use ropa ligera y descanse.",
            seek_help: "Busque ayuda ahora con rigidez en el cuello, confusión, dificultad para respirar, manchas que no \
                        desaparecen al presionar, o fiebre en un bebé de menos de tres meses; y hoy si dura más de tres días.",
        },
    },
    Topic {
        words: &[
            "cough",
            "coughing",
            "cold",
            "runny nose",
            "congestion",
            "flu",
            "tos",
            "resfriado",
            "gripe",
            "mocos",
            "congestion nasal",
        ],
        urgency: 3,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry that you have caught something.",
            questions: &[
                "Since when do you have it, and is there fever, thick or bloody mucus, or trouble breathing?",
                "Do you have asthma, another lung disease or a weak immune system?",
            ],
            self_care: "Rest, drink warm fluids, and avoid smoke. A cold usually passes within ten days.",
            seek_help: "See somebody if you are breathless, have chest pain, cough blood, or if it lasts more than three weeks.",
        },
        spanish: Text {
            acknowledgement: "Siento que se encuentre así.",
            questions: &[
                "¿Desde cuándo lo tiene, y hay fiebre, flemas espesas o con sangre, o dificultad para respirar?",
                "¿Tiene asma, otra enfermedad de los pulmones o las defensas bajas?",
            ],
            self_care: "Descanse, tome líquidos calientes y evite el humo. Un resfriado suele pasar en diez días.",
            seek_help: "Consulte si le falta el aire, le duele el pecho, tose sangre o dura más de tres semanas.",
        },
    },
    Topic {
        words: &["sore throat", "throat hurts", "dolor de garganta", "me duele la garganta"],
        urgency: 3,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry about your sore throat.",
            questions: &[
                "Since when, and do you have fever, swollen glands, or trouble swallowing or opening your mouth?",
            ],
            self_care: "Cool or warm drinks, gargling with salt water and rest usually help within a week.",
            seek_help: "If you drool, cannot swallow, or breathe noisily, call your local emergency number now.",
        },
        spanish: Text {
            acknowledgement: "Siento lo de su garganta.",
            questions: &[
                "¿Desde cuándo, y tiene fiebre, ganglios hinchados, o dificultad para tragar o abrir la boca?",
            ],
            self_care: "Las bebidas frescas o templadas, las gárgaras con agua y sal y el descanso suelen ayudar en una semana.",
            seek_help: "Si babea, no puede tragar o respira con ruido, llame ahora al número de emergencias.",
        },
    },
    Topic {
        words: &[
            "diarrhea",
            "diarrhoea",
            "vomiting",
            "throwing up",
            "nausea",
            "nauseous",
            "diarrea",
            "vomitos",
            "vomitando",
            "nauseas",
        ],
        urgency: 4,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry that your stomach is upset.",
            questions: &[
                "How often, and since when? Is there blood, and can you keep fluids down?",
                "When did you last pass urine, and do you feel dizzy when you stand up?",
            ],
            self_care: "Take small sips often, best a rehydration drink, and eat plain food when you can.",
            seek_help: "Seek help today if you keep nothing down for a day, pass very little urine, see blood, or are confused.",
        },
        spanish: Text {
            acknowledgement: "Siento que tenga el estómago revuelto.",
            questions: &[
                "¿Cuántas veces y desde cuándo, hay sangre, y retiene los líquidos?",
                "¿Cuándo orinó por última vez, y se marea al ponerse de pie?",
            ],
            self_care: "Tome sorbos pequeños y frecuentes, mejor suero oral, y coma suave cuando pueda.",
            seek_help: "Busque ayuda hoy si no retiene nada en un día, orina muy poco, ve sangre o está confuso.",
        },
    },
    Topic {
        words: &[
            "burning urine",
            "burns when i pee",
            "urine infection",
            "uti",
            "ardor al orinar",
            "infeccion de orina",
            "me arde al orinar",
        ],
        urgency: 4,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry that passing urine is uncomfortable.",
            questions: &[
                "Since when, and do you have fever, pain in your side or back, blood in the urine, or could you be pregnant?",
            ],
            self_care: "Drink plenty of water and do not hold your urine.",
            seek_help: "With fever, pain in the side, vomiting or a pregnancy you need to be seen today.",
        },
        spanish: Text {
            acknowledgement: "Siento la molestia al orinar.",
            questions: &[
                "¿Desde cuándo, y tiene fiebre, dolor en el costado o la espalda, sangre en la orina, o podría estar embarazada?",
            ],
            self_care: "Beba mucha agua y no aguante las ganas de orinar.",
            seek_help: "Con fiebre, dolor en el costado, vómitos o embarazo debe verse hoy mismo.",
        },
    },
    Topic {
        words: &[
            "rash",
            "itching",
            "itchy",
            "hives",
            "wound",
            "sarpullido",
            "picor",
            "ronchas",
            "urticaria",
            "herida",
            "manchas en la piel",
        ],
        urgency: 3,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry about your skin.",
            questions: &[
                "Where is it, since when, and is it spreading, hot, painful or weeping?",
                "Have you used or eaten anything new, and do you have fever?",
            ],
            self_care: "Keep it clean and cool, do not scratch, and use nothing new on it.",
            seek_help: "Swelling of the face or tongue or trouble breathing: call your local emergency number now. Spreading redness \
                        with fever needs to be seen today.",
        },
        spanish: Text {
            acknowledgement: "Siento lo de su piel.",
            questions: &[
                "¿Dónde está, desde cuándo, y se extiende, está caliente, duele o supura?",
                "¿Ha usado o comido algo nuevo, y tiene fiebre?",
            ],
            self_care: "Manténgala limpia y fresca, no se rasque y no se ponga nada nuevo.",
            seek_help: "Hinchazón de la cara o la lengua o dificultad para respirar: llame ahora al número de emergencias. Si se \
                        extiende con fiebre, debe verse hoy.",
        },
    },
];
