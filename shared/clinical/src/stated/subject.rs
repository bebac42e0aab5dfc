//! Whose symptoms a message tells: the writer's, or somebody's for whom the writer asks.

use serde::Serialize;

use crate::context::Cue;
use crate::text::Text;
use crate::text::token::{Break, Token};
use crate::words::lists;

/// Who the patient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Who writes, or of whom a clinician writes.
    Patient,
    /// A baby for whom somebody asks.
    Baby,
    /// A child of the writer's.
    Child,
    /// Another person for whom somebody asks.
    Relative,
}

const BABY: &str = "baby infant newborn bebe toddler babies";
const CHILD: &str =
    "son daughter child kid boy girl hijo hija nino nina grandson granddaughter nieto nieta kids children";
const RELATIVE: &str = "mother father mom mum dad wife husband partner girlfriend boyfriend grandmother grandfather grandma grandpa \
    sister brother friend aunt uncle neighbor spouse roommate parent madre padre mama papa esposa esposo marido mujer hermana \
    hermano abuela abuelo tia tio amiga amigo pareja novia novio suegra suegro vecina vecino";
const OWNER: &str = "my our mi nuestro nuestra mis";
/// So many words may stand between owner and relation: "my 3 month old baby".
const OWNED: usize = 5;
/// So far the words of a sentence bear on each other.
const NEAR: usize = 60;
/// Words with which writers tell of themselves.
const WRITER: &str = "i me myself yo tengo estoy siento me tuve llevo";
/// Verbs with which a message begins that is about somebody.
const DOES: &str = "is has had was woke fell took ate swallowed can cannot could will keeps started began got feels felt looks seems \
    complains hit cut went passed threw tiene esta se no";
/// Words that make a relative's illness family history or a contact.
const FAMILY: &str = "history died diagnosed had passed murio tuvo antecedentes family familia genetic runs similar same \
    hereditary maternal paternal sick";
/// A sentence that asks what would be to do.
const ADVICE: &str = "should would call return tell what avise vuelva acuda regrese debo deberia haria worry";

/// Who the patient of a text is.
pub(super) fn of(text: &Text<'_>) -> Subject {
    let tokens = text.tokens();
    for (at, token) in tokens.iter().enumerate() {
        let word = token.word.as_str();
        let before = tokens.get(at.saturating_sub(OWNED)..at).unwrap_or_default();
        let owned = || before.iter().any(|before| lists(OWNER, &before.word)) || opens(text, at);
        let relation = [(BABY, Subject::Baby), (CHILD, Subject::Child), (RELATIVE, Subject::Relative)];
        let known = relation.into_iter().find(|(list, _)| lists(list, word));
        if let Some((_, subject)) = known.filter(|_| owned() && !tells(text, at) && !is_family(text, at)) {
            return subject;
        }
        if lists(WRITER, word) && told_of_self(text, at) {
            return Subject::Patient;
        }
    }
    Subject::Patient
}

/// "Dad is 81", "Husband has a fever": the message begins with whom it is about.
fn opens(text: &Text<'_>, at: usize) -> bool {
    let tokens = text.tokens();
    let first = at == 0 || tokens.get(at).is_some_and(|token| token.before == Break::Sentence);
    first && tokens.get(at + 1).is_some_and(|next| lists(DOES, &next.word))
}

/// "I have", "tengo": not "I am worried about my son".
fn told_of_self(text: &Text<'_>, at: usize) -> bool {
    let word = |at: usize| text.tokens().get(at).map_or("", |token| token.word.as_str());
    match word(at) {
        "i" if word(at + 1) == "am" => {
            !lists("worried calling writing concerned a the asking sorry here so not wondering his her", word(at + 2))
        }
        "i" => lists(
            "have feel had woke get got can felt noticed started keep cough vomit fell hurt took think",
            word(at + 1),
        ),
        "me" => lists("duele duelen siento falta arde pica da cuesta cai lastime corte", word(at + 1)),
        "myself" => false,
        _ => true,
    }
}

/// The relative only tells: "my mother says that I …".
fn tells(text: &Text<'_>, at: usize) -> bool {
    text.tokens().get(at + 1).is_some_and(|token| {
        lists("says said thinks told noticed dice noto wants gave brought recommended", &token.word)
    })
}

/// The words of a token's sentence, as far as they are near: however long a sentence is, judging it takes no longer.
fn around<'a>(text: &'a Text<'_>, at: usize) -> &'a [Token] {
    let sentence = text.clauses().get(text.clause_at(at)).map(|clause| text.sentence_of(clause)).unwrap_or_default();
    let near = sentence.start.max(at.saturating_sub(NEAR))..sentence.end.min(at + NEAR);
    text.tokens().get(near).unwrap_or_default()
}

fn is_family(text: &Text<'_>, at: usize) -> bool {
    around(text, at).iter().any(|token| lists("died family diagnosed murio familia runs similar same", &token.word))
}

/// Whether a concept with these cues is told of the patient.
pub(super) fn is_of_patient(text: &Text<'_>, subject: Subject, cue: &Cue) -> bool {
    let words = text.tokens().get(text.tokens_in(cue.span)).unwrap_or_default();
    let any = |list: &str| words.iter().any(|token| lists(list, &token.word));
    let family = around(text, cue.reach.start).iter().any(|token| lists(FAMILY, &token.word));
    match subject {
        // A clinician's note: "the child is febrile".
        Subject::Patient => !any(OWNER) && (any(BABY) || any(CHILD)) && !family,
        Subject::Baby | Subject::Child => any(BABY) || any(CHILD),
        Subject::Relative => any(RELATIVE) && !family,
    }
}

/// Whether a concept is only a question or advice: "what should I do if I get a fever?". "If I walk it hurts" is not.
pub(super) fn is_hypothetical(text: &Text<'_>, cue: &Cue) -> bool {
    let conditional = lists("if si", cue.span.of(text.written()).to_lowercase().as_str());
    if !conditional {
        return true;
    }
    let end = text.clauses().get(text.clause_at(cue.reach.start)).map(|clause| text.sentence_of(clause).end);
    let asks = text.between(end.unwrap_or_default()).contains('?') || text.written().trim_end().ends_with('?');
    asks || around(text, cue.reach.start).iter().any(|token| lists(ADVICE, &token.word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{Context, Property};

    #[test]
    fn the_patient_is_who_the_message_is_about() {
        for (written, subject) in [
            ("I have a fever and my son is well", Subject::Patient),
            ("My son has had a fever since yesterday", Subject::Child),
            ("Hi, I am worried about my 3 month old baby, she is hot", Subject::Baby),
            ("mi hija de 5 años tiene tos", Subject::Child),
            ("My husband has chest pain", Subject::Relative),
            ("Dad is 81 and confused", Subject::Relative),
            ("my mother died of a stroke and I have headaches", Subject::Patient),
            ("My wife says I snore", Subject::Patient),
            ("65 year old man with cough", Subject::Patient),
            ("tengo fiebre", Subject::Patient),
        ] {
            assert_eq!(of(&Text::read(written)), subject, "{written}");
        }
    }

    #[test]
    fn a_condition_is_only_advice_in_a_question() {
        let check = |written: &str| {
            let text = Text::read(written);
            let context = Context::read(&text);
            let cue = context.cues().iter().find(|cue| cue.property == Property::Hypothetical).cloned().expect(written);
            is_hypothetical(&text, &cue)
        };
        assert!(!check("if I walk my chest hurts"));
        assert!(check("what should I do if I get a fever?"));
        assert!(check("call me if the fever comes back"));
        assert!(check("I am afraid of a stroke"));
    }
}
