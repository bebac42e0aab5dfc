//! What no engine of terms may do, whatever it is given: panic, or point at a place that is none.
//!
//! The inputs of up to 100 KB are chosen so that anything more than linear work would show as minutes.

use clinical::allergy;
use clinical::diagnosis::Diagnosis;
use clinical::dose_limit;
use clinical::drug::Drug;
use clinical::follow_up;
use clinical::sig::Sig;
use clinical::span::Span;
use clinical::specialty;
use clinical::symptom;
use clinical::term;
use clinical::test_catalogue::Test;
use clinical::text::Text;

#[path = "random/numbers.rs"]
mod numbers;

use numbers::Numbers;

/// Runs every engine on an input, and gives every place that they found.
fn spans(input: &str) -> Vec<Span> {
    let text = Text::read(input);
    let mut spans: Vec<Span> = Vec::new();
    spans.extend(Drug::find(&text).iter().map(|found| found.span));
    spans.extend(Diagnosis::find(&text).iter().map(|found| found.span));
    spans.extend(Test::find(&text).iter().map(|found| found.span));
    spans.extend(term::find(&text).iter().map(|found| found.span));
    spans.extend(symptom::find(&text).iter().map(|found| found.span));
    spans.extend(specialty::find(&text).iter().map(|found| found.span));
    spans.extend(follow_up::find(&text).iter().map(|found| found.span));
    spans.extend(allergy::read(input).iter().map(|found| found.span));
    let sig = Sig::parse(input);
    spans.extend(dose_limit::check(&sig).iter().map(|found| found.span));
    spans.extend(sig.steps.iter().filter_map(|step| step.strength.as_ref()).map(|strength| strength.span));
    spans.extend(sig.steps.iter().filter_map(|step| step.amount).map(|amount| amount.span));
    spans.extend(sig.steps.iter().filter_map(|step| step.frequency.as_ref()).map(|frequency| frequency.span));
    spans.extend(sig.steps.iter().filter_map(|step| step.duration).map(|duration| duration.span));
    spans.extend(sig.steps.iter().filter_map(|step| step.as_needed));
    let named = Diagnosis::named(input).is_some() || Drug::named(input).is_some();
    assert!(!named || !input.is_empty());
    spans
}

fn assert_spans(input: &str) -> usize {
    let spans = spans(input);
    for span in &spans {
        assert!(!span.of(input).is_empty(), "{span:?} is no place of {input:?}");
    }
    spans.len()
}

/// Parts of what the engines read, and what disturbs them.
const PARTS: &str = "take 1 1/2 2.5 mg ml every 8 hours q x 10 days pain in my left knee ( ) - / , . amoxicillin penicilina Tylenol é ñ ½ µ g prn \
    for then dolor de cabeza crónica ’s ' follow up two weeks MRI X-ray 💊 \u{301} \u{200b} no diabetes type twenty hundred to";

#[test]
fn random_bytes_and_random_words_do_no_harm() {
    let words: Vec<_> = PARTS.split(' ').collect();
    let mut numbers = Numbers(0x5eed);
    for _ in 0..200 {
        assert_spans(&numbers.noise());
        let text = numbers.pick(&words);
        assert_spans(&text.join(if numbers.below(2) == 0 { " " } else { "" }));
    }
}

#[test]
fn long_and_hostile_inputs_are_read_in_time() {
    let patterns = [
        "a",
        "1",
        "(",
        "-",
        "1-",
        "1 to ",
        "aspirin ",
        "pain in my ",
        "take 1 ",
        "every ",
        "chest ",
        "chest pain ",
        "acute chronic ",
        "monday, ",
        "q.4.d.",
        "500/",
        "mg/",
        "twenty ",
        "come back ",
        "me duele ",
        "é",
        "\u{301}",
        "penicillin ",
        "then ",
        "x",
        "dolor de ",
        "without ",
        "of the ",
        "ibuprofenn ",
        "malignant neoplasm of ",
    ];
    for pattern in patterns {
        assert_spans(&pattern.repeat(10_000 / pattern.len()));
    }
    for pattern in ["1-", "aspirin ", "pain in my ", "malignant neoplasm of ", "x"] {
        assert_spans(&pattern.repeat(100_000 / pattern.len()));
    }
}

#[test]
fn what_is_known_is_found_in_a_long_text() {
    let text = "She takes metformin 500 mg twice daily for type 2 diabetes. ".repeat(500);
    assert!(assert_spans(&text) > 3000);
}
