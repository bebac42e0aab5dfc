use super::*;
use crate::provider_error::classify;

fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(second)
}

fn queued() -> Delivery {
    Delivery::queued(Channel::Whatsapp, at(0))
}

fn wamid() -> Wamid {
    Wamid::parse("wamid.1").unwrap()
}

fn report(status: Status) -> StatusReport {
    StatusReport { status, wamid: wamid(), attempt: None, refusal: None }
}

fn refusal(code: u32) -> Refusal {
    Refusal { class: classify(Some(code)), code: Some(code) }
}

#[test]
fn a_claim_holds_for_two_minutes_then_the_policy_decides() {
    let claimed = queued().claimed(at(10));
    assert_eq!(claimed.step(at(129), InDoubt::Resend), Step::Wait { until: at(130) });
    assert_eq!(claimed.step(at(130), InDoubt::Resend), Step::Send { again: true });
    assert_eq!(claimed.step(at(130), InDoubt::Fail), Step::GiveUp);
    assert_eq!(claimed.due, Some(at(130)), "the sweeper looks when the hold passes");
}

#[test]
fn doubt_is_not_resent_for_ever() {
    let mut delivery = queued();
    for _ in 0..ATTEMPTS {
        delivery = delivery.claimed(at(0));
    }
    assert_eq!(delivery.step(at(200), InDoubt::Resend), Step::GiveUp);
}

#[test]
fn a_decided_message_is_not_due() {
    for delivery in [queued().accepted(Some(wamid())), queued().failed(Failure::OptedOut, Some(131_050))] {
        assert!(delivery.is_decided() && delivery.due.is_none());
        assert_eq!(delivery.step(at(1_000_000), InDoubt::Resend), Step::Pass);
    }
}

#[test]
fn every_change_bumps_the_version() {
    let claimed = queued().claimed(at(0));
    let changes = [claimed.accepted(None), claimed.postponed(at(9)), claimed.failed(Failure::InDoubt, None)];
    assert!(changes.iter().all(|change| change.version == claimed.version + 1));
}

#[test]
fn a_refusal_waits_fails_or_leaves_in_doubt() {
    let claimed = queued().claimed(at(0));
    let paced = claimed.refused(refusal(131_056), at(0), 0).unwrap();
    assert_eq!((paced.status, paced.not_before), (Status::Queued, Some(at(1))));
    let closed = claimed.refused(refusal(131_047), at(0), 0).unwrap();
    assert_eq!((closed.failure, closed.error_code), (Some(Failure::ReengagementRequired), Some(131_047)));
    let second = claimed.claimed(at(1));
    assert_eq!(second.refused(refusal(131_000), at(1), 0).unwrap().failure, Some(Failure::TooManyAttempts));
    let account = claimed.refused(refusal(190), at(0), 0).unwrap();
    assert_eq!((account.status, account.attempt), (Status::Queued, 0), "an account error is not the message's fault");
    let unknown = Refusal { class: ErrorClass::Ambiguous, code: None };
    assert_eq!(claimed.refused(unknown, at(0), 0), None);
}

#[test]
fn a_status_only_rises() {
    use Status::{Delivered, Failed, Queued, Read, Sending, Sent};
    let state = |status| Delivery { status, ..queued() };
    let mut table = String::new();
    for now in [Queued, Sending, Sent, Delivered, Read, Failed] {
        for then in [Sent, Delivered, Read, Failed] {
            let after = apply(&state(now), &report(then)).map_or("-".to_owned(), |d| format!("{:?}", d.status));
            table += &format!("{now:?} + {then:?} = {after}\n");
        }
    }
    insta::assert_snapshot!(table, @r"
    Queued + Sent = Sent
    Queued + Delivered = Delivered
    Queued + Read = Read
    Queued + Failed = Failed
    Sending + Sent = Sent
    Sending + Delivered = Delivered
    Sending + Read = Read
    Sending + Failed = Failed
    Sent + Sent = -
    Sent + Delivered = Delivered
    Sent + Read = Read
    Sent + Failed = Failed
    Delivered + Sent = -
    Delivered + Delivered = -
    Delivered + Read = Read
    Delivered + Failed = -
    Read + Sent = -
    Read + Delivered = -
    Read + Read = -
    Read + Failed = -
    Failed + Sent = -
    Failed + Delivered = Delivered
    Failed + Read = Read
    Failed + Failed = -
    ");
}

#[test]
fn the_failure_of_an_earlier_attempt_says_nothing_about_this_one() {
    let second = queued().claimed(at(0)).claimed(at(130));
    let failed =
        |attempt| StatusReport { attempt: Some(attempt), refusal: Some(refusal(131_026)), ..report(Status::Failed) };
    assert_eq!(apply(&second, &failed(1)), None);
    assert_eq!(apply(&second, &failed(2)).unwrap().failure, Some(Failure::Undeliverable));
    let sent = StatusReport { attempt: Some(1), ..report(Status::Sent) };
    assert_eq!(apply(&second, &sent).unwrap().status, Status::Sent, "it did go out, whichever attempt it was");
}
