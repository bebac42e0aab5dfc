use super::*;
use crate::dictionary::{assert_table, rows};

#[test]
fn the_tables_are_sorted_and_every_name_is_one_drug() {
    assert_table(table::INGREDIENT);
    assert_table(table::FURTHER_INGREDIENT);
    assert_table(table::BRAND);
    let mut names: Vec<_> = table::ingredients()
        .flat_map(|ingredient| {
            std::iter::once(ingredient.name).chain(ingredient.other_names.split(',').filter(|name| !name.is_empty()))
        })
        .chain(rows(table::BRAND).map(|(brand, _)| brand))
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for name in names {
        assert_eq!(spell_phrase(name), name);
    }
}

#[test]
fn every_code_is_well_formed_and_used_once_and_every_class_known() {
    let mut codes = Vec::new();
    for ingredient in table::ingredients() {
        let written = ingredient.classes.split(',').filter(|code| !code.is_empty()).count();
        assert_eq!(ingredient.classes().count(), written, "{}", ingredient.name);
        codes.extend(ingredient.rxnorm);
    }
    assert!(codes.len() >= 300);
    assert!(codes.iter().all(|code| (3..=7).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())));
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
    for (brand, names) in rows(table::BRAND) {
        assert_eq!(Drug::named(brand).unwrap().ingredients.len(), names.split('+').count(), "{brand}");
    }
}

#[test]
fn a_drug_is_known_by_all_its_names() {
    let amoxicillin = Ingredient::named("Amoxicillin").unwrap();
    assert_eq!(amoxicillin.rxnorm(), Some("723"));
    assert!(amoxicillin.is(Class::Penicillin));
    for name in ["amoxicillin", "Amoxicilina", "amox", "Amoxil", "amoxicillin 500 mg capsules", "AMOXICILIN"] {
        assert_eq!(Drug::named(name).unwrap().rxnorm(), Some("723"), "{name}");
    }
    for name in ["paracetamol", "acetaminofén", "Tylenol", "panadol", "tilenol"] {
        assert_eq!(Drug::named(name).unwrap().ingredients[0].name(), "acetaminophen", "{name}");
    }
    assert_eq!(Drug::named("adrenalina").unwrap().name, "epinephrine");
    assert_eq!(Drug::named("bed rest"), None);
}

#[test]
fn a_combination_has_all_its_ingredients_and_no_single_code() {
    let augmentin = Drug::named("Augmentin").unwrap();
    assert_eq!((augmentin.name.as_str(), augmentin.known_as), ("augmentin", KnownAs::Brand));
    assert_eq!(augmentin.ingredients.iter().map(|own| own.name()).collect::<Vec<_>>(), ["amoxicillin", "clavulanate"]);
    assert_eq!(augmentin.classes, [Class::Penicillin, Class::BetaLactamaseInhibitor]);
    assert_eq!(augmentin.rxnorm(), None);
    for written in ["amoxicillin-clavulanate", "amoxicillin/clavulanate", "amoxicillin + clavulanic acid"] {
        let drug = Drug::named(written).unwrap();
        assert_eq!(
            (drug.name.as_str(), drug.ingredients),
            ("amoxicillin-clavulanate", augmentin.ingredients.clone()),
            "{written}"
        );
    }
    assert_eq!(Drug::find(&Text::read("metformin, lisinopril and aspirin")).len(), 3);
}

#[test]
fn drugs_are_found_where_they_stand() {
    let text = "Le receté Ibuprofeno; take the metformin, a baby aspirin and one of the statins. Pen on the table.";
    let found: Vec<_> = Drug::find(&Text::read(text))
        .into_iter()
        .map(|found| format!("{}: {} {}", found.span.of(text), found.drug.name, found.drug.known_as.rule()))
        .collect();
    insta::assert_debug_snapshot!(found, @r#"
    [
        "Ibuprofeno: ibuprofen drug.misspelling",
        "metformin: metformin drug.ingredient",
        "aspirin: aspirin drug.ingredient",
        "statins: statin drug.class",
    ]
    "#);
}

#[test]
fn a_class_has_classes_and_no_ingredients() {
    let nsaids = Drug::named("NSAIDs").unwrap();
    assert_eq!((nsaids.classes.as_slice(), nsaids.ingredients.len()), ([Class::Nsaid].as_slice(), 0));
    assert_eq!(Drug::named("pen").unwrap().classes, [Class::Penicillin]);
    assert_eq!(Drug::named("AINEs").unwrap().classes, [Class::Nsaid]);
}
