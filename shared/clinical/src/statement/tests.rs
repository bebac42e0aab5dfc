use super::*;

fn shown(written: &str) -> Vec<String> {
    let text = Text::read(written);
    let statements = split(&text);
    statements
        .iter()
        .map(|found| format!("{}{}", found.span.of(written), if found.is_question { "?" } else { "" }))
        .collect()
}

#[test]
fn written_sentences_are_statements() {
    assert_eq!(
        shown("I have a cough. It began last week! Any fever?"),
        ["I have a cough", "It began last week", "Any fever?"]
    );
    assert_eq!(shown(""), [""; 0]);
}

#[test]
fn speech_without_marks_is_cut_where_a_new_thought_begins() {
    assert_eq!(
        shown(
            "okay so your lungs are clear i think you have a cold and then i want you to rest alright do you have any questions"
        ),
        [
            "okay so your lungs are clear",
            "i think you have a cold",
            "and then i want you to rest",
            "alright do you have any questions?"
        ]
    );
    assert_eq!(
        shown("for your second problem of your diabetes i want to order a hemoglobin a1c"),
        ["for your second problem of your diabetes i want to order a hemoglobin a1c"]
    );
    assert_eq!(
        shown("the pain that i have is what i told you about"),
        ["the pain that i have is what i told you about"]
    );
    assert_eq!(shown("tengo tos desde ayer pero no tengo fiebre"), ["tengo tos desde ayer", "pero no tengo fiebre"]);
}

#[test]
fn a_question_is_told_from_a_tag_and_from_what_one_has_somebody_do() {
    assert_eq!(shown("Do you smoke? I'll see you tomorrow, okay?"), ["Do you smoke?", "I'll see you tomorrow, okay"]);
    assert_eq!(shown("how long has it hurt"), ["how long has it hurt?"]);
    assert_eq!(shown("and have you come back in a week"), ["and have you come back in a week"]);
    assert_eq!(shown("have you had a fever"), ["have you had a fever?"]);
    assert_eq!(shown("¿Tiene fiebre?"), ["Tiene fiebre?"]);
}

#[test]
fn a_breath_has_an_end() {
    let long = "word ".repeat(1000);
    let text = Text::read(&long);
    let statements = split(&text);
    assert!(statements.iter().all(|found| found.tokens.len() <= MAX_TOKENS));
    assert_eq!(statements.iter().map(|found| found.tokens.len()).sum::<usize>(), 1000);
}
