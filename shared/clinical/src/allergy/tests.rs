use super::*;
use crate::drug::Ingredient;

fn warnings(drug: &str, allergies: &[&str]) -> Vec<String> {
    let drug = Drug::named(drug).unwrap_or_else(|| panic!("{drug} is unknown"));
    check(&drug, allergies).iter().map(Conflict::warning).collect()
}

#[test]
fn the_documented_warning() {
    assert_eq!(warnings("amoxicillin", &["penicillin"]), ["Patient has penicillin allergy"]);
}

#[test]
fn a_drug_is_refused_by_ingredient_brand_class_and_language() {
    let cases = [
        ("amoxicillin", "Amoxil"),
        ("Augmentin", "PCN - hives"),
        ("ampicillin", "alérgica a la penicilina"),
        ("Bactrim", "sulfa drugs"),
        ("sulfadiazine", "Septra"),
        ("ibuprofen", "NSAIDs"),
        ("Aleve", "aspirin"),
        ("naproxeno", "AINEs"),
        ("Tylenol", "paracetamol"),
        ("cephalexin", "Rocephin"),
        ("azithromycin", "erythromycin"),
        ("levofloxacin", "Cipro"),
        ("doxycycline", "tetracyclines"),
        ("oxycodone", "codeine (rash)"),
        ("enalapril", "lisinopril"),
        ("levocetirizine", "hydroxyzine"),
        ("insulin glargine", "insulin"),
        ("iohexol", "IV contrast dye"),
        ("povidone iodine", "yodo"),
        ("yellow fever vaccine", "eggs"),
        ("Entresto", "ACE inhibitors"),
    ];
    for (drug, allergy) in cases {
        let found = check(&Drug::named(drug).unwrap(), &[allergy]);
        assert_eq!(
            found.iter().map(|found| found.level).collect::<Vec<_>>(),
            [Level::Contraindicated],
            "{drug} {allergy}"
        );
    }
}

#[test]
fn what_may_cross_is_a_caution() {
    let cases = [
        ("cephalexin", "penicillin"),
        ("amoxicillin", "ceftriaxone"),
        ("meropenem", "penicillin"),
        ("furosemide", "sulfa"),
        ("celecoxib", "Bactrim"),
        ("losartan", "lisinopril"),
        ("fentanyl", "morphine"),
        ("aztreonam", "ceftazidime"),
        ("amiodarone", "iodine"),
        ("propofol", "egg"),
        ("simvastatin", "atorvastatin"),
    ];
    for (drug, allergy) in cases {
        let found = check(&Drug::named(drug).unwrap(), &[allergy]);
        assert_eq!(found.iter().map(|found| found.level).collect::<Vec<_>>(), [Level::Caution], "{drug} {allergy}");
    }
    assert_eq!(warnings("cephalexin", &["penicillin"]), ["Possible cross-reactivity with penicillin allergy"]);
}

#[test]
fn what_has_nothing_in_common_is_silent() {
    let cases = [
        ("azithromycin", "penicillin"),
        ("aztreonam", "penicillin"),
        ("acetaminophen", "NSAIDs"),
        ("iohexol", "shellfish"),
        ("lisinopril", "sulfa"),
        ("metformin", "sulfites"),
        ("ibuprofen", "codeine"),
        ("antibiotics", "penicillin"),
        ("amoxicillin", "latex"),
        ("amoxicillin", "NKDA"),
        ("amoxicillin", "no known drug allergies"),
        ("amoxicillin", "sin alergias a la penicilina"),
        ("cephalexin", "tolerates cephalexin"),
        ("procaine", "lidocaine"),
        ("influenza vaccine", "eggs"),
        ("gabapentin", "carbamazepine"),
    ];
    for (drug, allergy) in cases {
        assert_eq!(warnings(drug, &[allergy]), Vec::<String>::new(), "{drug} {allergy}");
    }
}

#[test]
fn an_entry_may_name_several_and_each_is_located() {
    let list = ["latex", "Penicillin (hives); sulfa, and Advil"];
    let found = check(&Drug::named("ibuprofen").unwrap(), &list);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].entry, found[0].span.of(list[1]), found[0].rule), (1, "Advil", SAME_INGREDIENT));
    assert_eq!(read(list[1]).len(), 3);
}

#[test]
fn the_strongest_conflict_comes_first() {
    assert_eq!(
        warnings("cefalexin", &["amoxicillin", "Keflex"]),
        ["Patient has keflex allergy", "Possible cross-reactivity with amoxicillin allergy"]
    );
}

#[test]
fn every_ingredient_of_the_rules_is_known() {
    let kin = cross::KIN.iter().flat_map(|kin| kin.iter().copied());
    let crossed = cross::INGREDIENTS.iter().flat_map(|rule| [rule.from, rule.to]);
    let to = cross::CLASS_TO_INGREDIENT
        .iter()
        .map(|rule| rule.to)
        .chain(cross::SUBSTANCE_TO_INGREDIENT.iter().map(|rule| rule.to));
    for name in kin.chain(crossed).chain(to) {
        assert!(Ingredient::named(name).is_some(), "{name}");
    }
}
