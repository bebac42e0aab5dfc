use super::*;

/// The mismatches of two texts, each way.
fn shown(one: &str, other: &str) -> Vec<String> {
    compare(one, other).iter().map(|mismatch| mismatch.reason(one, other)).collect()
}

#[test]
fn what_survives_is_silent_in_both_directions() {
    for (english, spanish) in [
        ("How long have you had this pain?", "¿Cuánto tiempo ha tenido este dolor?"),
        ("Take 500 mg twice a day for 7 days", "Tome 500 mg dos veces al día durante 7 días"),
        ("Take one tablet every eight hours", "Tome una tableta cada ocho horas"),
        ("Take two tablets twice a day", "Tome dos pastillas cada 12 horas"),
        ("Your blood pressure is 130 over 80", "Su presión es de 130/80"),
        ("I have a fever of 38.5", "Tengo 38,5 de fiebre"),
        ("Take it for two weeks", "Tómelo por 15 días"),
        ("Take 1,000 mg of Tylenol", "Tome 1.000 mg de paracetamol"),
        ("I don't have a fever or a cough", "No tengo fiebre ni tos"),
        ("Stop taking the ibuprofen", "No tome más el ibuprofeno"),
        ("You have no fever, right?", "No tiene fiebre, ¿verdad?"),
        ("My left knee hurts", "Me duele la rodilla izquierda"),
        ("Right now both of my legs are swollen", "Ahora mismo tengo hinchadas ambas piernas"),
        (
            "The x-ray of the right ankle and the left wrist is normal",
            "La radiografía del tobillo derecho y de la muñeca izquierda es normal",
        ),
        ("The infection is in both kidneys", "La infección está en los dos riñones"),
        ("My headache won't go away", "No se me quita el dolor de cabeza"),
        ("Are you short of breath?", "¿Tiene falta de aire?"),
        ("Are you allergic to penicillin?", "¿Es alérgico a la penicilina?"),
        ("Advil helps me", "El ibuprofeno me ayuda"),
        ("I need an antibiotic", "Necesito un antibiótico"),
        ("", ""),
    ] {
        assert_eq!(shown(english, spanish), [""; 0], "{english} | {spanish}");
        assert_eq!(shown(spanish, english), [""; 0], "{spanish} | {english}");
    }
}

#[test]
fn what_is_lost_or_changed_is_found() {
    for (one, other, kinds) in [
        ("Take 15 mg", "Tome 50 mg", vec![Kind::Number]),
        ("Take fifteen milligrams", "Tome cincuenta miligramos", vec![Kind::Number]),
        ("It began three weeks ago", "Empezó hace unas semanas", vec![Kind::Number]),
        ("Tomo una pastilla de 10 mg", "I take a pill", vec![Kind::Number]),
        ("Take 0.5 ml", "Tome 5 ml", vec![Kind::Number]),
        ("Take 500 mg", "Tome 500 g", vec![Kind::Unit]),
        ("Take 250 mcg", "Tome 250 mg", vec![Kind::Unit]),
        ("for 7 days", "durante 7 semanas", vec![Kind::Unit]),
        ("Take 5 ml", "Tome 5", vec![Kind::Unit]),
        ("Do not take it with alcohol", "Tómelo con alcohol", vec![Kind::Negation]),
        ("Tengo dolor en el pecho", "I have no chest pain", vec![Kind::Negation]),
        ("No tengo fiebre pero tengo tos", "I have a fever but no cough", vec![Kind::Negation, Kind::Negation]),
        ("My left knee hurts", "Me duele la rodilla derecha", vec![Kind::Laterality]),
        (
            "the left knee and the right hip",
            "la rodilla derecha y la cadera izquierda",
            vec![Kind::Laterality, Kind::Laterality],
        ),
        ("Me duele el oído izquierdo", "My ear hurts", vec![Kind::Laterality]),
        ("I'll prescribe hydroxyzine", "Le voy a recetar hidralazina", vec![Kind::Drug]),
        ("I take metformin and lisinopril", "Tomo metformina", vec![Kind::Drug]),
        ("Tomo un antibiótico", "I take a vitamin", vec![Kind::Drug]),
    ] {
        let found: Vec<Kind> = compare(one, other).iter().map(|mismatch| mismatch.kind).collect();
        assert_eq!(found, kinds, "{one} | {other}");
        let turned: Vec<Kind> = compare(other, one).iter().map(|mismatch| mismatch.kind).collect();
        assert_eq!(turned, kinds, "{other} | {one}");
    }
}

#[test]
fn a_mismatch_says_why_and_where() {
    assert_eq!(shown("Take 500 mg", "Tome 500 g"), ["The unit \"500 mg\" is \"500 g\" in the translation."]);
    assert_eq!(shown("No tengo fiebre", "I have a fever"), ["The negation \"No\" is not in the translation."]);
    assert_eq!(shown("I have a fever", "No tengo fiebre"), ["The negation \"No\" is only in the translation."]);
    assert_eq!(
        shown("Take 15 mg of Lipitor", "Tome 50 mg de Lipitor"),
        ["The number \"15 mg\" is \"50 mg\" in the translation."]
    );
    let found = compare("Take 15 mg", "Tome 50 mg");
    assert_eq!(
        (found[0].kind.rule(), found[0].original.as_slice()),
        ("guard.number", [Span { start: 5, end: 10 }].as_slice())
    );
}
