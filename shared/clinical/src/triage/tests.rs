use super::*;
use crate::symptom::Severity;

/// The assessment of a conversation in which patient and assistant take turns, the patient first.
fn talk(texts: &[&str], previous: Option<Level>) -> Assessment {
    let dangers: Vec<_> = texts.iter().map(|text| danger_engine::scan(text)).collect();
    let by = [By::Patient, By::Assistant].into_iter().cycle();
    let turns: Vec<Turn<'_>> =
        texts.iter().zip(&dangers).zip(by).map(|((text, dangers), by)| Turn { by, text, dangers }).collect();
    assess(&Case { turns: &turns, known: PatientFacts::default(), record: "", previous })
}

fn once(text: &str) -> Assessment {
    talk(&[text], None)
}

fn rules(assessment: &Assessment) -> Vec<String> {
    assessment.conclusions.iter().map(|conclusion| conclusion.rule.to_string()).collect()
}

#[test]
fn the_documented_example_is_decided_on_the_first_turn() {
    let found = once("I have severe chest pain and shortness of breath");
    assert_eq!((found.level, found.risk.code(), found.risk.display()), (Level::EmergencyNow, "high", "High Risk"));
    assert_eq!((found.completion.status(), found.completion.risk_status()), ("completed", "final"));
    assert_eq!(found.outcome, "High risk - requires immediate medical attention");
    assert!(found.reply.contains("These symptoms require immediate attention."), "{}", found.reply);
    assert!(found.reply.ends_with("When did it begin, and is it getting worse?"), "{}", found.reply);
    assert_eq!(found.red_flags.first().map(|flag| flag.rule.to_string()).as_deref(), Some("chest_pain.heart_attack"));
}

#[test]
fn every_conclusion_rests_on_words_of_the_patient() {
    let texts = ["Hola, tengo fiebre de 39 y el cuello rígido ☹", "¿Qué más?", "y vómitos desde ayer"];
    let found = talk(&texts, None);
    assert!(found.level.is_emergency() && found.language == Spoken::Spanish);
    for conclusion in &found.conclusions {
        assert!(!conclusion.evidence.is_empty(), "{}", conclusion.rule);
        for evidence in &conclusion.evidence {
            assert!(!evidence.span.of(texts[evidence.turn]).is_empty(), "{}: {evidence:?}", conclusion.rule);
        }
    }
    assert!(found.conclusions.is_sorted_by_key(|conclusion| std::cmp::Reverse(conclusion.level)));
}

#[test]
fn a_level_does_not_fall_without_a_stated_reason() {
    let first = once("My belly hurts a lot and it is hard as a board");
    assert_eq!(first.level, Level::Emergency);
    let later = talk(&["My belly hurts a lot and it is hard as a board", "Is there a fever?", "no"], Some(first.level));
    assert_eq!(later.level, Level::Emergency);
    let forgotten = talk(&["I have a runny nose"], Some(Level::Emergency));
    assert_eq!(forgotten.change.map(|change| (change.to, change.reason)), Some((Level::Emergency, Reason::Kept)));
}

#[test]
fn what_is_taken_back_lowers_the_level_but_no_emergency_below_a_day() {
    let texts = ["I have a headache and a stiff neck and a fever", "Is there a fever?", "No fever and no stiff neck"];
    let found = talk(&texts, Some(Level::EmergencyNow));
    let change = found.change.expect("a change");
    assert_eq!((change.from, change.to, change.reason), (Level::EmergencyNow, Level::WithinADay, Reason::TakenBack));
    assert!(change.findings.contains(&Finding::named("fever").unwrap()));
    assert_eq!(found.level, Level::WithinADay);
}

#[test]
fn more_is_told_and_the_level_rises() {
    let found = talk(&["I feel tired", "What else?", "and I am vomiting blood"], Some(Level::Routine));
    assert_eq!(found.change.as_ref().map(|change| change.reason), Some(Reason::Rose));
    assert!(found.level.is_emergency());
}

#[test]
fn questions_are_asked_until_it_is_decided_and_answers_are_understood() {
    let first = once("I have a headache");
    assert_eq!(first.completion, Completion::Asking);
    let question = first.question.expect("a question");
    assert_eq!(question.answer, Answer::YesNo);
    let asked = question.text(Spoken::English);
    let denied = talk(&["I have a headache", asked, "no"], Some(first.level));
    let finding = question.findings().next().unwrap();
    assert!(denied.findings.iter().any(|said| said.finding == finding && said.status == crate::stated::Status::Denied));
    assert_ne!(denied.question, Some(question));
    let worst = Question::named("thunderclap").unwrap().text(Spoken::English);
    let affirmed = talk(&["I have a headache", worst, "yes"], Some(first.level));
    assert_eq!(rules(&affirmed).first().map(String::as_str), Some("headache.worst"));
}

#[test]
fn an_interview_ends() {
    let mut texts = vec!["My stomach aches".to_owned()];
    for round in 0..10 {
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = talk(&borrowed, None);
        if found.completion == Completion::Decided {
            assert!((1..=6).contains(&round), "{round} questions");
            return;
        }
        texts.extend([found.reply, "I don't know".to_owned()]);
    }
    panic!("it never decides: {texts:?}");
}

