use super::*;

const LEVELS: [ExpertiseLevel; 3] = [ExpertiseLevel::Low, ExpertiseLevel::Medium, ExpertiseLevel::High];

#[test]
fn every_line_of_the_table_is_understood() {
    assert_eq!(TABLE.mistakes(), []);
}

#[test]
fn every_topic_has_words_and_is_complete_in_both_languages() {
    for topic in topics::all() {
        assert!(TABLE.rules().any(|(_, label)| std::ptr::eq(label.topic, topic)), "{}", topic.rule);
        assert_eq!(topic.english.questions.len(), topic.spanish.questions.len(), "{}", topic.rule);
        for text in [&topic.english, &topic.spanish] {
            let all = [text.acknowledgement, text.plain, text.clinical, text.self_care, text.seek_help];
            let length: usize = all.iter().chain(text.questions).map(|part| part.chars().count()).sum();
            assert!((1..1_400).contains(&length), "{}: {length}", topic.rule);
        }
    }
}

/// The most words of a sentence.
fn longest_sentence(text: &str) -> usize {
    text.split(['.', '?']).map(|sentence| sentence.split_whitespace().count()).max().unwrap_or_default()
}

#[test]
fn every_level_asks_in_words_of_its_own() {
    for topic in topics::all().filter(|topic| !topic.english.questions.is_empty()) {
        for text in [&topic.english, &topic.spanish] {
            let [low, medium, high] = LEVELS.map(|level| text.questions(level));
            assert!(low[0] != medium[0] && medium[0] != high[0] && low[0] != high[0], "{}", topic.rule);
            assert_eq!((low.len(), medium.len()), (1, high.len()), "{}", topic.rule);
            assert!(longest_sentence(low[0]) <= 17, "{}: {}", topic.rule, low[0]);
            let [low_words, medium_words, high_words] = [low[0], medium[0], high[0]].map(longest_sentence);
            assert!(low_words < medium_words.max(high_words) && low_words <= high_words, "{}", topic.rule);
            assert!(low[0].contains('?') && high[0].contains('?'), "{}", topic.rule);
        }
    }
}

#[test]
fn a_danger_sends_to_the_emergency_number_at_every_level() {
    for topic in topics::all().filter(|topic| topic.urgency >= DANGEROUS) {
        for level in LEVELS {
            assert!(topic.english.questions(level)[0].contains("emergency number now"), "{}", topic.rule);
            assert!(topic.spanish.questions(level)[0].contains("ahora al número de emergencias"), "{}", topic.rule);
        }
    }
}

#[test]
fn topics_are_found_by_what_patients_write() {
    for (written, rule) in [
        ("My chest feels really tight", "chest_pain"),
        ("there is a pressure in the middle of my chest", "chest_pain"),
        ("siento opresión en el pecho", "chest_pain"),
        ("me duele mucho el pecho", "chest_pain"),
        ("I can't take this chest pain anymore", "chest_pain"),
        ("I've never had chest pain like this", "chest_pain"),
        ("not feeling well, chest pain since noon", "chest_pain"),
        ("no me siento bien, dolor en el pecho", "chest_pain"),
        ("ya no aguanto el dolor de pecho", "chest_pain"),
        ("I can't breathe", "breathing"),
        ("no puedo respirar bien", "breathing"),
        ("me falta el aire", "breathing"),
        ("there is blood in my stool", "bleeding"),
        ("my head is killing me and really hurts", "headache"),
        ("my stomach really hurts", "belly"),
        ("me duelen las rodillas", "joint"),
        ("tengo calentura", "fever"),
        ("the fever does not go away", "fever"),
        ("no me baja la fiebre", "fever"),
        ("I have a cold", "cold"),
        ("it burns when I pee", "urine"),
        ("I did not take my tablets yesterday", "missed_dose"),
        ("I have no pills left", "medicine"),
        ("no duermo nada", "sleep"),
        ("I don't sleep at all", "sleep"),
        ("me siento muy sola", "low_mood"),
        ("muchas gracias", "thanks"),
        ("are you a bot?", "robot"),
    ] {
        assert_eq!(find(written).topic.map(|topic| topic.rule), Some(rule), "{written}");
    }
}

#[test]
fn denied_complaints_and_other_words_are_no_topic() {
    for written in [
        "I have no chest pain",
        "No fever, cough or chest pain.",
        "no tengo fiebre",
        "sin dolor de pecho ni falta de aire",
        "I am not pregnant",
        "the chest pain is gone",
        "my hands are cold",
        "solo quería saber algo",
        "I sat down",
        "ok",
        "",
    ] {
        assert_eq!(find(written).topic.map(|topic| topic.rule), None, "{written}");
    }
}

#[test]
fn what_is_denied_is_told() {
    let found = find("no fever, but my back hurts");
    assert_eq!((found.topic.map(|topic| topic.rule), found.denied), (Some("back"), vec!["fever"]));
    assert_eq!(find("ya no tengo tos").denied, ["cold"]);
}
