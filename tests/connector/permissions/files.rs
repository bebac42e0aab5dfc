//! Files in every way: uploaded, announced, read, sent, received, copied, and what goes wrong with them.

use std::time::Duration;

use local::connector::Fault;
use serde_json::{Value, json};
use tests::files::{jpeg, pdf};

use super::history::{History, Opened, PHONE};

const LARGE: usize = 7 << 20;

impl History {
    pub(super) async fn files(&mut self, opened: &Opened) {
        let upload = self.uploads().await;
        let send = json!({ "public_id": opened.public_id, "media_url": upload["s3_url"], "media_type": "image" });
        let sent = self.world.post("dr_smith", "/providermessages/send-message/", &send).await;
        assert_eq!(sent.status, 200, "{sent:?}");
        self.take("ProviderMessagesFunction");
        tokio::time::advance(Duration::from_secs(60)).await;
        assert!(self.world.deliver(opened.thread).await);
        assert_eq!(self.world.meta.uploaded(), 1);
        self.take("WhatsappDeliveryFunction");
        self.announced().await;
        for (wamid, size) in [("wamid.small", 1000), ("wamid.large", LARGE)] {
            self.received(opened, (wamid, size)).await;
        }
    }

    async fn uploads(&mut self) -> Value {
        let mut upload = Value::Null;
        for key in ["a", "a", "b"] {
            let answer = self.world.upload_once("dr_smith", (key, &jpeg(1000))).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            upload = answer.body;
        }
        for _ in 0..12 {
            self.world.faults.next_call("TransactWriteItems", Fault::Conflict);
        }
        let busy = self.world.upload_once("dr_smith", ("c", &jpeg(1000))).await;
        assert_eq!(busy.status, 503, "its bytes are forgotten");
        self.world.faults.clear();
        let path = format!("/ai-processing/files/{}/", upload["unique_id"].as_str().unwrap());
        assert_eq!(self.world.get("dr_smith", &path).await.status, 200);
        self.take("UploadsFunction");
        upload
    }

    /// A large file, whose copy is left to the job.
    async fn announced(&mut self) {
        let body = json!({ "mime_type": "application/pdf", "size": LARGE });
        let form = self.world.post("dr_smith", "/ai-processing/upload-url/", &body).await.body;
        let id = form["unique_id"].as_str().unwrap();
        self.take("UploadsFunction");
        let key = form["fields"]["key"].as_str().unwrap();
        let file_type = domain::media::content::FileType::of_extension("pdf").unwrap();
        self.world.app.files.put(key, file_type, pdf(LARGE).into()).await.unwrap();
        self.world.faults.take_calls();
        let path = format!("/ai-processing/upload-url/{id}/complete/");
        let complete = self.world.post("dr_smith", &path, &json!({})).await;
        assert_eq!(complete.status, 200, "{complete:?}");
        self.take("UploadsFunction");
        assert!(self.world.mirror(id).await);
        assert_eq!(self.world.google.files(), 3);
        self.take("MediaTransfersFunction");
    }

    /// A picture; a large one is put in parts, and fails at first.
    async fn received(&mut self, opened: &Opened, (wamid, size): (&str, usize)) {
        self.world.meta.holds(jpeg(size));
        self.world.inbound_picture(PHONE, wamid).await;
        self.take("WhatsappWebhookFunction");
        let message = self.last(opened).await["message_id"].as_u64().unwrap();
        if size == LARGE {
            for _ in 0..5 {
                self.world.faults.next_call("UploadPart", Fault::FailBefore);
            }
            assert!(!self.world.fetch(message).await, "the bucket does not take it");
            self.world.faults.clear();
            tokio::time::advance(Duration::from_secs(301)).await;
            // The job is put off, and then what became of it gets no answer.
            self.world.faults.later_call("TransactWriteItems", 1, Fault::FailBefore);
            self.lose_answers();
            assert!(!self.world.fetch(message).await, "the table does not answer");
            self.world.faults.clear();
            self.take("MediaTransfersFunction");
            tokio::time::advance(Duration::from_secs(600)).await;
            self.world.sweep().await;
            self.take("OutboxSweeperFunction");
        }
        assert!(self.world.fetch(message).await);
        self.take("MediaTransfersFunction");
        assert_eq!(self.last(opened).await["media_status"], "ready", "{wamid}");
    }

    async fn last(&mut self, opened: &Opened) -> Value {
        let path = format!("/providermessages/{}/", opened.public_id);
        let thread = self.world.get("dr_smith", &path).await.body;
        self.take("ProviderMessagesFunction");
        thread["messages"].as_array().unwrap().last().unwrap().clone()
    }
}
