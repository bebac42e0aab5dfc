use super::*;
use crate::append::{Change, Draft, append};
use crate::caller::ProviderRole;
use crate::care::Tally;
use crate::ids::{PublicId, Seq, ThreadNo};
use crate::message::Author;
use crate::thread::Assignee;

fn thread(no: u32, updated: i64) -> Thread {
    let no = ThreadNo::from_random(no);
    Thread {
        thread: no,
        public_id: PublicId::new(no, 6),
        organization_id: OrganizationId::new(21).unwrap(),
        last_seq: Seq::START,
        last_in: Seq::START,
        updated: Timestamp::from_seconds(updated),
        ..crate::thread::tests::thread()
    }
}

fn provider(id: u64) -> ProviderId {
    ProviderId::new(id).unwrap()
}

#[test]
fn the_key_sorts_by_risk_then_movement() {
    let mut threads = [thread(1, 100), thread(2, 300), thread(3, 200), thread(4, 50)];
    threads[3].care.risk = Risk::Critical;
    threads.sort_by_key(|thread| std::cmp::Reverse(key(thread)));
    let order: Vec<i64> = threads.iter().map(|thread| thread.updated.seconds()).collect();
    assert_eq!(order, [50, 300, 200, 100]);
}

#[test]
fn a_cursor_has_one_spelling() {
    let cursor = Cursor { group: Group::Unassigned, before: Place::of(&thread(9, 1_760_000_000)) };
    assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
    for text in ["", "mine", "mine.", "all.0-1-1", "mine.0-1-1", "mine.9-1760000000000-0001048585", "mine.0--1-1", "💥"]
    {
        assert_eq!(text.parse::<Cursor>(), Err(page::bad_cursor()), "{text}");
    }
}

#[test]
fn the_window_never_hides_who_waits() {
    let now = Timestamp::from_seconds(30 * 86_400);
    let window = window(None, now).unwrap();
    let old = thread(1, 86_400);
    assert!(!shows(&old, window, None));
    let change = Change { drafts: vec![Draft::of(Author::Patient)], ..Change::default() };
    let waiting = append(&old, change, Timestamp::from_seconds(86_401)).unwrap().thread;
    assert!(shows(&waiting, window, None));
    let (low, high) = Class::Waiting.range(window, None).unwrap();
    assert!((low.clone()..=high.clone()).contains(&key(&waiting)));
    let mut alerted = old;
    alerted.care.alerts = Tally { last: Seq::START.next(), open: 1 };
    assert!(shows(&alerted, window, None) && (low..=high).contains(&key(&alerted)), "nor one with an open alert");
}

#[test]
fn a_range_starts_at_the_window_and_ends_below_the_cursor() {
    let cut = Timestamp::from_seconds(150);
    let (low, high) = Class::Answered.range(cut, Some(Place::of(&thread(2, 300)))).unwrap();
    let inside = |thread: &Thread| (low.clone()..=high.clone()).contains(&key(thread));
    assert!(!inside(&thread(1, 149)) && inside(&thread(1, 150)) && inside(&thread(1, 300)) && !inside(&thread(3, 300)));
    assert!(!shows(&thread(2, 300), cut, Some(Place::of(&thread(2, 300)))), "the cursor's own thread was shown");
    let mut risky = thread(1, 10);
    risky.care.risk = Risk::High;
    assert!(key(&risky) > low, "an old risky thread is in the range, and left out by `shows`");
    assert!(!shows(&risky, cut, None));
    let before_the_window = Some(Place::of(&thread(2, 149)));
    assert_eq!(Class::Answered.range(cut, before_the_window), None, "a cursor among those who wait since long ago");
    assert!(Class::Waiting.range(cut, before_the_window).is_some());
}

#[test]
fn days_are_bounded() {
    let now = Timestamp::from_seconds(10 * 86_400);
    assert_eq!(window(Some("2"), now), Ok(Timestamp::from_seconds(8 * 86_400)));
    for raw in ["0", "-1", "3651", "week", "1.5", ""] {
        assert!(window(Some(raw), now).is_err(), "{raw}");
    }
}

#[test]
fn groups_come_in_the_order_of_the_queue() {
    assert_eq!(Group::scope(Some("unassigned, mine,mine")), Ok(vec![Group::Mine, Group::Unassigned]));
    assert!(Group::scope(Some("")).is_err() && Group::scope(Some("theirs")).is_err());
    assert_eq!(Group::scope(None).unwrap().len(), 3);
}

#[test]
fn a_thread_stands_with_its_provider_and_among_the_assigned() {
    let organization = OrganizationId::new(21).unwrap();
    let mut thread = thread(1, 1);
    assert_eq!(lists(&thread), [List::Unassigned(organization)]);
    thread.care = thread.care.answered_by(&assignee(9, ProviderRole::Doctor));
    assert_eq!(lists(&thread), [List::Provider(organization, provider(9)), List::Assigned(organization)]);
    assert!(!Group::Colleagues.has(&thread, provider(9)) && Group::Colleagues.has(&thread, provider(10)));
    thread.care = thread.care.answered_by(&assignee(102, ProviderRole::HumanStaff));
    let both = [List::Provider(organization, provider(9)), List::Provider(organization, provider(102))];
    assert_eq!(lists(&thread), [both[0], both[1], List::Assigned(organization)], "it stays the doctor's");
    assert!(!Group::Colleagues.has(&thread, provider(9)) && !Group::Colleagues.has(&thread, provider(102)));
}

fn assignee(id: u64, role: ProviderRole) -> Assignee {
    Assignee { provider_id: provider(id), name: "Somebody".into(), role }
}
