//! What a patient asks the assistant for that the assistant cannot give.

use std::sync::LazyLock;

use crate::intent::{self, Intent};
use crate::phrase::Table;
use crate::text::Text;

static TABLE: LazyLock<Table<Intent>> = LazyLock::new(|| intent::table(include_str!("../../data/assistant/wish.txt")));

/// Something that a patient asked for in so many words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To talk to a person of the care team.
    Human,
}

/// Words that may stand between a negation and the wish that it takes back: "I don't think I need to talk to a doctor".
const MOST_BETWEEN: usize = 4;

impl Wish {
    /// The wish that a message says, in English or Spanish; none when the writer denies it ("I don't need to talk to a
    /// doctor") or only speaks of it ("I talked to my doctor").
    #[must_use]
    pub fn of(written: &str) -> Option<Self> {
        intent::is_meant(&TABLE, &Text::read(written), MOST_BETWEEN).then_some(Self::Human)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        assert_eq!(TABLE.mistakes(), []);
    }

    #[test]
    fn a_patient_asks_for_a_human() {
        for written in [
            "Can I talk to a person?",
            "can i speak with a real doctor pls",
            "Could I please talk to one of the nurses or a doctor",
            "I want to talk to a doctor",
            "I'd like to speak to my doctor",
            "I need to talk to someone now",
            "No, I want to talk to a human.",
            "I don't want a bot, I want to speak to a human",
            "My head hurts. Let me talk to a nurse!",
            "I don't understand this, can I speak to a nurse?",
            "Is there anyone I can talk to?",
            "Why can't I talk to a real person?",
            "human please",
            "I need a doctor",
            "get me a human",
            "Please have a nurse call me",
            "Can a doctor call me today?",
            "please call me back",
            "transfer me to an agent",
            "Quiero hablar con una persona",
            "¿Puedo hablar con un médico?",
            "quisiera hablar con la enfermera por favor",
            "Necesito hablar con alguien",
            "no entiendo, quiero hablar con un humano",
            "¿Me puede llamar el doctor?",
            "Páseme con una persona",
            "prefiero que me llamen",
            "¿Hay alguien con quien pueda hablar?",
            "hablar con una persona",
            "me gustaría hablar con el médico",
            "necesito un médico",
            "would it be possible to talk with a doctor today",
            "could a nurse get in touch with me",
            "how do I reach a doctor",
            "can you call me back",
            "¿con quién puedo hablar?",
            "¿hay algún médico disponible?",
            "¿me pueden llamar por favor?",
        ] {
            assert_eq!(Wish::of(written), Some(Wish::Human), "{written}");
        }
    }

    #[test]
    fn who_denies_or_only_tells_asks_for_nobody() {
        for written in [
            "I don't need to talk to a doctor",
            "I do not want to speak to anyone.",
            "I don't think I need to talk to a doctor",
            "there is no need to talk to a nurse",
            "no quiero hablar con un médico",
            "No necesito hablar con nadie, gracias",
            "no creo que necesite hablar con un doctor",
            "I talked to my doctor yesterday",
            "My doctor called me this morning",
            "Should I talk to my doctor?",
            "Do I need to call a doctor?",
            "If I need to talk to a doctor, what do I do?",
            "I was told to talk to a nurse first",
            "I need a doctor's note",
            "ayer hablé con el médico",
            "¿Debo hablar con mi médico?",
            "si quiero hablar con alguien, ¿qué hago?",
            "My head hurts and I feel sick",
            "me duele la cabeza",
            "call me Ada",
            "can you call me Ada?",
            "I would not like to talk to anyone",
            "I will talk to my doctor on Monday",
            "my mother does not want to talk to people",
            "quiero hablar de mis pastillas",
            "no quiero que me llamen",
            "I take it with people around",
            "",
        ] {
            assert_eq!(Wish::of(written), None, "{written}");
        }
    }
}
