//! What a question asks for, and what a yes or a no to it says.

use std::sync::LazyLock;

use super::runs::Runs;
use super::wording::Word;

/// What kind of answer a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Asked {
    /// Why the patient comes.
    Reason,
    Onset,
    Place,
    Severity,
    Frequency,
    Quality,
    Influence,
    Age,
    Medication,
    Allergy,
    Surgery,
    Occupation,
    /// Yes or no.
    Whether,
    /// Something else.
    Other,
}

/// Runs of words that tell what a question asks for; the first that occurs counts.
const KINDS: &[(&str, Asked)] = &[
    ("what brings", Asked::Reason),
    ("what brought", Asked::Reason),
    ("what is going on", Asked::Reason),
    ("what seems to be", Asked::Reason),
    ("what happened", Asked::Reason),
    ("how can i help", Asked::Reason),
    ("what can i do for you", Asked::Reason),
    ("what is the problem", Asked::Reason),
    ("how may i help", Asked::Reason),
    ("que le pasa", Asked::Reason),
    ("en que puedo", Asked::Reason),
    ("how old", Asked::Age),
    ("your age", Asked::Age),
    ("cuantos anos tiene", Asked::Age),
    ("how long", Asked::Onset),
    ("when did", Asked::Onset),
    ("since when", Asked::Onset),
    ("when was", Asked::Onset),
    ("how many days", Asked::Onset),
    ("how many weeks", Asked::Onset),
    ("when does", Asked::Onset),
    ("cuando empezo", Asked::Onset),
    ("desde cuando", Asked::Onset),
    ("cuanto tiempo", Asked::Onset),
    ("scale of", Asked::Severity),
    ("out of 10", Asked::Severity),
    ("how bad", Asked::Severity),
    ("how severe", Asked::Severity),
    ("que tan fuerte", Asked::Severity),
    ("escala", Asked::Severity),
    ("how often", Asked::Frequency),
    ("how many times", Asked::Frequency),
    ("how much", Asked::Frequency),
    ("how many", Asked::Frequency),
    ("con que frecuencia", Asked::Frequency),
    ("cuantas veces", Asked::Frequency),
    ("where is", Asked::Place),
    ("where does", Asked::Place),
    ("where do you feel", Asked::Place),
    ("where exactly", Asked::Place),
    ("whereabouts", Asked::Place),
    ("which side", Asked::Place),
    ("donde le duele", Asked::Place),
    ("donde", Asked::Place),
    ("what kind of pain", Asked::Quality),
    ("describe", Asked::Quality),
    ("feel like", Asked::Quality),
    ("what type of pain", Asked::Quality),
    ("como es el dolor", Asked::Quality),
    ("makes it worse", Asked::Influence),
    ("makes it better", Asked::Influence),
    ("make it worse", Asked::Influence),
    ("make it better", Asked::Influence),
    ("makes it any", Asked::Influence),
    ("what medication", Asked::Medication),
    ("what medicine", Asked::Medication),
    ("which medication", Asked::Medication),
    ("medications are you", Asked::Medication),
    ("que medicamentos", Asked::Medication),
    ("allergic to", Asked::Allergy),
    ("surgeries have you", Asked::Surgery),
    ("what surgeries", Asked::Surgery),
    ("do for a living", Asked::Occupation),
    ("do for work", Asked::Occupation),
    ("where do you work", Asked::Occupation),
    ("a que se dedica", Asked::Occupation),
];

/// What a question asks for.
pub(super) fn asked(words: &[Word]) -> Asked {
    let spelled = words.iter().map(|word| word.word.as_str()).collect::<Vec<_>>().join(" ");
    let found = KINDS.iter().find(|(phrase, _)| spelled.contains(phrase)).map(|(_, asked)| *asked);
    let is_verb = words.first().is_some_and(|first| VERBS.contains(&first.word.as_str()));
    let is_whether = is_verb || supposes(words) || lead(words).is_some();
    match found {
        Some(Asked::Allergy | Asked::Quality | Asked::Influence | Asked::Frequency | Asked::Place) if is_whether => {
            Asked::Whether
        }
        Some(found) => found,
        None if is_whether => Asked::Whether,
        None => Asked::Other,
    }
}

/// A question without what leads to it: "tell me, are you allergic to anything" without "tell me".
pub(super) fn core(words: &[Word]) -> &[Word] {
    const SUBJECTS: &[&str] = &["you", "he", "she", "it", "they", "there", "your", "any", "the", "that"];
    if words.first().is_none_or(|first| ASKING.contains(&first.word.as_str())) || lead(words).is_some() {
        return words;
    }
    let begins = |pair: &[Word]| match pair {
        [first, second] => {
            matches!(first.word.as_str(), "how" | "what" | "when" | "where" | "which")
                || (ASKING.contains(&first.word.as_str()) && SUBJECTS.contains(&second.word.as_str()))
        }
        _ => false,
    };
    words.windows(2).position(begins).and_then(|start| words.get(start..)).unwrap_or(words)
}

