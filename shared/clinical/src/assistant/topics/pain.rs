//! Pain in the head, the belly, the back and the joints.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        words: &[
            "headache",
            "headaches",
            "head hurts",
            "migraine",
            "migrana",
            "dolor de cabeza",
            "me duele la cabeza",
            "jaqueca",
        ],
        urgency: 5,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry to hear that you have a headache.",
            questions: &[
                "When did it start, and how strong is it from 0 to 10?",
                "Do you also have fever, a stiff neck, vomiting, changes in your vision, or weakness in an arm or leg?",
                "Is it like headaches that you had before, and have you taken anything for it?",
            ],
            self_care: "Drink some water, rest in a quiet dark room, and take only what your doctor has agreed to.",
            seek_help: "Seek help at once if it is the worst headache of your life, came like a blow, or comes with fever and a \
                        stiff neck, confusion, weakness or trouble speaking.",
        },
        spanish: Text {
            acknowledgement: "Siento que tenga dolor de cabeza.",
            questions: &[
                "¿Cuándo empezó y qué tan fuerte es de 0 a 10?",
                "¿Tiene además fiebre, rigidez en el cuello, vómitos, cambios en la vista o debilidad en un brazo o una pierna?",
                "¿Se parece a otros dolores de cabeza que ha tenido, y ha tomado algo?",
            ],
            self_care: "Beba agua, descanse en una habitación oscura y tranquila, y tome solo lo que su médico haya aprobado.",
            seek_help: "Busque ayuda de inmediato si es el peor dolor de su vida, llegó de golpe, o viene con fiebre y cuello \
                        rígido, confusión, debilidad o dificultad para hablar.",
        },
    },
    Topic {
        words: &[
            "stomach ache",
            "stomach pain",
            "stomach hurts",
            "belly pain",
            "abdominal pain",
            "tummy ache",
            "cramps",
            "dolor de estomago",
            "dolor de barriga",
            "dolor abdominal",
            "me duele el estomago",
            "me duele la barriga",
            "colicos",
        ],
        urgency: 5,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry about the pain in your belly.",
            questions: &[
                "Where exactly is it, since when, and how strong is it from 0 to 10?",
                "Do you have fever, vomiting, diarrhoea, blood in the stool, or have you not been able to pass stool or urine?",
                "Could you be pregnant?",
            ],
            self_care: "Take small sips of water and eat lightly, and lie in the position that hurts least.",
            seek_help: "Seek help today if it is strong, moves to the lower right, your belly is hard, or you have fever, blood \
                        or cannot keep fluids down.",
        },
        spanish: Text {
            acknowledgement: "Siento lo del dolor en el vientre.",
            questions: &[
                "¿Dónde le duele exactamente, desde cuándo y qué tan fuerte es de 0 a 10?",
                "¿Tiene fiebre, vómitos, diarrea, sangre en las heces, o no ha podido evacuar u orinar?",
                "¿Podría estar embarazada?",
            ],
            self_care: "Beba pequeños sorbos de agua, coma ligero y acuéstese en la postura que menos le duela.",
            seek_help: "Busque ayuda hoy si es fuerte, se va al lado derecho de abajo, el vientre está duro, o tiene fiebre, \
                        sangre o no retiene líquidos.",
        },
    },
    Topic {
        words: &[
            "back pain",
            "backache",
            "back hurts",
            "lumbago",
            "dolor de espalda",
            "me duele la espalda",
            "dolor lumbar",
        ],
        urgency: 4,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry that your back hurts.",
            questions: &[
                "Since when, and did it begin with a fall or lifting something?",
                "Do you feel numb or weak in the legs, or have trouble with passing urine or stool?",
            ],
            self_care: "Keep moving gently, avoid heavy lifting, and use warmth if it helps.",
            seek_help: "Numbness between the legs, weak legs or loss of control over bladder or bowel need an emergency \
                        department now; fever or weight loss need to be seen soon.",
        },
        spanish: Text {
            acknowledgement: "Siento que le duela la espalda.",
            questions: &[
                "¿Desde cuándo, y empezó con una caída o al levantar algo?",
                "¿Tiene adormecimiento o debilidad en las piernas, o problemas para orinar o evacuar?",
            ],
            self_care: "Muévase con suavidad, no levante peso y use calor si le alivia.",
            seek_help: "El adormecimiento entre las piernas, las piernas débiles o la pérdida de control de esfínteres necesitan \
                        urgencias ahora; la fiebre o la pérdida de peso deben verse pronto.",
        },
    },
    Topic {
        words: &[
            "joint pain",
            "knee pain",
            "knee hurts",
            "ankle",
            "sprain",
            "swollen joint",
            "dolor de rodilla",
            "me duele la rodilla",
            "tobillo",
            "esguince",
            "dolor en las articulaciones",
        ],
        urgency: 3,
        is_passing: false,
        english: Text {
            acknowledgement: "I am sorry about the painful joint.",
            questions: &[
                "Which joint is it, since when, and was there an injury?",
                "Is it red, hot or swollen, do you have fever, and can you put weight on it?",
            ],
            self_care: "Rest it, raise it, and cool it with a cloth around something cold for fifteen minutes at a time.",
            seek_help: "A hot red joint with fever, a joint out of shape, or one that bears no weight needs to be seen today.",
        },
        spanish: Text {
            acknowledgement: "Siento lo del dolor en la articulación.",
            questions: &[
                "¿Qué articulación es, desde cuándo, y hubo un golpe?",
                "¿Está roja, caliente o hinchada, tiene fiebre, y puede apoyar el peso?",
            ],
            self_care: "Déjela en reposo, en alto, y aplique frío con un paño durante quince minutos cada vez.",
            seek_help: "Una articulación roja y caliente con fiebre, deformada o que no aguanta el peso debe verse hoy.",
        },
    },
];
