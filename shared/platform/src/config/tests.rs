use super::*;

fn settings() -> Settings {
    Settings::from([
        ("APP_ENV", "local"),
        ("THREADS_TABLE", "Threads"),
        ("MESSAGES_TABLE", "Messages"),
        ("RECORDS_TABLE", "Records"),
        ("GUARDS_TABLE", "Guards"),
        ("AUDIT_TABLE", "Audit"),
        ("DELIVERY_QUEUE_URL", "http://127.0.0.1/q"),
        ("ASSISTANT_QUEUE_URL", "http://127.0.0.1/a"),
        ("TRANSFER_QUEUE_URL", "http://127.0.0.1/t"),
        ("SUMMARY_QUEUE_URL", "http://127.0.0.1/s"),
        ("WEBHOOK_QUEUE_URL", "http://127.0.0.1/w"),
        ("MEDIA_BUCKET", "media"),
        ("DEFAULT_ORGANIZATION_ID", "21"),
        ("AUTH_ISSUER", "issuer"),
        ("AUTH_AUDIENCE", "careline"),
        ("AUTH_HS256_SECRET", "0123456789abcdef0123456789abcdef"),
        ("WHATSAPP_PHONE_NUMBER_ID", "1"),
        ("WHATSAPP_ACCESS_TOKEN", "token"),
        ("WHATSAPP_APP_SECRET", "app"),
        ("WHATSAPP_VERIFY_TOKEN", "verify"),
    ])
}

fn with(name: &str, value: &str) -> Settings {
    let mut settings = settings();
    settings.extend([(name.to_owned(), value.to_owned())]);
    settings
}

#[test]
fn defaults_are_safe() {
    let config = Config::from_settings(&settings()).unwrap();
    assert_eq!(
        config.rate_limits,
        RateLimits { reads: Some(300), writes: Some(100), uploads: Some(20), replies: Some(20) }
    );
    assert_eq!(config.in_doubt, InDoubt::Resend);
    assert_eq!(config.template.name.as_str(), "doctor_check_in");
}

#[test]
fn a_wrong_setting_is_named_and_its_value_is_not_printed() {
    let problem = |name, value| Config::from_settings(&with(name, value)).unwrap_err().to_string();
    insta::assert_snapshot!(
        [
            problem("APP_ENV", "prod"),
            problem("THREADS_TABLE", " "),
            problem("IN_DOUBT", "maybe"),
            problem("DEFAULT_ORGANIZATION_ID", "x"),
            problem("RATE_LIMIT_READS", "-1"),
            problem("PHONE_COUNTRY_CODE", "+234"),
            problem("DEFAULT_TIME_ZONE", "Lagos"),
            problem("QUIET_HOURS", "9pm"),
            problem("DAILY_REPORT_HOUR", "24"),
            problem("WHATSAPP_TEMPLATE_LANG", "english please"),
            problem("MEDIA_HOSTS", "https://cdn.example.com"),
        ]
        .join("\n"),
        @r"
    APP_ENV must be production or local
    THREADS_TABLE is required
    IN_DOUBT must be resend or fail
    DEFAULT_ORGANIZATION_ID is not valid
    RATE_LIMIT_READS is not valid
    PHONE_COUNTRY_CODE must be 1 to 3 digits
    DEFAULT_TIME_ZONE is not a name of the IANA database
    QUIET_HOURS must be two hours, for example 21-8
    DAILY_REPORT_HOUR must be from 0 to 23
    WHATSAPP_TEMPLATE_LANG is not a language code
    MEDIA_HOSTS must be host names separated by commas
    "
    );
}

#[test]
fn production_refuses_shared_secrets_and_stand_ins() {
    let production = |name: &str, value: &str| {
        let mut settings = with(name, value);
        settings.extend([("APP_ENV".to_owned(), "production".to_owned())]);
        settings
    };
    assert!(Auth::from_settings(&production("X", "x")).is_err(), "a shared secret");
    assert!(WhatsappApi::from_settings(&production("WHATSAPP_API_BASE", "http://127.0.0.1:1")).is_err());
    assert!(WhatsappApi::from_settings(&production("X", "x")).is_ok());
}

