use super::*;

fn assertion(written: &str, concept: &str) -> Assertion {
    let text = Text::read(written);
    let start = written.find(concept).expect(written);
    Context::read(&text).of(&text.tokens_in(Span { start, end: start + concept.len() }))
}

#[test]
fn every_line_of_the_tables_is_understood() {
    assert_eq!(TABLE.mistakes(), []);
}

#[test]
fn negation_reaches_as_far_as_its_clause() {
    for (written, concept, negated) in [
        ("I don't have any fever", "fever", true),
        ("I don't have fever but I cough", "cough", false),
        ("No chest pain, nausea, vomiting or rash.", "rash", true),
        ("No rash (arms, legs), itching", "itching", true),
        ("Well today (no fever) with cough", "cough", false),
        ("No fever. Cough", "Cough", false),
        ("no fever, I cough a lot", "cough", false),
        ("denies dizziness; reports headache", "headache", false),
        ("the rash has now resolved", "rash", true),
        ("swelling is not seen", "swelling", true),
        ("stroke was ruled out", "stroke", true),
        ("not only the fever", "fever", false),
        ("the pills do not help my headache", "headache", false),
        ("I'm not sure if I have a fever", "fever", false),
        ("Allergies: none", "Allergies", true),
        ("no known reason for the pain", "pain", false),
        ("No tengo fiebre ni tos", "tos", true),
        ("sin dolor ni náuseas pero con mareo", "náuseas", true),
        ("sin dolor ni náuseas pero con mareo", "mareo", false),
        ("niego alergias", "alergias", true),
        ("no me baja la fiebre", "fiebre", false),
        ("no sé si tengo fiebre", "fiebre", false),
        ("ya ha desaparecido el dolor", "dolor", true),
        ("Edema: no", "Edema", true),
    ] {
        assert_eq!(assertion(written, concept).negated, negated, "{written}: {concept}");
    }
}

#[test]
fn the_other_properties_have_their_cues() {
    let check = |written: &str, concept: &str| {
        let found = assertion(written, concept);
        (found.uncertain, found.hypothetical, found.historical, found.other)
    };
    let none = (false, false, false, false);
    assert_eq!(check("probable pneumonia", "pneumonia"), (true, false, false, false));
    assert!(check("I'm not sure if I have a fever", "fever").0);
    assert_eq!(check("call me if the fever comes back", "fever"), (false, true, false, false));
    assert_eq!(check("asthma as a child", "asthma"), (false, false, true, false));
    assert_eq!(check("history of stroke", "stroke"), (false, false, true, false));
    assert_eq!(check("my mother has diabetes", "diabetes"), (false, false, false, true));
    assert_eq!(check("my mother is well but I have diabetes", "diabetes"), none);
    assert_eq!(check("posible neumonía", "neumonía"), (true, false, false, false));
    assert_eq!(check("avíseme si vuelve la fiebre", "fiebre"), (false, true, false, false));
    assert_eq!(check("asma hace 10 años", "asma"), (false, false, true, false));
    assert_eq!(check("mi padre tiene diabetes", "diabetes"), (false, false, false, true));
    assert_eq!(check("tengo diabetes", "diabetes"), none);
    assert!(assertion("tengo diabetes", "diabetes").is_current());
}

#[test]
fn a_negation_names_its_nearest_words() {
    let negated = |written: &str| {
        let text = Text::read(written);
        Context::read(&text).negated(&text).into_iter().map(|span| span.of(written).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(negated("Sin dolor torácico y se va a casa"), ["dolor torácico"]);
    assert_eq!(negated("Presenta tos seca, no fiebre"), ["fiebre"]);
    assert_eq!(negated("El cultivo de orina fue negativo"), ["orina"; 0]);
    assert_eq!(negated("no wheezes, no rales"), ["wheezes", "rales"]);
    assert_eq!(negated("Drains: none"), ["Drains"]);
}

#[test]
fn a_cue_has_evidence_and_a_bounded_reach() {
    let written = "no ".to_owned() + &"fever ".repeat(500);
    let text = Text::read(&written);
    let context = Context::read(&text);
    let cue = context.cues().first().expect("one cue");
    assert_eq!((cue.property, cue.span.of(&written), cue.rule.0), (Property::Negated, "no", "negated.forward"));
    assert_eq!(cue.reach, 1..1 + reach::LONGEST);
    assert!(context.of(&(50..51)).negated && !context.of(&(51..52)).negated);
}

#[test]
fn a_length_of_time_and_a_reporter_are_no_cues() {
    let past = |written: &str, concept: &str| assertion(written, concept).historical;
    assert!(!past("He has a 2-week history of cough", "cough"));
    assert!(!past("three days history of fever", "fever"));
    assert!(!past("the headache started about two weeks ago", "headache"));
    assert!(past("sore throat three weeks ago", "sore throat"));
    assert!(past("history of migraine", "migraine"));
    assert!(!past("me duele la espalda desde hace 2 semanas", "espalda"));
    assert!(!past("hace tres semanas que tengo tos", "tos"));
    let others = |written: &str, concept: &str| assertion(written, concept).other;
    assert!(!others("His mother reports that he has had a fever", "fever"));
    assert!(!others("brought in by her daughter with confusion", "confusion"));
    assert!(others("her mother had breast cancer", "breast cancer"));
    assert!(!others("su madre refiere fiebre", "fiebre"));
}
