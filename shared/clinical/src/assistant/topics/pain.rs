//! Pain in the head, the belly, the back and the joints.

use crate::assistant::topic::{Text, Topic};

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        rule: "headache",
        urgency: 5,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry to hear that you have a headache.",
            plain: "When did it start? How bad is it from 0 to 10?",
            clinical: "What were the onset and the time to its peak, where is it, and how severe is it from 0 to 10?",
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
            plain: "¿Cuándo empezó? ¿Qué tan fuerte es de 0 a 10?",
            clinical: "¿Cómo fue el inicio y cuánto tardó en llegar al máximo, dónde se localiza, y qué intensidad \
                 tiene de 0 a 10?",
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
        rule: "belly",
        urgency: 5,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry about the pain in your belly.",
            plain: "Where does it hurt? How bad is it from 0 to 10?",
            clinical: "Which quadrant is it in, what were its onset and course, does it radiate, and how severe is it \
                 from 0 to 10?",
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
            plain: "¿Dónde le duele? ¿Qué tan fuerte es de 0 a 10?",
            clinical: "¿En qué cuadrante está, cómo empezó y evolucionó, irradia, y qué intensidad tiene de 0 a 10?",
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
        rule: "back",
        urgency: 4,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry that your back hurts.",
            plain: "When did it start? Did you fall or lift something?",
            clinical: "What were the onset and the mechanism, and does the pain radiate below the knee?",
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
            plain: "¿Cuándo empezó? ¿Se cayó o levantó algo?",
            clinical: "¿Cómo fue el inicio y el mecanismo, y el dolor irradia por debajo de la rodilla?",
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
        rule: "joint",
        urgency: 3,
        is_passing: false,
        asks_for: None,
        english: Text {
            acknowledgement: "I am sorry about the painful joint.",
            plain: "Which joint is it? Did you hurt it?",
            clinical: "Which joint is affected, since when, and was there trauma or an effusion?",
            questions: &[
                "Which joint is it, since when, and was there an injury?",
                "Is it red, hot or swollen, do you have fever, and can you put weight on it?",
            ],
            self_care: "Rest it, raise it, and cool it with a cloth around something cold for fifteen minutes at a time.",
            seek_help: "A hot red joint with fever, a joint out of shape, or one that bears no weight needs to be seen today.",
        },
        spanish: Text {
            acknowledgement: "Siento lo del dolor en la articulación.",
            plain: "¿Qué articulación es? ¿Se dio un golpe?",
            clinical: "¿Qué articulación está afectada, desde cuándo, y hubo traumatismo o derrame?",
            questions: &[
                "¿Qué articulación es, desde cuándo, y hubo un golpe?",
                "¿Está roja, caliente o hinchada, tiene fiebre, y puede apoyar el peso?",
            ],
            self_care: "Déjela en reposo, en alto, y aplique frío con un paño durante quince minutos cada vez.",
            seek_help: "Una articulación roja y caliente con fiebre, deformada o que no aguanta el peso debe verse hoy.",
        },
    },
];
