//! Document 000, second half.

use serde_json::json;
use tests::patients::Opened;

use crate::access::Operation;

pub(super) fn operations(thread: &Opened) -> Vec<Operation> {
    let start = json!({ "patient_id": thread.patient, "query": "Hello", "responder": "doctor" });
    let text = json!({ "message": "Hello" });
    let switch = json!({ "responder": "doctor", "provider_id": 9, "send_handoff_message": false });
    let task = json!({ "title": "Blood pressure", "objective": "Below 140/90" });
    let of = |first: &str, last: &str| format!("/{first}/{}/{last}", thread.public_id);
    let send = |name, first| (name, "POST", of(first, "send-message/"), Some(text.clone()));
    let switch = |name, first| (name, "POST", of(first, "switch-responder/"), Some(switch.clone()));
    let get = |name, last| (name, "GET", of("patient-threads", last), None);
    vec![
        ("list_patient_threads", "GET", "/patient-threads/".to_owned(), None),
        get("get_patient_thread", ""),
        ("start_conversation", "POST", "/patient-threads/send/".to_owned(), Some(start)),
        send("send_thread_message", "gpt-threads"),
        send("send_thread_message_gptthreads", "gptthreads"),
        send("send_thread_message_patient_threads", "patient-threads"),
        switch("switch_responder", "patient-threads"),
        switch("switch_responder_gptthreads", "gptthreads"),
        switch("switch_responder_gpt_threads", "gpt-threads"),
        ("put_thread_task", "PUT", of("patient-threads", "task/"), Some(task)),
        get("list_thread_alerts", "alerts/"),
        ("acknowledge_thread_alert", "POST", of("patient-threads", "alerts/alert_1/acknowledge/"), None),
        get("list_thread_reports", "reports/"),
    ]
}
