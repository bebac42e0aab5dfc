use domain::ids::{OrganizationId, ProviderId, Seq, ThreadNo};
use domain::media::MediaUrl;
use domain::message::Author;
use domain::template::{CHECK_IN_BODY, Language, Snippet, Template, TemplateName, hydrate};
use domain::text::MessageText;
use domain::time::Timestamp;

use super::*;

fn message() -> Message {
    Message {
        thread: ThreadNo::from_random(1 << 20),
        seq: Seq::new(3).unwrap(),
        organization_id: OrganizationId::new(21).unwrap(),
        author: Author::Doctor { provider_id: ProviderId::new(9).unwrap() },
        text: MessageText::received("Here is your updated prescription."),
        media: None,
        template: None,
        fallback: None,
        unasked: false,
        audience: domain::message::Audience::Everybody,
        dangers: Vec::new(),
        delivery: None,
        wamid: None,
        sent_at: None,
        shared_phone: false,
        deleted: false,
        created: Timestamp::from_seconds(0),
    }
}

fn with_media(kind: MediaType) -> Message {
    let media = Media {
        url: Some(MediaUrl::parse("https://cdn.prestigehealth.app/uploads/prescription-123.pdf").unwrap()),
        filename: Some("prescription-123.pdf".into()),
        mime_type: Some("application/pdf".into()),
        ..Media::of(kind)
    };
    Message { media: Some(media), ..message() }
}

fn body(message: &Message) -> Value {
    let contact = ContactKey::from_wa_digits("2348012345678");
    let sending = Sending { template: message.template.as_ref(), media_id: None, contact: &contact, attempt: 1 };
    send_body(message, sending).unwrap()
}

#[test]
fn a_text() {
    insta::assert_json_snapshot!(body(&message()), @r#"
    {
      "biz_opaque_callback_data": "1099511627779.1",
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "text": {
        "body": "Here is your updated prescription.",
        "preview_url": false
      },
      "to": "2348012345678",
      "type": "text"
    }
    "#);
}

#[test]
fn a_document_has_caption_and_name_an_image_a_caption_audio_neither() {
    insta::assert_json_snapshot!(body(&with_media(MediaType::Document))["document"], @r#"
    {
      "caption": "Here is your updated prescription.",
      "filename": "prescription-123.pdf",
      "link": "https://cdn.prestigehealth.app/uploads/prescription-123.pdf"
    }
    "#);
    assert!(body(&with_media(MediaType::Image))["image"].get("filename").is_none());
    assert_eq!(body(&with_media(MediaType::Audio))["audio"].as_object().unwrap().len(), 1);
}

#[test]
fn a_template_has_its_values_in_order() {
    let template = Template {
        name: TemplateName::parse("doctor_check_in").unwrap(),
        language: Language::parse("en_US").unwrap(),
        body: CHECK_IN_BODY.into(),
        approved: true,
    };
    let snippet = Snippet { patient: "John Doe", doctor: "Dr. Smith", text: "How are you?" };
    let hydrated = hydrate(&template, snippet).unwrap();
    let message = Message { text: Some(hydrated.text), template: Some(hydrated.template), ..message() };
    insta::assert_json_snapshot!(body(&message)["template"], @r#"
    {
      "components": [
        {
          "parameters": [
            {
              "text": "John Doe",
              "type": "text"
            },
            {
              "text": "Dr. Smith",
              "type": "text"
            },
            {
              "text": "How are you?",
              "type": "text"
            }
          ],
          "type": "body"
        }
      ],
      "language": {
        "code": "en_US"
      },
      "name": "doctor_check_in"
    }
    "#);
}

#[test]
fn a_business_scoped_user_is_named_as_recipient() {
    let bsuid = domain::contact::Bsuid::parse("US.13491208655302741918").unwrap();
    let contact = ContactKey::from_bsuid(&bsuid);
    let body =
        send_body(&message(), Sending { template: None, media_id: None, contact: &contact, attempt: 1 }).unwrap();
    assert_eq!(body["recipient"], "US.13491208655302741918");
    assert!(body.get("to").is_none());
}

#[test]
fn a_file_of_ours_goes_by_id_or_not_at_all() {
    let mut ours = with_media(MediaType::Document);
    let media = ours.media.as_mut().unwrap();
    media.upload = Some(domain::ids::UploadId::from_random(7));
    let contact = ContactKey::from_wa_digits("1");
    let sending = Sending { template: None, media_id: Some("4490709327384033"), contact: &contact, attempt: 1 };
    let sent = send_body(&ours, sending).unwrap();
    assert_eq!(
        sent["document"],
        json!({
            "id": "4490709327384033", "caption": "Here is your updated prescription.", "filename": "prescription-123.pdf",
        })
    );
    assert_eq!(
        send_body(&ours, Sending { media_id: None, ..sending }),
        None,
        "our addresses open nothing for WhatsApp"
    );
}

#[test]
fn a_webp_image_is_a_sticker() {
    let mut sticker = with_media(MediaType::Image);
    sticker.media.as_mut().unwrap().mime_type = Some("image/webp".into());
    let contact = ContactKey::from_wa_digits("1");
    let sending = Sending { template: None, media_id: Some("7"), contact: &contact, attempt: 1 };
    let sent = send_body(&sticker, sending).unwrap();
    assert_eq!((&sent["type"], &sent["sticker"]), (&json!("sticker"), &json!({ "id": "7" })));
}

#[test]
fn nothing_to_send_is_not_sent() {
    let empty = Message { text: None, ..message() };
    let contact = ContactKey::from_wa_digits("1");
    let sending = Sending { template: None, media_id: None, contact: &contact, attempt: 1 };
    assert_eq!(send_body(&empty, sending), None);
}

#[test]
fn callback_data_reads_back() {
    let data = CallbackData { message: message().id(), attempt: 2 };
    assert_eq!(CallbackData::parse(&data.to_string()), Some(data));
    for text in ["", "1", "x.1", "1.", "1.2.3", "4.1"] {
        assert_eq!(CallbackData::parse(text), None, "{text}");
    }
}