/// Whether words begin as a question does.
pub(super) fn begins(words: &[Word]) -> bool {
    words.first().is_some_and(|first| ASKING.contains(&first.word.as_str()))
}

/// Words that begin a question.
const ASKING: &[&str] = &[
    "do", "does", "did", "are", "is", "was", "were", "have", "has", "had", "can", "could", "will", "would", "should",
    "how", "what", "when", "where", "who", "why", "which", "que", "como", "cuando", "donde",
];

/// "you have a cough, correct?": a question in the order of a statement.
pub(super) fn supposes(words: &[Word]) -> bool {
    const VERBS: &[&str] =
        &["have", "has", "had", "are", "is", "was", "were", "take", "takes", "do", "does", "smoke", "live"];
    match words {
        [subject, verb, ..] => {
            matches!(subject.word.as_str(), "you" | "he" | "she") && VERBS.contains(&verb.word.as_str())
        }
        _ => false,
    }
}

/// Verbs that begin a question to be answered by yes or no.
const VERBS: &[&str] = &[
    "do", "does", "did", "are", "is", "was", "were", "have", "has", "had", "can", "could", "will", "would", "should",
    "any", "anything", "tiene", "ha", "toma", "fuma", "le",
];

/// Beginnings of questions about what the patient has; what is behind them is what is denied or reported.
static LEADS: LazyLock<Runs> = LazyLock::new(|| {
    Runs::of(
        "any other symptoms like,any other symptoms such as,other symptoms like,any symptoms like,any other,\
        any new,any,do you have any other,do you have any,do you have a history of,do you have,\
        do you ever have,do you get any,do you get,do you ever get,do you feel any,do you notice any,\
        do you experience any,do you suffer from any,do you suffer from,have you had any other,\
        have you had any,have you had,have you noticed any,have you noticed,have you experienced any,\
        have you experienced,have you been having any,have you been having,have you ever had any,\
        have you ever had,have you felt any,have you gotten any,have you developed any,have you got any,\
        have you also had any,have you also noticed any,are you having any other,are you having any,\
        are you having,are you experiencing any,are you experiencing,are you feeling any,did you have any,\
        did you have,did you notice any,did you notice,did you experience any,did you get any,\
        did you feel any,were you having any,had you had any,is there any,are there any,was there any,\
        were there any,is there,was there,what about any,what about,how about any,how about,and any,no,\
        and no,with any,so any,you have any,you do not have any,you are not having any,you have not had any,\
        you have not noticed any,you deny any,and you have no,you have no,does he have any,\
        does she have any,has he had any,has she had any,is he having any,is she having any,does he have,\
        does she have,has he had,has she had,tiene,tiene usted,ha tenido,ha notado,tiene algun,tiene alguna,\
        ha tenido algun,ha tenido alguna,siente,algun,alguna",
    )
});

/// Words that a question of bare names does not have: "nausea, vomiting?"
const SENTENCE: &[&str] = &[
    "i", "you", "he", "she", "it", "they", "we", "is", "are", "was", "were", "do", "does", "did", "have", "has", "had",
    "can", "could", "will", "would", "should", "how", "what", "when", "where", "who", "why", "which", "your", "that",
    "this", "there", "let", "so", "tell", "que", "como", "cuando", "donde", "usted", "tiene", "esta", "le", "su", "es",
];

/// Whether a question only names things.
fn is_bare(words: &[Word]) -> bool {
    !words.is_empty() && words.len() <= 8 && !words.iter().any(|word| SENTENCE.contains(&word.word.as_str()))
}

/// How many words of a question lead to what the patient has; `None` when it asks otherwise.
pub(super) fn lead(words: &[Word]) -> Option<usize> {
    let longest = LEADS.begun(words);
    longest.filter(|longest| *longest < words.len()).or_else(|| is_bare(words).then_some(0))
}

/// The words up to a second question: "tobacco, do you smoke or chew".
pub(super) fn before_question(words: &[Word]) -> &[Word] {
    let asks = |pair: &[Word]| match pair {
        [verb, subject] => {
            VERBS.contains(&verb.word.as_str())
                && matches!(subject.word.as_str(), "you" | "it" | "they" | "there" | "he" | "she")
        }
        _ => false,
    };
    let end = words.windows(2).position(asks).unwrap_or(words.len());
    words.get(..end).filter(|words| !words.is_empty()).unwrap_or_default()
}
