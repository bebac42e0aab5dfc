//! Forms and routes of drugs.

use serde::{Deserialize, Serialize};

use super::token::Tokens;

/// What one counts when one takes a drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A tablet.
    Tablet,
    /// A capsule.
    Capsule,
    /// A pill, of whatever kind.
    Pill,
    /// A puff or an inhalation.
    Puff,
    /// A spray.
    Spray,
    /// A drop.
    Drop,
    /// A patch.
    Patch,
    /// A teaspoon, 5 ml.
    Teaspoon,
    /// A tablespoon, 15 ml.
    Tablespoon,
    /// A millilitre.
    Milliliter,
    /// An international unit, or a unit of insulin.
    Unit,
    /// An injection or a shot.
    Injection,
    /// A suppository.
    Suppository,
    /// A sachet or a packet.
    Sachet,
    /// A lozenge.
    Lozenge,
    /// A nebule or an ampoule.
    Ampoule,
    /// An application of cream, ointment or gel.
    Application,
    /// A dose, of whatever kind.
    Dose,
}

impl Form {
    /// Its name in the singular.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tablet => "tablet",
            Self::Capsule => "capsule",
            Self::Pill => "pill",
            Self::Puff => "puff",
            Self::Spray => "spray",
            Self::Drop => "drop",
            Self::Patch => "patch",
            Self::Teaspoon => "teaspoon",
            Self::Tablespoon => "tablespoon",
            Self::Milliliter => "ml",
            Self::Unit => "unit",
            Self::Injection => "injection",
            Self::Suppository => "suppository",
            Self::Sachet => "sachet",
            Self::Lozenge => "lozenge",
            Self::Ampoule => "ampoule",
            Self::Application => "application",
            Self::Dose => "dose",
        }
    }
}

/// How a drug gets into the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// By mouth.
    Oral,
    /// Under the tongue.
    Sublingual,
    /// Breathed in, also by nebuliser.
    Inhaled,
    /// Into the nose.
    Nasal,
    /// Into the eye.
    Ophthalmic,
    /// Into the ear.
    Otic,
    /// On the skin.
    Topical,
    /// Into the rectum.
    Rectal,
    /// Into the vagina.
    Vaginal,
    /// Under the skin.
    Subcutaneous,
    /// Into a muscle.
    Intramuscular,
    /// Into a vein.
    Intravenous,
}

const FORMS: [(&str, Form); 71] = [
    ("tablet", Form::Tablet),
    ("tab", Form::Tablet),
    ("tb", Form::Tablet),
    ("caplet", Form::Tablet),
    ("tableta", Form::Tablet),
    ("comprimido", Form::Tablet),
    ("pastilla", Form::Tablet),
    ("gragea", Form::Tablet),
    ("comp", Form::Tablet),
    ("capsule", Form::Capsule),
    ("cap", Form::Capsule),
    ("softgel", Form::Capsule),
    ("capsula", Form::Capsule),
    ("gelule", Form::Capsule),
    ("pill", Form::Pill),
    ("pildora", Form::Pill),
    ("puff", Form::Puff),
    ("puf", Form::Puff),
    ("inhalation", Form::Puff),
    ("inhalacion", Form::Puff),
    ("inhalaciones", Form::Puff),
    ("disparo", Form::Puff),
    ("spray", Form::Spray),
    ("squirt", Form::Spray),
    ("pulverizacion", Form::Spray),
    ("pulverizaciones", Form::Spray),
    ("atomizacion", Form::Spray),
    ("atomizaciones", Form::Spray),
    ("drop", Form::Drop),
    ("gtt", Form::Drop),
    ("gota", Form::Drop),
    ("patch", Form::Patch),
    ("patche", Form::Patch),
    ("parche", Form::Patch),
    ("teaspoon", Form::Teaspoon),
    ("teaspoonful", Form::Teaspoon),
    ("tsp", Form::Teaspoon),
    ("spoonful", Form::Teaspoon),
    ("cucharadita", Form::Teaspoon),
    ("tablespoon", Form::Tablespoon),
    ("tablespoonful", Form::Tablespoon),
    ("tbsp", Form::Tablespoon),
    ("cucharada", Form::Tablespoon),
    ("ml", Form::Milliliter),
    ("cc", Form::Milliliter),
    ("milliliter", Form::Milliliter),
    ("millilitre", Form::Milliliter),
    ("mililitro", Form::Milliliter),
    ("unit", Form::Unit),
    ("unidad", Form::Unit),
    ("unidade", Form::Unit),
    ("iu", Form::Unit),
    ("ui", Form::Unit),
    ("injection", Form::Injection),
    ("shot", Form::Injection),
    ("inyeccion", Form::Injection),
    ("inyeccione", Form::Injection),
    ("suppository", Form::Suppository),
    ("suppositorie", Form::Suppository),
    ("supositorio", Form::Suppository),
    ("sachet", Form::Sachet),
    ("packet", Form::Sachet),
    ("sobre", Form::Sachet),
    ("lozenge", Form::Lozenge),
    ("ampoule", Form::Ampoule),
    ("nebule", Form::Ampoule),
    ("vial", Form::Ampoule),
    ("ampolla", Form::Ampoule),
    ("application", Form::Application),
    ("aplicacion", Form::Application),
    ("dose", Form::Dose),
];

