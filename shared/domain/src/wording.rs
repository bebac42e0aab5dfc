//! What the product says by itself, in the languages that it speaks.

use crate::assessment::Language;
use crate::responder::Responder;
use crate::text::MessageText;
use crate::thread::Assignee;

/// What a patient is told when somebody else answers from now on.
#[must_use]
pub fn handoff(language: Language, to: Responder, provider: Option<&Assignee>) -> Option<MessageText> {
    let name = provider.map_or("", |provider| provider.name.as_str());
    MessageText::received(&match (language, to) {
        (Language::English, Responder::Assistant) => "Our assistant will go on helping you here.".to_owned(),
        (Language::English, Responder::Doctor) => format!("{name} is taking over this conversation."),
        (Language::English, Responder::HumanStaff) => format!("{name} from our staff will go on helping you here."),
        (Language::Spanish, Responder::Assistant) => "Nuestro asistente seguirá ayudándole aquí.".to_owned(),
        (Language::Spanish, Responder::Doctor) => format!("{name} se encarga ahora de esta conversación."),
        (Language::Spanish, Responder::HumanStaff) => format!("{name}, de nuestro equipo, seguirá ayudándole aquí."),
    })
}

/// What a patient is told at once when a message speaks of danger to somebody's life.
#[must_use]
pub fn crisis(language: Language) -> Option<MessageText> {
    MessageText::received(match language {
        Language::English => {
            "I am concerned about what you wrote. If you or somebody near you is in danger right now, please call your local \
             emergency number (112, 911 or 999), or go to the nearest emergency department. You do not have to go through \
             this alone: a person from our team has been told and will write to you here."
        }
        Language::Spanish => {
            "Me preocupa lo que ha escrito. Si usted o alguien cercano está en peligro ahora mismo, llame al número de \
             emergencias (112, 911 o 999) o vaya al servicio de urgencias más cercano. No tiene que pasar por esto a solas: \
             una persona de nuestro equipo está avisada y le escribirá aquí."
        }
    })
}

/// What a patient is told when a message speaks of a medical emergency.
#[must_use]
pub fn medical_emergency(language: Language) -> Option<MessageText> {
    MessageText::received(match language {
        Language::English => {
            "What you describe can be an emergency. Please call your local emergency number (112, 911 or 999) now, or let \
             somebody bring you to the nearest emergency department. Do not drive yourself. A person from our team has been \
             told."
        }
        Language::Spanish => {
            "Lo que describe puede ser una emergencia. Llame ahora al número de emergencias (112, 911 o 999) o pida que le \
             lleven al servicio de urgencias más cercano. No conduzca usted. Una persona de nuestro equipo está avisada."
        }
    })
}

/// What confirms that no automatic messages come any more.
#[must_use]
pub fn stopped(language: Language) -> Option<MessageText> {
    MessageText::received(match language {
        Language::English => {
            "You will get no more automatic messages. Your care team can still write to you. Write START to get them again."
        }
        Language::Spanish => {
            "No recibirá más mensajes automáticos. Su equipo médico aún puede escribirle. Escriba INICIAR para volver a recibirlos."
        }
    })
}

/// What confirms that automatic messages come again.
#[must_use]
pub fn started(language: Language) -> Option<MessageText> {
    MessageText::received(match language {
        Language::English => "You will get automatic messages again. Write STOP to end them.",
        Language::Spanish => "Volverá a recibir mensajes automáticos. Escriba ALTO para dejar de recibirlos.",
    })
}

/// What a check-in asks.
#[must_use]
pub fn check_in(language: Language, first_name: &str, summary: Option<&str>) -> Option<MessageText> {
    let text = match (language, summary) {
        (Language::English, Some(summary)) => format!("Hi {first_name}, checking in: {summary}"),
        (Language::English, None) => format!("Hi {first_name}, checking in: how are you feeling now?"),
        (Language::Spanish, Some(summary)) => format!("Hola {first_name}, seguimiento: {summary}"),
        (Language::Spanish, None) => format!("Hola {first_name}, seguimiento: ¿cómo se siente ahora?"),
    };
    MessageText::received(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_said_in_both_languages_and_fits_a_message() {
        for language in [Language::English, Language::Spanish] {
            let texts = [
                handoff(language, Responder::Assistant, None),
                crisis(language),
                medical_emergency(language),
                stopped(language),
                started(language),
                check_in(language, "Ada", Some("Please send your blood pressure.")),
                check_in(language, "Ada", None),
            ];
            for text in texts {
                let length = text.unwrap().as_str().chars().count();
                assert!((20..=crate::text::MESSAGE_LIMIT).contains(&length));
            }
        }
    }
}
