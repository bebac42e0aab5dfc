//! Patients and their threads, made the way a doctor makes them.

use serde_json::{Value, json};

use crate::World;

/// A thread as its opening answered it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The patient.
    pub patient: u64,
    /// The patient's number.
    pub phone: String,
    /// The thread's public id.
    pub public_id: String,
    /// The thread's integer id.
    pub thread_id: u64,
    /// The template message.
    pub message_id: u64,
}

impl World {
    /// A patient of a doctor's organisation with a phone of their own.
    pub async fn patient(&self, doctor: &str, phone: &str) -> u64 {
        let body = json!({ "phone_number": phone, "first_name": "Test", "last_name": phone.trim_start_matches('+') });
        let answer = self.post(doctor, "/appointments/create-patient/", body).await.ok();
        answer["patient_id"].as_u64().expect("a patient id")
    }

    /// A thread opened by a template, delivered, and with the window still closed.
    pub async fn open(&self, doctor: &str, phone: &str) -> Opened {
        let patient = self.patient(doctor, phone).await;
        let body = json!({ "patient_id": patient, "custom_snippet": "How are you?" });
        let sent = self.post(doctor, "/providermessages/send-template-message/", body).await.ok();
        self.drain().await;
        Opened {
            patient,
            phone: phone.to_owned(),
            public_id: sent["public_id"].as_str().expect("a public id").to_owned(),
            thread_id: sent["thread_id"].as_u64().expect("a thread id"),
            message_id: sent["message_id"].as_u64().expect("a message id"),
        }
    }

    /// A thread opened by a template to which the patient has answered, so that the window is open.
    pub async fn converse(&self, doctor: &str, phone: &str) -> Opened {
        let opened = self.open(doctor, phone).await;
        assert_eq!(self.inbound(phone, "Fine, thank you.").await, 200);
        self.drain().await;
        opened
    }

    /// The messages of a thread, as a doctor sees them.
    pub async fn messages(&self, doctor: &str, public_id: &str) -> Vec<Value> {
        let thread = self.get(doctor, &format!("/providermessages/{public_id}/")).await.ok();
        thread["messages"].as_array().expect("messages").clone()
    }

    /// Sends a text into a thread.
    pub async fn say(&self, doctor: &str, public_id: &str, text: &str) -> crate::Answer {
        let body = json!({ "public_id": public_id, "message": text });
        self.post(doctor, "/providermessages/send-message/", body).await
    }
}
