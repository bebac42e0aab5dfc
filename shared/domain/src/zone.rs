//! Time zones and quiet hours: when it is day where the patient is.

use std::time::Duration;

use jiff::Span;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::phone::PhoneNumber;
use crate::time::Timestamp;

/// A time zone by its IANA name, for example `Africa/Lagos`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(String);

/// Hours of the day in which nothing is sent by itself, for example from 21 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: i8,
    to: i8,
}

impl Zone {
    /// The zone, if the time zone database has it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        TimeZone::get(name).ok().map(|_| Self(name.to_owned()))
    }

    /// Coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The zone of a country that has one zone, by the country code of a phone number there (ITU-T E.164 list of assigned
    /// country codes, 2016; IANA `zone1970.tab`).
    #[must_use]
    pub fn of_phone(phone: &PhoneNumber) -> Option<Self> {
        let digits = phone.digits();
        let known = ZONES.iter().find(|(code, _)| digits.starts_with(code));
        known.map(|(_, name)| Self((*name).to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn zoned(&self, at: Timestamp) -> jiff::Zoned {
        let zone = TimeZone::get(&self.0).unwrap_or(TimeZone::UTC);
        jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default().to_zoned(zone)
    }

    /// The date there, `2026-11-25`.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> String {
        self.zoned(at).date().to_string()
    }

    /// Date and time there to the minute, `2026-11-25 21:30`.
    #[must_use]
    pub fn clock(&self, at: Timestamp) -> String {
        self.zoned(at).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The first moment after `after` that is a multiple of so many days from `from`, at the same time of the day there. Where a
    /// day does not have that time, the one after it.
    #[must_use]
    pub fn days_after(&self, from: Timestamp, every: u32, after: Timestamp) -> Timestamp {
        let start = self.zoned(from);
        let every = i64::from(every.max(1));
        let passed = self.zoned(after).date().since(start.date()).map_or(0, |span| i64::from(span.get_days()));
        let first = passed.max(0) / every;
        for step in first..=first.saturating_add(2) {
            let day = start.date().checked_add(Span::new().days(step.saturating_mul(every)));
            let at = day.and_then(|day| day.to_datetime(start.time()).to_zoned(start.time_zone().clone()));
            if let Ok(at) = at
                && at.timestamp() > self.zoned(after).timestamp()
            {
                return Timestamp::from_millis(at.timestamp().as_millisecond());
            }
        }
        after.plus(Duration::from_hours(24))
    }

    /// The next moment after `after` at which it is `hour` o'clock there. On a day without that hour, the one after it.
    #[must_use]
    pub fn next_hour(&self, after: Timestamp, hour: i8) -> Timestamp {
        let start = self.zoned(after);
        let time = Time::new(hour.clamp(0, 23), 0, 0, 0).unwrap_or_default();
        let mut day = start.date();
        for _ in 0..3 {
            let at = day.to_datetime(time).to_zoned(start.time_zone().clone());
            if let Ok(at) = at
                && at.timestamp() > start.timestamp()
            {
                return Timestamp::from_millis(at.timestamp().as_millisecond());
            }
            day = day.tomorrow().unwrap_or(day);
        }
        after.plus(Duration::from_hours(24))
    }
}

impl QuietHours {
    /// Reads `21-8`; equal hours mean that there are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.trim().split_once('-')?;
        let hour = |text: &str| text.trim().parse::<i8>().ok().filter(|hour| (0..24).contains(hour));
        Some(Self { from: hour(from)?, to: hour(to)? })
    }

    /// Whether it is a quiet hour there.
    #[must_use]
    pub fn cover(self, at: Timestamp, zone: &Zone) -> bool {
        let hour = zone.zoned(at).hour();
        if self.from <= self.to { (self.from..self.to).contains(&hour) } else { hour >= self.from || hour < self.to }
    }

    /// This moment, or the end of the quiet hours that it lies in.
    #[must_use]
    pub fn after(self, at: Timestamp, zone: &Zone) -> Timestamp {
        if self.cover(at, zone) { zone.next_hour(at, self.to) } else { at }
    }
}

impl Default for QuietHours {
    /// From nine in the evening to eight in the morning.
    fn default() -> Self {
        Self { from: 21, to: 8 }
    }
}

/// Country codes of countries in one time zone. Longer codes come before their beginnings.
const ZONES: &[(&str, &str)] = &[
    ("212", "Africa/Casablanca"),
    ("213", "Africa/Algiers"),
    ("216", "Africa/Tunis"),
    ("218", "Africa/Tripoli"),
    ("220", "Africa/Banjul"),
    ("221", "Africa/Dakar"),
    ("225", "Africa/Abidjan"),
    ("226", "Africa/Ouagadougou"),
    ("227", "Africa/Niamey"),
    ("228", "Africa/Lome"),
    ("229", "Africa/Porto-Novo"),
    ("231", "Africa/Monrovia"),
    ("232", "Africa/Freetown"),
    ("233", "Africa/Accra"),
    ("234", "Africa/Lagos"),
    ("237", "Africa/Douala"),
    ("241", "Africa/Libreville"),
    ("244", "Africa/Luanda"),
    ("249", "Africa/Khartoum"),
    ("250", "Africa/Kigali"),
    ("251", "Africa/Addis_Ababa"),
    ("252", "Africa/Mogadishu"),
    ("254", "Africa/Nairobi"),
    ("255", "Africa/Dar_es_Salaam"),
    ("256", "Africa/Kampala"),
    ("258", "Africa/Maputo"),
    ("260", "Africa/Lusaka"),
    ("263", "Africa/Harare"),
    ("264", "Africa/Windhoek"),
    ("265", "Africa/Blantyre"),
    ("267", "Africa/Gaborone"),
    ("353", "Europe/Dublin"),
    ("358", "Europe/Helsinki"),
    ("502", "America/Guatemala"),
    ("503", "America/El_Salvador"),
    ("504", "America/Tegucigalpa"),
    ("505", "America/Managua"),
    ("506", "America/Costa_Rica"),
    ("507", "America/Panama"),
    ("509", "America/Port-au-Prince"),
    ("591", "America/La_Paz"),
    ("595", "America/Asuncion"),
    ("598", "America/Montevideo"),
    ("880", "Asia/Dhaka"),
    ("966", "Asia/Riyadh"),
    ("971", "Asia/Dubai"),
    ("972", "Asia/Jerusalem"),
    ("977", "Asia/Kathmandu"),
    ("20", "Africa/Cairo"),
    ("27", "Africa/Johannesburg"),
    ("30", "Europe/Athens"),
    ("31", "Europe/Amsterdam"),
    ("32", "Europe/Brussels"),
    ("33", "Europe/Paris"),
    ("36", "Europe/Budapest"),
    ("39", "Europe/Rome"),
    ("40", "Europe/Bucharest"),
    ("41", "Europe/Zurich"),
    ("43", "Europe/Vienna"),
    ("44", "Europe/London"),
    ("45", "Europe/Copenhagen"),
    ("46", "Europe/Stockholm"),
    ("47", "Europe/Oslo"),
    ("48", "Europe/Warsaw"),
    ("49", "Europe/Berlin"),
    ("51", "America/Lima"),
    ("53", "America/Havana"),
    ("54", "America/Argentina/Buenos_Aires"),
    ("57", "America/Bogota"),
    ("58", "America/Caracas"),
    ("60", "Asia/Kuala_Lumpur"),
    ("63", "Asia/Manila"),
    ("65", "Asia/Singapore"),
    ("66", "Asia/Bangkok"),
    ("81", "Asia/Tokyo"),
    ("82", "Asia/Seoul"),
    ("84", "Asia/Ho_Chi_Minh"),
    ("86", "Asia/Shanghai"),
    ("90", "Europe/Istanbul"),
    ("91", "Asia/Kolkata"),
    ("92", "Asia/Karachi"),
    ("94", "Asia/Colombo"),
    ("95", "Asia/Yangon"),
    ("98", "Asia/Tehran"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn lagos() -> Zone {
        Zone::parse("Africa/Lagos").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn every_zone_of_the_table_exists_and_longer_codes_come_first() {
        for (index, (code, name)) in ZONES.iter().enumerate() {
            assert!(Zone::parse(name).is_some(), "{name}");
            assert!(!ZONES[..index].iter().any(|(earlier, _)| code.starts_with(earlier)), "{code} is never found");
        }
        let phone = |text| PhoneNumber::parse(text, None).unwrap();
        assert_eq!(Zone::of_phone(&phone("+2348012345678")), Some(lagos()));
        assert_eq!(Zone::of_phone(&phone("+16505551234")), None, "a country with several zones");
        assert_eq!(Zone::parse("Mars/Olympus"), None);
    }

    #[test]
    fn quiet_hours_are_the_patient_s() {
        let quiet = QuietHours::parse("21-8").unwrap();
        assert_eq!(quiet, QuietHours::default());
        // One hour ahead of UTC.
        assert!(
            quiet.cover(at("2026-03-01T20:00:00Z"), &lagos()) && !quiet.cover(at("2026-03-01T19:59:59Z"), &lagos())
        );
        assert!(
            quiet.cover(at("2026-03-01T06:59:59Z"), &lagos()) && !quiet.cover(at("2026-03-01T07:00:00Z"), &lagos())
        );
        assert_eq!(quiet.after(at("2026-03-01T22:30:00Z"), &lagos()), at("2026-03-02T07:00:00Z"));
        assert_eq!(quiet.after(at("2026-03-01T03:00:00Z"), &lagos()), at("2026-03-01T07:00:00Z"));
        assert_eq!(quiet.after(at("2026-03-01T12:00:00Z"), &lagos()), at("2026-03-01T12:00:00Z"));
        let never = QuietHours::parse("0-0").unwrap();
        assert!(!never.cover(at("2026-03-01T00:30:00Z"), &lagos()));
        for text in ["", "21", "24-8", "-1-8", "a-b", "21-8-9"] {
            assert_eq!(QuietHours::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_hour_that_a_day_does_not_have_comes_after_the_gap() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        // On 29 March 2026 the clocks go from 2 to 3.
        assert_eq!(berlin.next_hour(at("2026-03-28T23:30:00Z"), 2), at("2026-03-29T01:00:00Z"));
        assert_eq!(berlin.next_hour(at("2026-03-29T10:00:00Z"), 8), at("2026-03-30T06:00:00Z"));
        let evening = at("2026-03-27T19:30:00Z");
        let following: Vec<Timestamp> = [evening, at("2026-03-28T19:30:00Z"), at("2026-03-29T18:30:00Z")]
            .into_iter()
            .map(|after| berlin.days_after(evening, 1, after))
            .collect();
        let half_past_eight = ["2026-03-28T19:30:00Z", "2026-03-29T18:30:00Z", "2026-03-30T18:30:00Z"];
        assert_eq!(following, half_past_eight.map(at), "half past eight stays half past eight");
        assert_eq!(berlin.days_after(evening, 7, at("2026-04-20T00:00:00Z")), at("2026-04-24T18:30:00Z"));
        assert_eq!(berlin.days_after(at("2026-03-28T01:30:00Z"), 1, evening), at("2026-03-28T01:30:00Z"));
        assert_eq!(berlin.date(at("2026-03-29T22:30:00Z")), "2026-03-30");
        assert_eq!(berlin.clock(at("2026-03-29T22:30:00Z")), "2026-03-30 00:30");
    }
}