#[test]
fn keys_come_from_one_place_over_tls() {
    let mut jwks = with("AUTH_JWKS_URL", "https://issuer.example/jwks.json");
    assert!(Auth::from_settings(&jwks).is_err(), "two kinds of keys at once");
    jwks.extend([("AUTH_HS256_SECRET".to_owned(), String::new())]);
    assert!(Auth::from_settings(&jwks).is_ok());
    jwks.extend([("AUTH_JWKS_URL".to_owned(), "http://issuer.example/jwks.json".to_owned())]);
    assert!(Auth::from_settings(&jwks).is_err(), "no TLS");
    assert!(Auth::from_settings(&with("AUTH_HS256_SECRET", "short")).is_err());
}

#[test]
fn secrets_are_not_in_debug_output() {
    let auth = format!("{:?}", Auth::from_settings(&settings()).unwrap());
    let api = format!("{:?}", WhatsappApi::from_settings(&settings()).unwrap());
    let webhook = format!("{:?}", WhatsappWebhook::from_settings(&settings()).unwrap());
    assert!(!auth.contains("0123456789abcdef") && !api.contains("token") && !webhook.contains("verify"));
}

#[test]
fn copies_are_off_until_a_folder_is_named_and_go_to_google_in_production() {
    let of = |pairs: &[(&str, &str)]| {
        let mut settings = settings();
        settings.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        DriveSettings::from_settings(&settings).map_err(|error| error.to_string())
    };
    assert_eq!(of(&[]), Ok(None));
    let folder = ("GOOGLE_DRIVE_FOLDER_ID", "folder");
    assert_eq!(
        of(&[folder]),
        Err("GOOGLE_SERVICE_ACCOUNT is required; on AWS it stands in the secret that SECRET_ARN names".into())
    );
    let key = |token_uri: &str| {
        format!(r#"{{"client_email":"a@b","private_key_id":"1","private_key":"PEM-SECRET","token_uri":"{token_uri}"}}"#)
    };
    let (google, here) = (key("https://oauth2.googleapis.com/token"), key("http://127.0.0.1:9/token"));
    let production = ("APP_ENV", "production");
    assert!(of(&[folder, ("GOOGLE_SERVICE_ACCOUNT", "{}")]).is_err());
    let settings = of(&[folder, ("GOOGLE_SERVICE_ACCOUNT", &google), production]).unwrap().unwrap();
    assert!(!format!("{settings:?} {:?}", settings.account).contains("PEM-SECRET"));
    assert!(of(&[folder, ("GOOGLE_SERVICE_ACCOUNT", &here)]).is_ok());
    assert!(of(&[folder, ("GOOGLE_SERVICE_ACCOUNT", &here), production]).is_err(), "a stand-in for tokens");
    let base = ("GOOGLE_API_BASE", "http://127.0.0.1:9");
    assert!(of(&[folder, ("GOOGLE_SERVICE_ACCOUNT", &google), base, production]).is_err(), "a stand-in for files");
}

#[test]
fn a_model_needs_its_settings_and_is_reached_with_tls_alone() {
    let of = |pairs: &[(&str, &str)]| {
        let mut settings = settings();
        settings.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        ModelSettings::from_settings(&settings).map_err(|error| error.to_string())
    };
    assert_eq!(of(&[]), Ok(ModelSettings::Rules));
    let key = [("ASSISTANT_MODEL", "openai"), ("OPENAI_API_KEY", "key"), ("OPENAI_MODEL", "m")];
    let openai = |base: &str| OpenAiSettings { base: base.into(), key: "key".into(), model: "m".into() };
    assert_eq!(of(&key), Ok(ModelSettings::OpenAi(openai("https://api.openai.com/v1"))));
    let here = [&key[..], &[("OPENAI_BASE_URL", "http://127.0.0.1:9/v1/")]].concat();
    assert_eq!(of(&here), Ok(ModelSettings::OpenAi(openai("http://127.0.0.1:9/v1"))));
    assert!(of(&[&here[..], &[("APP_ENV", "production")]].concat()).is_err(), "a stand-in is refused in production");
    assert!(of(&[&key[..], &[("OPENAI_BASE_URL", "http://example.com/v1")]].concat()).is_err());
    assert!(
        of(&key[..2]).is_err()
            && of(&[("ASSISTANT_MODEL", "bedrock")]).is_err()
            && of(&[("ASSISTANT_MODEL", "x")]).is_err()
    );
    assert!(!format!("{:?}", of(&key)).contains("\"key\""), "a key is never printed");
}
