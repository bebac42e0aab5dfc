//! Who the subject of a phrase is.

use std::{ops::Range, sync::LazyLock};

use crate::{
    danger::Experiencer,
    hash::Map,
    text::{Text, token::Token},
};

/// Whom a phrase is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// "I", or nobody: "want to die".
    Writer,
    /// "he", "my sister".
    Other,
    /// "people", "you": nobody in particular.
    Nobody,
}

static WORDS: LazyLock<Map<&'static str, Subject>> = LazyLock::new(|| {
    let lists = [(WRITER, Subject::Writer), (OTHER, Subject::Other), (NOBODY, Subject::Nobody)];
    lists.into_iter().flat_map(|(words, subject)| words.split_whitespace().map(move |word| (word, subject))).collect()
});

const WRITER: &str = "i me myself else my brain mind head yo mi estoy quiero tengo voy siento pienso creo puedo \
    necesito soy je moi j deseo quisiera he intente";
const OTHER: &str = "he she they him her them daughter son child wife husband partner boyfriend girlfriend friend brother sister \
    mother father mom mum dad cousin uncle aunt nephew niece roommate classmate coworker colleague boss teacher student neighbor neighbour \
    grandson granddaughter grandmother grandfather grandma grandpa fiance fiancee ex kid kids children parents friends \
    el ella ellos ellas hija hijo esposa esposo marido mujer novio novia amigo amiga hermano hermana madre padre mama papa primo \
    prima tio tia abuelo abuela pareja vecino vecina companero companera sobrino sobrina jefe jefa profesor profesora il elle ils";
const NOBODY: &str = "we us nosotros you people someone somebody anyone anybody everyone everybody nobody one who teens teenagers kids others men \
    women characters character patients clients users person gente alguien nadie uno quien quienes personas tu usted ustedes te gens";
const PREPOSITIONS: &[&str] =
    &["to", "with", "for", "from", "without", "at", "a", "con", "para", "sin", "contra", "against"];
/// How far back the subject is looked for.
const FARTHEST: usize = 14;

/// The subject of the phrase that these tokens are.
pub(super) fn of(text: &Text<'_>, tokens: &Range<usize>) -> Subject {
    let inside = text.tokens().get(tokens.clone()).unwrap_or_default();
    if inside.iter().enumerate().any(|(at, token)| is_own(&token.word) && !is_agent(inside, at)) {
        return Subject::Writer;
    }
    let clause = text.clauses().get(text.clause_at(tokens.start));
    let start = clause.map_or(tokens.start, |clause| clause.tokens.start).max(tokens.start.saturating_sub(FARTHEST));
    let before = text.tokens().get(start..tokens.start).unwrap_or_default();
    let subject = before.iter().enumerate().rev().find_map(|(at, token)| {
        let known = WORDS.get(token.word.as_str()).copied()?;
        // An article is no subject: only "él" is.
        let article = token.word == "el" && !token.accented;
        let object = known == Subject::Other && is_object(before.get(..at).unwrap_or_default());
        (!article && !object).then_some(known)
    });
    subject.unwrap_or(Subject::Writer)
}

/// Whether a "my" only says by whom something was done: "beaten by my father" is not yet said of the writer.
fn is_agent(inside: &[Token], at: usize) -> bool {
    let word =
        |at: Option<usize>| at.and_then(|at| inside.get(at)).map(|token| token.word.as_str()).unwrap_or_default();
    matches!(word(Some(at)), "my" | "mi" | "mis")
        && matches!(word(at.checked_sub(1)), "by" | "por")
        && WORDS.get(word(Some(at + 1))) == Some(&Subject::Other)
}

/// Whether what follows these words is no subject: "I gave it to my brother and want to die".
fn is_object(before: &[Token]) -> bool {
    let mut words = before.iter().rev().map(|token| token.word.as_str());
    let owned = |word: &&str| matches!(*word, "my" | "our" | "the" | "mi" | "mis" | "el" | "la" | "los" | "las");
    words.next().filter(owned).and_then(|_| words.next()).is_some_and(|word| PREPOSITIONS.contains(&word))
}

/// Who is in danger, where a phrase names anybody: the writer when it names both ("he hits me").
pub(super) fn experiencer(text: &Text<'_>, tokens: &Range<usize>) -> Experiencer {
    let words = || text.tokens().get(tokens.clone()).unwrap_or_default().iter().map(|token| token.word.as_str());
    let named = |subject: Subject| {
        words().any(|word| WORDS.get(word) == Some(&subject) && !matches!(word, "my" | "mi" | "el" | "he" | "she"))
    };
    if named(Subject::Writer) || words().any(|word| word == "us" || word == "nos") {
        return Experiencer::Writer;
    }
    match named(Subject::Other)
        || words().any(|word| matches!(word, "he" | "she"))
        || of(text, tokens) == Subject::Other
    {
        true => Experiencer::Other,
        false => Experiencer::Writer,
    }
}

/// Words that can only be said of the writer.
fn is_own(word: &str) -> bool {
    matches!(
        word,
        "i" | "my"
            | "me"
            | "myself"
            | "meself"
            | "yo"
            | "mi"
            | "mis"
            | "je"
            | "moi"
            | "quiero"
            | "quisiera"
            | "tengo"
            | "voy"
            | "estoy"
    ) || (word.len() > 5 && word.ends_with("rme"))
}