const ROUTES: [(&str, Route); 55] = [
    ("by mouth", Route::Oral),
    ("po", Route::Oral),
    ("orally", Route::Oral),
    ("oral", Route::Oral),
    ("per os", Route::Oral),
    ("por la boca", Route::Oral),
    ("por boca", Route::Oral),
    ("via oral", Route::Oral),
    ("vo", Route::Oral),
    ("oralmente", Route::Oral),
    ("under the tongue", Route::Sublingual),
    ("sublingually", Route::Sublingual),
    ("sublingual", Route::Sublingual),
    ("sl", Route::Sublingual),
    ("debajo de la lengua", Route::Sublingual),
    ("inhale", Route::Inhaled),
    ("inhaled", Route::Inhaled),
    ("inh", Route::Inhaled),
    ("inhalar", Route::Inhaled),
    ("inhale por la boca", Route::Inhaled),
    ("by inhalation", Route::Inhaled),
    ("nebulized", Route::Inhaled),
    ("via nebulizer", Route::Inhaled),
    ("neb", Route::Inhaled),
    ("nostril", Route::Nasal),
    ("nostrils", Route::Nasal),
    ("nasal", Route::Nasal),
    ("intranasal", Route::Nasal),
    ("intranasally", Route::Nasal),
    ("fosa nasal", Route::Nasal),
    ("eye", Route::Ophthalmic),
    ("eyes", Route::Ophthalmic),
    ("ojo", Route::Ophthalmic),
    ("ojos", Route::Ophthalmic),
    ("ear", Route::Otic),
    ("ears", Route::Otic),
    ("oido", Route::Otic),
    ("apply", Route::Topical),
    ("topically", Route::Topical),
    ("topical", Route::Topical),
    ("aplicar", Route::Topical),
    ("aplique", Route::Topical),
    ("rectally", Route::Rectal),
    ("via rectal", Route::Rectal),
    ("pr", Route::Rectal),
    ("vaginally", Route::Vaginal),
    ("via vaginal", Route::Vaginal),
    ("subcutaneously", Route::Subcutaneous),
    ("subcutaneous", Route::Subcutaneous),
    ("subq", Route::Subcutaneous),
    ("sq", Route::Subcutaneous),
    ("sc", Route::Subcutaneous),
    ("im", Route::Intramuscular),
    ("intramuscular", Route::Intramuscular),
    ("iv", Route::Intravenous),
];

/// The form at a place, in any number.
pub(super) fn form(tokens: &Tokens, at: usize) -> Option<Form> {
    let word = tokens.word(at);
    let known = |word: &str| FORMS.iter().find(|(name, _)| *name == word).map(|(_, form)| *form);
    known(word).or_else(|| known(word.strip_suffix('s')?))
}

/// The route that begins at a place.
pub(super) fn route(tokens: &Tokens, at: usize) -> Option<(Route, usize)> {
    tokens.longest(at, &ROUTES)
}
