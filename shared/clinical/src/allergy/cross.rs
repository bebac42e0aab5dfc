//! What else to keep from a patient who reacts to a class, a drug or a substance.
//!
//! Sources: Khan et al., Drug allergy: a 2022 practice parameter update (J Allergy Clin Immunol 2022); the contraindications in
//! the FDA labels of the named drugs; CDC, Contraindications and precautions for vaccines. Shellfish is no reason to withhold
//! iodinated contrast (ACR Manual on Contrast Media), nor egg to withhold influenza vaccine (ACIP 2023): both are left out.

use super::Level;
use super::substance::Substance;
use crate::drug::Class;

/// What an allergy to something means for a class or an ingredient.
pub(super) struct Cross<From, To> {
    pub(super) from: From,
    pub(super) to: To,
    pub(super) level: Level,
    pub(super) rule: &'static str,
}

const fn caution<From: Copy, To: Copy>(from: From, to: To, rule: &'static str) -> Cross<From, To> {
    Cross { from, to, level: Level::Caution, rule }
}

const fn certain<From: Copy, To: Copy>(from: From, to: To, rule: &'static str) -> Cross<From, To> {
    Cross { from, to, level: Level::Contraindicated, rule }
}

pub(super) const CLASSES: [Cross<Class, Class>; 9] = [
    caution(Class::Penicillin, Class::Cephalosporin, "allergy.cross.penicillin_cephalosporin"),
    caution(Class::Penicillin, Class::Carbapenem, "allergy.cross.penicillin_carbapenem"),
    caution(Class::Cephalosporin, Class::Penicillin, "allergy.cross.cephalosporin_penicillin"),
    caution(Class::Cephalosporin, Class::Carbapenem, "allergy.cross.cephalosporin_carbapenem"),
    caution(Class::Carbapenem, Class::Penicillin, "allergy.cross.carbapenem_penicillin"),
    caution(Class::Carbapenem, Class::Cephalosporin, "allergy.cross.carbapenem_cephalosporin"),
    caution(Class::SulfonamideAntibiotic, Class::SulfonamideNonAntibiotic, "allergy.cross.sulfonamides"),
    caution(Class::AceInhibitor, Class::Arb, "allergy.cross.angioedema"),
    caution(Class::Salicylate, Class::Nsaid, "allergy.cross.salicylate_nsaid"),
];

pub(super) const CLASS_TO_INGREDIENT: [Cross<Class, &str>; 1] =
    [certain(Class::AceInhibitor, "sacubitril", "allergy.cross.angioedema")];

/// Between ingredients of different classes, and from an ingredient to a vaccine that holds traces of it.
pub(super) const INGREDIENTS: [Cross<&str, &str>; 8] = [
    caution("aztreonam", "ceftazidime", "allergy.cross.side_chain"),
    caution("ceftazidime", "aztreonam", "allergy.cross.side_chain"),
    caution("neomycin", "mmr vaccine", "allergy.cross.vaccine"),
    caution("neomycin", "varicella vaccine", "allergy.cross.vaccine"),
    caution("polyethylene glycol 3350", "covid 19 vaccine", "allergy.cross.vaccine"),
    caution("povidone iodine", "amiodarone", "allergy.cross.iodine"),
    caution("leucovorin", "folic acid", "allergy.cross.folate"),
    caution("folic acid", "leucovorin", "allergy.cross.folate"),
];

pub(super) const SUBSTANCE_TO_INGREDIENT: [Cross<Substance, &str>; 16] = [
    caution(Substance::Egg, "propofol", "allergy.cross.egg"),
    certain(Substance::Egg, "yellow fever vaccine", "allergy.cross.vaccine"),
    caution(Substance::Soy, "propofol", "allergy.cross.soy"),
    caution(Substance::Peanut, "progesterone", "allergy.cross.peanut_oil"),
    caution(Substance::Fish, "protamine", "allergy.cross.fish"),
    caution(Substance::Fish, "omega 3 fatty acids", "allergy.cross.fish"),
    caution(Substance::Fish, "icosapent ethyl", "allergy.cross.fish"),
    caution(Substance::Pork, "pancrelipase", "allergy.cross.pork"),
    certain(Substance::Gelatin, "mmr vaccine", "allergy.cross.vaccine"),
    certain(Substance::Gelatin, "varicella vaccine", "allergy.cross.vaccine"),
    certain(Substance::Gelatin, "yellow fever vaccine", "allergy.cross.vaccine"),
    certain(Substance::Yeast, "hepatitis b vaccine", "allergy.cross.vaccine"),
    certain(Substance::Yeast, "hpv vaccine", "allergy.cross.vaccine"),
    certain(Substance::Iodine, "povidone iodine", "allergy.cross.iodine"),
    caution(Substance::Iodine, "amiodarone", "allergy.cross.iodine"),
    caution(Substance::Latex, "rotavirus vaccine", "allergy.cross.latex"),
];

pub(super) const SUBSTANCE_TO_CLASS: [Cross<Substance, Class>; 1] =
    [caution(Substance::Iodine, Class::ContrastIodinated, "allergy.cross.iodine")];

/// Ingredients that are one molecule, its mirror image or its product in the body: whoever reacts to one reacts to all.
pub(super) const KIN: [&[&str]; 16] = [
    &["hydroxyzine", "cetirizine", "levocetirizine"],
    &["loratadine", "desloratadine"],
    &["citalopram", "escitalopram"],
    &["omeprazole", "esomeprazole"],
    &["lansoprazole", "dexlansoprazole"],
    &["venlafaxine", "desvenlafaxine"],
    &["albuterol", "levalbuterol"],
    &["methylphenidate", "dexmethylphenidate"],
    &["amphetamine", "dextroamphetamine", "lisdexamfetamine"],
    &["modafinil", "armodafinil"],
    &["risperidone", "paliperidone"],
    &["zopiclone", "eszopiclone"],
    &["valproate", "divalproex"],
    &["prednisone", "prednisolone"],
    &["leucovorin", "levoleucovorin"],
    &["ketamine", "esketamine"],
];
