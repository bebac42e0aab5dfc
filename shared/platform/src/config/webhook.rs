//! Where webhooks may go.

use domain::webhook::target::Loopback;

use super::{ConfigError, Environment, Settings, environment};

/// Whether webhooks may go to this machine itself (`WEBHOOK_LOOPBACK`: `allow` or `refuse`).
///
/// # Errors
/// [`ConfigError`] for another value, or when production is to allow it.
pub fn loopback(settings: &Settings) -> Result<Loopback, ConfigError> {
    let refuse = |problem| Err(ConfigError::new("WEBHOOK_LOOPBACK", problem));
    match settings.get("WEBHOOK_LOOPBACK") {
        None | Some("refuse") => Ok(Loopback::Refused),
        Some("allow") if environment(settings)? == Environment::Local => Ok(Loopback::Allowed),
        Some("allow") => refuse("must not be allow in production"),
        Some(_) => refuse("must be allow or refuse"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_machine_by_itself_may_tell_itself() {
        let of = |environment: &str, value: &str| {
            loopback(&Settings::from([("APP_ENV", environment), ("WEBHOOK_LOOPBACK", value)]))
        };
        assert_eq!(of("production", ""), Ok(Loopback::Refused));
        assert_eq!(of("local", "refuse"), Ok(Loopback::Refused));
        assert_eq!(of("local", "allow"), Ok(Loopback::Allowed));
        assert!(of("production", "allow").is_err() && of("local", "yes").is_err());
    }
}
