use super::*;

#[test]
fn message_id_is_exact_in_json_and_finds_its_row() {
    let id = MessageId { thread: ThreadNo::from_random(u32::MAX), seq: Seq::MAX };
    assert!(id.get() < 1 << 52);
    assert_eq!(MessageId::new(id.get()), Some(id));
    assert_eq!(format!("msg_{}", id.get()).parse(), Ok(id));
    assert_eq!(id.get().to_string().parse(), Ok(id));
}

#[test]
fn no_message_has_number_zero() {
    let thread = ThreadNo::from_random(7);
    assert_eq!(MessageId::new(u64::from(thread.get()) << 20), None);
}

#[test]
fn public_id_carries_its_thread_and_is_a_version_8_uuid() {
    let thread = ThreadNo::from_random(0xDEAD_BEEF);
    let id = PublicId::new(thread, u128::MAX);
    assert_eq!(id.thread(), Some(thread));
    assert_eq!(id.to_string(), "deadbeef-ffff-8fff-bfff-ffffffffffff");
    assert_eq!(id.to_string().parse(), Ok(ThreadRef::Public(id)));
}

#[test]
fn an_id_has_one_spelling() {
    for text in ["", "0", "007", "+7", " 7", "7 ", "1e3", "-1", "9007199254740992", "abc-123-def"] {
        assert_eq!(text.parse::<PatientId>(), Err(NotAnId), "{text}");
    }
    for text in ["501", "deadbeefffff8fffbfffffffffffffff", "{deadbeef-ffff-8fff-bfff-ffffffffffff}"] {
        assert_eq!(text.parse::<ThreadRef>(), Err(NotAnId), "{text}");
    }
}
