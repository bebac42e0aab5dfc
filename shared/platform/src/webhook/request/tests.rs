use domain::event::{EventDraft, EventKind, Stream, Subject};
use domain::ids::{OrganizationId, Seq, VisitNo};
use serde_json::json;

use super::*;

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
/// The body of the vector of external contracts, section 4.3.
const BODY: &str = r#"{"action":{"confidence":1,"details":{"medication":{"dosage":"500mg","duration":"7 days","frequency":"twice daily","name":"amoxicillin"}},"id":"action_111","note":"¿Cuánto?","type":"prescription"},"conversation":{"id":"conv_789","metadata":{"patientId":"patient_123","visitType":"routine"}},"event":"medical.action.detected","signature":"sha256=26e1188c4cc5a4405c5b6d509db349c3c128165acb59b3c786efeab61d85f045","timestamp":"2024-01-15T10:08:00.000Z"}"#;

fn detected() -> (Event, Payload) {
    let at = Timestamp::parse("2024-01-15T10:08:00Z").unwrap();
    let no = VisitNo::from_random(7).into();
    let stream = Stream { organization_id: OrganizationId::new(21).unwrap(), no, last: Seq::START };
    let subject = Subject::Action(Seq::new(1).unwrap());
    let (event, _) = stream.next(EventDraft::told(EventKind::ActionDetected, subject), at);
    let medication =
        json!({ "name": "amoxicillin", "dosage": "500mg", "frequency": "twice daily", "duration": "7 days" });
    let payload = Payload::new(&json!({
        "conversation": { "metadata": { "visitType": "routine", "patientId": "patient_123" }, "id": "conv_789" },
        "action": {
            "type": "prescription", "note": "¿Cuánto?", "id": "action_111", "confidence": 1.0,
            "details": { "medication": medication },
        },
    }));
    (event, payload.unwrap())
}

#[test]
fn the_body_and_its_signature_are_those_of_the_vector() {
    let (event, payload) = detected();
    let secret = Secret::of_text(SECRET.to_owned());
    let request = WebhookRequest::new(&event, &payload, (&[&secret], event.at)).unwrap();
    assert_eq!(request.body, BODY);
}

#[test]
fn the_headers_are_those_of_the_vector() {
    let key = Key::of(&Secret::of_text(SECRET.to_owned())).unwrap();
    let signed = key.of_message(("msg_01HM6Z5V4Q8W2J3K4L5M6N7P8Q", 1_705_313_280), BODY);
    assert_eq!(signed, "v1,9b/bEsAs2F6C0jGAxuPgK3+wZuXmLQ/yiDBSdW1kFdQ=");
    let (event, payload) = detected();
    let secret = Secret::of_text(SECRET.to_owned());
    let now = Timestamp::from_seconds(1_705_313_280);
    let request = WebhookRequest::new(&event, &payload, (&[&secret], now)).unwrap();
    let signed = key.of_message((&event.id.to_string(), 1_705_313_280), BODY);
    let [id, timestamp, signature, plain] = request.headers;
    assert_eq!((id.1, timestamp.1.as_str()), (event.id.to_string(), "1705313280"));
    assert_eq!((signature.1, plain.1), (signed, key.of_body(BODY)));
}

#[test]
fn both_secrets_sign_during_a_rotation_and_the_body_is_the_newest_ones() {
    let (event, payload) = detected();
    let (old, new) = (Secret::of_text(SECRET.to_owned()), Secret::of_text("whsec_AAAA".to_owned()));
    let request = WebhookRequest::new(&event, &payload, (&[&new, &old], event.at)).unwrap();
    let [.., signature, plain] = request.headers;
    let expected = [&new, &old].map(|secret| {
        let key = Key::of(secret).unwrap();
        (key.of_message((&event.id.to_string(), event.at.seconds()), &request.body), key.of_body(&request.body))
    });
    assert_eq!(signature.1, format!("{} {}", expected[0].0, expected[1].0));
    assert_eq!(plain.1, format!("{},{}", expected[0].1, expected[1].1));
    let unsigned =
        BODY.replace(r#""signature":"sha256=26e1188c4cc5a4405c5b6d509db349c3c128165acb59b3c786efeab61d85f045","#, "");
    assert!(request.body.contains(&Key::of(&new).unwrap().of_body(&unsigned)));
}
