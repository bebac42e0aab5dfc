//! Promises: what staff or the assistant told the patient that they will do.

use std::sync::LazyLock;

use crate::intent::{self, Intent};
use crate::phrase::Table;
use crate::text::Text;

static TABLE: LazyLock<Table<Intent>> = LazyLock::new(|| intent::table(include_str!("../../data/promise.txt")));

/// Words that may stand between a negation and the promise that it takes back.
const MOST_BETWEEN: usize = 1;

/// Whether a sentence of staff or the assistant promises something. A question never does.
pub(super) fn is_promise(sentence: &str) -> bool {
    !sentence.contains(['?', '¿']) && intent::is_meant(&TABLE, &Text::read(sentence), MOST_BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        assert_eq!(TABLE.mistakes(), []);
    }

    #[test]
    fn promises_are_recognised_in_both_languages() {
        for sentence in [
            "I will call you tomorrow.",
            "I'll send the prescription to your pharmacy.",
            "We'll let you know as soon as the results are in.",
            "I'm going to ask Dr. Smith about it.",
            "The nurse will ring you on Friday.",
            "Somebody from the clinic is going to call you.",
            "No problem, I'll get back to you.",
            "Will text you later.",
            "Smith will see you on Monday.",
            "A person from our team has been told and will write to you here.",
            "You will hear from us this week.",
            "Let me check with the pharmacist.",
            "Calling you at noon.",
            "Dr. Lee is going to review the pictures.",
            "Our nurse calls you back at 4.",
            "I am sending the referral today.",
            "You'll get an SMS with the time.",
            "I will have your results ready by Thursday.",
            "te llamaré mañana",
            "Le llamaremos el lunes.",
            "No te preocupes, te llamo mañana.",
            "La doctora le llamará esta tarde.",
            "Mañana le escribo con el resultado.",
            "Voy a consultarlo con el médico.",
            "Vamos a cambiar la cita.",
            "Me pondré en contacto con usted.",
            "Nos pondremos en contacto.",
            "Se lo diré al médico.",
            "Van a llamarle de la clínica.",
            "En cuanto lo sepa le aviso.",
            "Enviaré la receta hoy.",
            "La enfermera se pondrá en contacto con usted.",
            "Lo reviso y le digo.",
            "Le tendremos informado.",
            "Yo me encargo de la cita.",
            "Recibirá una llamada de la enfermera.",
        ] {
            assert!(is_promise(sentence), "{sentence}");
        }
    }

    #[test]
    fn questions_refusals_and_advice_promise_nothing() {
        for sentence in [
            "Will you call me tomorrow?",
            "Shall I call you tomorrow?",
            "¿Le llamaré mañana?",
            "I will not call you.",
            "We won't be able to call you tomorrow.",
            "I cannot call you back today.",
            "Please call us tomorrow.",
            "You will feel better soon.",
            "We will see.",
            "I will be away until Monday.",
            "I called you yesterday.",
            "If it gets worse, call the clinic.",
            "No le llamaré.",
            "Nadie le llamará.",
            "Nobody will call you.",
            "No podemos llamarle hoy.",
            "Llámeme mañana.",
            "Ayer le llamé y no contestó.",
            "Tome la pastilla mañana.",
            "Si empeora, llame al número de emergencias.",
            "Ya veremos.",
            "Su equipo médico lee esta conversación y responderá lo que yo no pueda.",
            "Your care team reads this conversation and will answer what I cannot.",
        ] {
            assert!(!is_promise(sentence), "{sentence}");
        }
    }
}
