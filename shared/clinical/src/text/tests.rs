use super::*;
use crate::text::clause::Opener;

fn words(written: &str) -> String {
    Text::read(written).tokens().iter().map(|token| token.word.clone()).collect::<Vec<_>>().join(" ")
}

#[test]
fn plain_words_numbers_and_pictures() {
    for (written, read) in [
        ("Hello, World!", "hello world"),
        ("150/95 at 10:30", "150 95 at 10 30"),
        ("took 500mg, 38.5C and 38,5", "took 500 mg 38.5 c and 38,5"),
        ("b12, A1C, H1N1, CO2, bp150", "b12 a1c h1n1 co2 bp 150"),
        ("x-ray mother-in-law", "x ray mother in law"),
        ("ok 👍🏽👍 done", "ok 👍 done"),
        ("I can't, won't, don’t", "i can not will not do not"),
        ("I do n't, ca n't, wo n't, gon na, Wan na", "i do not can not will not going to want to"),
        ("lem me go on", "let me go on"),
        ("my mum's idea", "my mum 's idea"),
        ("see https://kill.me/die or a@die.org", "see  or "),
        ("Me duele muchísimo, ¿qué hago?", "me duele muchisimo que hago"),
        ("je n'ai pas, j'en ai marre", "je ne ai pas je en ai marre"),
        ("нос болит", "нос болит"),
    ] {
        assert_eq!(words(written), read, "{written}");
    }
}

#[test]
fn disguises_are_undone() {
    for written in [
        "kill",
        "KiLL",
        "ｋｉｌｌ",
        "k\u{200b}ill",
        "kіll",
        "k1ll",
        "k!ll",
        "kiiiill",
        "killllll",
        "k.i.l.l",
        "k i l l",
        "k-i-l-l",
        "k_i_l_l",
        "k*ll",
        "ki*ll",
        "k🔪ill",
        "k ill",
        "kil l",
        "k|ll",
        "ᴋɪʟʟ",
        "𝓀𝒾𝓁𝓁",
        "kïll",
        "k̶i̶l̶l̶",
    ] {
        assert_eq!(words(written), "kill", "{written}");
    }
    for written in [
        "sui cide",
        "5uicide",
        "$uicide",
        "su!cide",
        "suiciiide",
        "s u i c i d e",
        "ѕuісіdе",
        "sucide",
        "sui-cide",
        "suic1de!",
    ] {
        assert_eq!(words(written), "suicide", "{written}");
    }
    assert_eq!(words("killmyself"), "kill myself");
    assert_eq!(words("i w a n t t o d i e"), "i want to die");
    assert_eq!(words("#iwanttodie"), "i want to die");
    assert_eq!(words("m e  q u i e r o  m o r i r"), "me quiero morir");
    assert_eq!(words("w4nt t0 d1e, w4nt t0"), "want to die want to");
    assert_eq!(words("i c4n't sl33p anym0re"), "i can not sleep anymore");
    assert_eq!(words("no qui3r0 n4d4"), "no quiero nada");
    assert_eq!(words("hba1c, an old hba1c, t4 and b12"), "hba1c an old hba1c t4 and b12");
    assert_eq!(words("omega3 50mg at 3pm"), "omega3 50 mg at 3 pm");
}

#[test]
fn ordinary_words_are_left_alone() {
    for written in [
        "the therapist met the ladies",
        "hangover and painkillers",
        "vitamin k and c and d",
        "she ate a diet",
        "so good to see you all",
        "take 2 a day",
        "together we mend",
        "i feel well",
        "grade 3 b",
    ] {
        assert_eq!(words(written), written);
    }
}

#[test]
fn a_disguised_word_keeps_its_place() {
    let written = "please: k.i.l.l killmyself SU!CIDE.";
    let text = Text::read(written);
    let spans: Vec<&str> = text.tokens().iter().map(|token| token.span.of(written)).collect();
    assert_eq!(spans, ["please", "k.i.l.l", "kill", "myself", "SU!CIDE"]);
}

#[test]
fn clauses_end_where_the_thought_does() {
    let cut = |written: &str| {
        let text = Text::read(written);
        text.clauses().iter().map(|clause| (clause.span.of(written).to_owned(), clause.opener)).collect::<Vec<_>>()
    };
    assert_eq!(
        cut("I don't want to hurt myself, but I want to be gone. Help"),
        [
            ("I don't want to hurt myself".to_owned(), Opener::Plain),
            ("but I want to be gone".to_owned(), Opener::Contrast),
            ("Help".to_owned(), Opener::Plain)
        ]
    );
    let openers = |written: &str| cut(written).into_iter().map(|(_, opener)| opener).collect::<Vec<_>>();
    assert_eq!(openers("no wheezes, rales or rhonchi and fever"), [Opener::Plain]);
    assert_eq!(openers("no fever, I cough and he sneezes"), [Opener::Plain, Opener::Addition, Opener::Addition]);
    assert_eq!(openers("me duele aunque no tengo fiebre"), [Opener::Plain, Opener::Concession]);
    assert_eq!(
        openers("no quiero comer, sin embargo bebo si puedo"),
        [Opener::Plain, Opener::Contrast, Opener::Condition]
    );
    assert_eq!(openers("if it hurts because I fell"), [Opener::Condition, Opener::Cause]);
}

#[test]
fn sentences_end_at_marks_and_lines_but_not_at_titles_or_lonely_words() {
    let sentences = |written: &str| Text::read(written).clauses().last().map(|clause| clause.sentence + 1);
    assert_eq!(sentences("Dr. Smith came. He left"), Some(2));
    assert_eq!(sentences("Lt. arm pain, abd. distension. Alert"), Some(2));
    assert_eq!(sentences("one two\nthree four"), Some(2));
    assert_eq!(sentences("I... I am fine"), Some(1));
    assert_eq!(sentences("I. want. to. die."), Some(1));
    assert_eq!(sentences("fine.Thanks a lot!bye now"), Some(3));
}

#[test]
fn quotations_are_marked() {
    let text = Text::read("She said \"go away\" and “stay here” and 5\" more");
    let quoted: Vec<&str> =
        text.tokens().iter().filter(|token| token.quoted).map(|token| token.word.as_str()).collect();
    assert_eq!(quoted, ["go", "away", "stay", "here"]);
}

#[test]
fn tokens_are_found_by_place_and_places_by_token() {
    let written = "one two, three four";
    let text = Text::read(written);
    assert_eq!(text.tokens_in(Span { start: 5, end: 14 }), 1..3);
    assert_eq!(text.tokens_in(Span { start: 3, end: 4 }), 1..1);
    assert_eq!(text.span(1..3).map(|span| span.of(written)), Some("two, three"));
    assert_eq!(text.span(2..9), None);
    assert_eq!(text.between(2), ", ");
    let second = Text::read("a b. c d, but e");
    let clause = second.clauses().last().expect("three clauses");
    assert_eq!(second.sentence_of(clause), 2..6);
    assert_eq!(second.clause_at(4), 2);
}