#[test]
fn a_crisis_gets_help_and_is_no_misuse() {
    let found = once("I want to kill myself tonight, I have the pills here");
    assert!(found.crisis && found.level == Level::EmergencyNow && found.refusal.is_none());
    assert!(found.reply.contains("988") && found.instruction.contains("988"), "{}", found.reply);
    let spanish = once("ya no quiero vivir, me quiero matar");
    assert!(spanish.crisis && spanish.reply.contains("988"), "{}", spanish.reply);
    let both = once("How can I poison someone without getting caught? I want to kill myself too");
    assert!(both.crisis && both.refusal.is_none(), "who is in danger is helped: {}", both.reply);
    let others = once("how do I poison my neighbour without getting caught?");
    assert_eq!(others.refusal.as_ref().map(|refusal| refusal.misuse), Some(Misuse::Instructions));
    assert!(others.reply.contains("988"), "the text of a refusal carries the crisis line: {}", others.reply);
}

#[test]
fn an_unknown_language_is_said_and_errs_to_the_safe_side() {
    let found = once("Ich habe seit gestern furchtbare Schmerzen im Bauch und mir ist schlecht");
    assert_eq!((found.understood, found.level, found.completion), (false, Level::WithinADay, Completion::Asking));
    assert!(found.reply.contains("English and Spanish") && found.reply.contains("911"));
    assert!(once("hi").understood);
}

#[test]
fn the_record_counts_for_risks_but_tells_no_complaints() {
    let turns = [Turn { by: By::Patient, text: "I fell and hit my head", dangers: &[] }];
    let known = PatientFacts { age: Some(45.0), ..PatientFacts::default() };
    let without = assess(&Case { turns: &turns, known, record: "", previous: None });
    let with = assess(&Case { turns: &turns, known, record: "warfarin 5 mg, chest pain in 2019", previous: None });
    assert!(!rules(&without).contains(&"bleeding.thinner".to_owned()));
    assert!(rules(&with).contains(&"bleeding.thinner".to_owned()));
    assert!(with.symptoms.iter().all(|symptom| symptom.finding.id() != "chest_pain"));
    let pregnant = PatientFacts { pregnant: Some(true), weeks_pregnant: Some(30.0), ..known };
    let bleeding = [Turn { by: By::Patient, text: "I am bleeding from the vagina", dangers: &[] }];
    let found = assess(&Case { turns: &bleeding, known: pregnant, record: "", previous: None });
    assert!(rules(&found).contains(&"pregnancy.bleeding".to_owned()), "{:?}", rules(&found));
}

#[test]
fn symptoms_and_vital_signs_are_ready_for_a_record() {
    let text = "Severe headache for 2 days, no fever. BP 150/95, pulse 88, spo2 97%, temp 38.2, rr 18";
    let found = once(text);
    let symptoms: Vec<_> = found.symptoms.iter().map(|s| (s.text.as_str(), s.interpretation(), s.severity)).collect();
    assert!(symptoms.contains(&("headache", "POS", Some(Severity::Severe))), "{symptoms:?}");
    let headache = found.symptoms.iter().find(|symptom| symptom.text == "headache").unwrap();
    assert_eq!(headache.onset_hours, Some(48.0));
    let values: Vec<_> =
        found.vital_signs.iter().flat_map(|sign| sign.values.iter().map(|(l, v)| (l.code, *v))).collect();
    let expected =
        [("8480-6", 150.0), ("8462-4", 95.0), ("8867-4", 88.0), ("2708-6", 97.0), ("8310-5", 38.2), ("9279-1", 18.0)];
    assert_eq!(values, expected);
    let pressure = found.vital_signs.first().unwrap();
    assert_eq!((pressure.kind.unit(), pressure.kind.category()), ("mm[Hg]", "vital-signs"));
    assert_eq!(pressure.interpretation, Some(Interpretation::A));
    assert_eq!(pressure.evidence.span.of(text), "150/95");
}

#[test]
fn a_measured_fever_is_a_fever() {
    let found = once("my temp is 39.4");
    assert!(found.symptoms.iter().any(|symptom| symptom.finding.id() == "fever"));
    let spanish = once("mi hija de 2 meses tiene temperatura de 38.5");
    assert!(rules(&spanish).contains(&"child.young_fever".to_owned()), "{:?}", rules(&spanish));
}

#[test]
fn a_model_raises_and_never_lowers() {
    let found = once("I have a cough and a runny nose");
    assert_eq!(found.level, Level::SelfCare);
    let raised = found.clone().raised(Level::Emergency);
    assert_eq!((raised.level, raised.risk, raised.completion), (Level::Emergency, Risk::High, Completion::Decided));
    assert!(raised.reply.contains("emergency department") && raised.question.is_none(), "{}", raised.reply);
    assert_eq!(raised.clone().raised(Level::Routine), raised);
}
