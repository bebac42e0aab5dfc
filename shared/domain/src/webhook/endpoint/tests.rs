use super::super::target::Loopback;
use super::*;
use crate::event::{EventDraft, Stream, Subject};
use crate::ids::{Seq, ThreadNo};

const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

fn secret(text: &str) -> Secret {
    Secret::of_text(text.to_owned())
}

fn endpoint() -> Endpoint {
    let url = TargetUrl::parse("https://hooks.example.com/a", Loopback::Refused).unwrap();
    let events = BTreeSet::from([EventKind::ConversationEnded]);
    let entry = EndpointEntry { url, events, description: None };
    Endpoint::new(EndpointId::from_random(1), OrganizationId::new(21).unwrap(), entry, (secret("first"), NOW))
}

fn event(draft: EventDraft) -> Event {
    let no = ThreadNo::from_random(7).into();
    Stream { organization_id: OrganizationId::new(21).unwrap(), no, last: Seq::START }.next(draft, NOW).0
}

#[test]
fn an_endpoint_gets_what_it_subscribed_to_and_what_is_meant_for_it() {
    let told = |kind| endpoint().wants(&event(EventDraft::told(kind, Subject::Conversation)));
    assert!(told(EventKind::ConversationEnded) && !told(EventKind::ActionDetected));
    let meant = |target| endpoint().wants(&event(EventDraft::execution(Seq::new(1).unwrap(), target)));
    assert!(meant(EndpointId::from_random(1)), "whatever it subscribed to");
    assert!(!meant(EndpointId::from_random(2)));
    let all = endpoint().changed(&EndpointChange { events: Some(EventKind::ALL.into()), ..Default::default() }, NOW);
    let other = event(EventDraft::execution(Seq::new(1).unwrap(), EndpointId::from_random(2)));
    assert!(!all.wants(&other), "an execution is nobody else's");
}

#[test]
fn after_a_rotation_both_secrets_sign_for_a_day() {
    let rotated = endpoint().rotated(secret("second"), NOW);
    let texts = |endpoint: &Endpoint, at| {
        endpoint.signing(at).iter().map(|secret| secret.reveal().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&rotated, NOW), ["second", "first"]);
    assert_eq!(texts(&rotated, NOW.plus(OVERLAP)), ["second"]);
    let mut often = rotated;
    for text in ["third", "fourth", "fifth"] {
        often = often.rotated(secret(text), NOW);
    }
    assert_eq!(texts(&often, NOW), ["fifth", "fourth", "third", "second"], "no more than four sign");
    assert!(!format!("{often:?}").contains("fifth"), "a secret is not printed");
}

#[test]
fn five_days_of_nothing_but_failures_disable_an_endpoint() {
    let failing = endpoint().after(false, NOW).unwrap();
    assert_eq!(failing.failing_since, Some(NOW));
    let before = NOW.plus(PATIENCE).minus(Duration::from_millis(1));
    assert_eq!(failing.after(false, before), None);
    assert_eq!(failing.after(false, NOW.plus(PATIENCE)).unwrap().disabled, Some(Disabled::Failing));
    let well = failing.after(true, before).unwrap();
    assert_eq!(well.failing_since, None, "one success begins the count anew");
    assert_eq!(well.after(true, before), None);
}

#[test]
fn who_is_enabled_again_begins_anew() {
    let gone = endpoint().after(false, NOW).unwrap().disabled_for(Disabled::Gone, NOW).unwrap();
    assert_eq!(gone.disabled_for(Disabled::Failing, NOW), None, "the first reason stays");
    let enabled = gone.changed(&EndpointChange { enabled: Some(true), ..Default::default() }, NOW);
    assert_eq!((enabled.disabled, enabled.failing_since), (None, None));
    let off = enabled.changed(&EndpointChange { enabled: Some(false), ..Default::default() }, NOW);
    assert_eq!(off.disabled, Some(Disabled::ByOwner));
    assert_eq!(off.version, 4);
}

#[test]
fn events_and_descriptions_are_read_strictly() {
    let names = |names: &[&str]| parse_events(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    assert_eq!(names(&["conversation.ended", "conversation.ended"]).unwrap().len(), 1);
    for bad in [&[][..], &["conversation.started"], &["conversation.ended", ""]] {
        assert!(names(bad).is_err(), "{bad:?}");
    }
    assert_eq!(parse_description("  Orders "), Ok(Some("Orders".to_owned())));
    assert_eq!(parse_description(" "), Ok(None));
    assert!(parse_description(&"é".repeat(200)).is_ok());
    assert!(parse_description(&"é".repeat(201)).is_err() && parse_description("a\nb").is_err());
}
