//! Languages of a visit, as BCP 47 spells them (`en`, `es-MX`): the primary subtag of ISO 639, and what specifies it.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A language that people speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LanguageTag(String);

const LONGEST: usize = 35;

/// ISO 639-1.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki \
    kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj \
    om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt \
    tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
/// Languages of clinics that ISO 639-1 has no code for: of hands, of China, of Myanmar, Mexico, Guatemala and others.
const THREE_LETTERS: &str = "ase bfi bzs chk cmn ceb din fil fuc hak haw hmn ilo kac kar kea kos kpe ksw lus luo mam mah mam men mfe mhr \
    mix mnk nan nah nhn pag pam pap pau pes pon prs quc quz rhg rom scn shn sme snk syr tem tpi tvl tzm umb vsl wuu yue zap";

impl LanguageTag {
    /// The language of a field.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is missing, not of the form, or not known.
    pub fn parse(field: &'static str, raw: Option<&str>) -> Result<Self> {
        let raw = raw.map(str::trim).filter(|raw| !raw.is_empty()).ok_or_else(|| Error::required(field))?;
        let mut subtags = raw.split('-');
        let primary = subtags.next().unwrap_or_default().to_ascii_lowercase();
        let is_subtag =
            |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_known = |list: &str| list.split(' ').any(|known| known == primary);
        let fits = raw.len() <= LONGEST && subtags.all(is_subtag);
        if fits && (is_known(TWO_LETTERS) || is_known(THREE_LETTERS)) {
            return Ok(Self(raw.to_owned()));
        }
        Err(Error::invalid(field, format!("{field} is not the code of a language, such as en or es-MX.")))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without what specifies it: `es` of `es-MX`.
    #[must_use]
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether two are one language, whatever specifies them.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }
}

/// The two languages between which is interpreted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Languages {
    /// The clinician's.
    pub primary: LanguageTag,
    /// The patient's.
    pub secondary: LanguageTag,
}

impl Languages {
    /// Into which language something in `original` is translated.
    #[must_use]
    pub fn other_than(&self, original: &LanguageTag) -> &LanguageTag {
        if self.primary.is_same(original) { &self.secondary } else { &self.primary }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(raw: &str) -> Result<LanguageTag> {
        LanguageTag::parse("language.primary", Some(raw))
    }

    #[test]
    fn known_languages_as_they_are_written() {
        for raw in ["en", "es-MX", "EN", "zh-Hans-CN", "ase", "yue"] {
            assert_eq!(parsed(raw).unwrap().as_str(), raw);
        }
        for raw in ["xx", "english", "e", "en_US", "en-", "en--US", "es MX", "en-123456789", "zz-ZZ"] {
            assert!(parsed(raw).is_err(), "{raw}");
        }
        assert!(LanguageTag::parse("language.primary", None).is_err());
    }

    #[test]
    fn the_other_language_is_that_of_the_translation() {
        let languages = Languages { primary: parsed("en-US").unwrap(), secondary: parsed("es").unwrap() };
        assert_eq!(languages.other_than(&parsed("en").unwrap()).as_str(), "es");
        assert_eq!(languages.other_than(&parsed("es-MX").unwrap()).as_str(), "en-US");
        assert_eq!(languages.other_than(&parsed("fr").unwrap()).as_str(), "en-US");
    }
}
