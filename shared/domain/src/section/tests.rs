use super::*;

fn section() -> Section {
    Section::new(SectionId::new(7).unwrap(), OrganizationId::new(21).unwrap())
}

fn refused(fields: SettingsFields) -> String {
    section().with(fields).unwrap_err().to_string()
}

#[test]
fn what_is_left_out_stays_as_it_is() {
    let fields = SettingsFields { mode: Some("human_only".into()), ..SettingsFields::default() };
    let changed = section().with(fields).unwrap();
    assert_eq!(changed, Section { mode: Mode::HumanOnly, version: 1, ..section() });
    let own = SettingsFields { blocked_message: Some(" Call us. ".into()), ..SettingsFields::default() };
    let own = changed.with(own).unwrap();
    assert_eq!((own.mode, own.version), (Mode::HumanOnly, 2));
    assert_eq!(own.blocked_text(Language::English, false).unwrap().as_str(), "Call us.");
    assert_eq!(own.blocked_text(Language::Spanish, true), wording::medical_emergency(Language::Spanish));
    let blank = SettingsFields { blocked_message: Some(" ".into()), ..SettingsFields::default() };
    assert_eq!(own.with(blank).unwrap().blocked_text(Language::English, false), wording::crisis(Language::English));
}

#[test]
fn a_reason_has_a_label_and_an_urgency_of_its_own() {
    let reason = ReasonFields { key: " sleep ".into(), label: None, urgency: Some("urgent".into()) };
    let fields = SettingsFields { tag_reasons: Some(vec![reason]), ..SettingsFields::default() };
    let expected = TagReason { key: "sleep".into(), label: "sleep".into(), urgency: Urgency::Urgent };
    assert_eq!(section().with(fields).unwrap().tag_reasons, [expected]);
}

#[test]
fn settings_out_of_bounds_are_refused_by_name() {
    let reason = |key: &str| ReasonFields { key: key.into(), ..ReasonFields::default() };
    let all = [
        SettingsFields { mode: Some("robots".into()), ..SettingsFields::default() },
        SettingsFields { tag_reasons: Some(vec![reason(" ")]), ..SettingsFields::default() },
        SettingsFields { tag_reasons: Some(vec![reason("a"), reason("a ")]), ..SettingsFields::default() },
        SettingsFields {
            tag_reasons: Some((0..21).map(|n| reason(&n.to_string())).collect()),
            ..SettingsFields::default()
        },
        SettingsFields { danger_terms: Some(vec!["x".repeat(101)]), ..SettingsFields::default() },
        SettingsFields { danger_terms: Some((0..101).map(|n| n.to_string()).collect()), ..SettingsFields::default() },
        SettingsFields { blocked_message: Some("x".repeat(2_001)), ..SettingsFields::default() },
        SettingsFields { poll_interval_ms: Some(999), ..SettingsFields::default() },
        SettingsFields { escalation_minutes: Some(1_441), ..SettingsFields::default() },
    ];
    insta::assert_snapshot!(all.map(refused).join("\n"), @r"
    mode must be one of ai_hybrid, human_only.
    tag_reasons must have 1 to 100 characters each.
    tag_reasons must have each key once.
    tag_reasons must have at most 20 entries.
    danger_terms must have 1 to 100 characters each.
    danger_terms must have at most 100 entries.
    blocked_message must have at most 2000 characters; it has 2001.
    poll_interval_ms must be a whole number from 1000 to 60000.
    escalation_minutes must be a whole number from 0 to 1440.
    ");
}
