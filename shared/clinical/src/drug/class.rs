//! What drugs have in common.

use serde::{Deserialize, Serialize};

/// A class of drugs: what they are or what they do. A drug may belong to several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// ACE inhibitors.
    AceInhibitor,
    /// Alkylating drugs.
    Alkylating,
    /// Allylamine antifungals.
    Allylamine,
    /// Alpha blockers.
    AlphaBlocker,
    /// Aminoglycosides.
    Aminoglycoside,
    /// Androgens.
    Androgen,
    /// Antacids.
    Antacid,
    /// Anthelmintics.
    Anthelmintic,
    /// Anthracyclines.
    Anthracycline,
    /// Antiarrhythmics.
    Antiarrhythmic,
    /// Anticonvulsants.
    Anticonvulsant,
    /// Antidiarrheals.
    Antidiarrheal,
    /// Histamine-1 blockers.
    Antihistamine,
    /// Antimalarials.
    Antimalarial,
    /// Antimetabolites.
    Antimetabolite,
    /// Antimuscarinics.
    Antimuscarinic,
    /// Antimycobacterials.
    Antimycobacterial,
    /// Antiseptics.
    Antiseptic,
    /// Antithyroid drugs.
    Antithyroid,
    /// Cough suppressants.
    Antitussive,
    /// Angiotensin II receptor blockers.
    Arb,
    /// Aromatase inhibitors.
    AromataseInhibitor,
    /// Anticonvulsants with an aromatic ring, which share a hypersensitivity syndrome.
    AromaticAnticonvulsant,
    /// Atypical antipsychotics.
    AtypicalAntipsychotic,
    /// Azole antifungals.
    AzoleAntifungal,
    /// Barbiturates.
    Barbiturate,
    /// Benzodiazepines.
    Benzodiazepine,
    /// Beta-2 agonists.
    Beta2Agonist,
    /// Beta blockers.
    BetaBlocker,
    /// Beta-lactamase inhibitors.
    BetaLactamaseInhibitor,
    /// Biguanides.
    Biguanide,
    /// Bile acid sequestrants.
    BileAcidSequestrant,
    /// Bisphosphonates.
    Bisphosphonate,
    /// Calcium channel blockers.
    CalciumChannelBlocker,
    /// Carbapenems.
    Carbapenem,
    /// Carbonic anhydrase inhibitors.
    CarbonicAnhydraseInhibitor,
    /// Cardiac glycosides.
    CardiacGlycoside,
    /// Central alpha agonists.
    CentralAlphaAgonist,
    /// Cephalosporins.
    Cephalosporin,
    /// Cholinesterase inhibitors.
    CholinesteraseInhibitor,
    /// Gadolinium contrast for magnetic resonance.
    ContrastGadolinium,
    /// Iodinated contrast for X-rays.
    ContrastIodinated,
    /// Corticosteroids.
    Corticosteroid,
    /// Decongestants.
    Decongestant,
    /// Dopamine agonists.
    DopamineAgonist,
    /// DPP-4 inhibitors.
    Dpp4Inhibitor,
    /// Echinocandins.
    Echinocandin,
    /// Ergot alkaloids.
    Ergot,
    /// Erythropoietins.
    Erythropoietin,
    /// Estrogens.
    Estrogen,
    /// Expectorants.
    Expectorant,
    /// Factor Xa inhibitors.
    FactorXaInhibitor,
    /// Fibrates.
    Fibrate,
    /// 5-alpha-reductase inhibitors.
    FiveAlphaReductaseInhibitor,
    /// Fluoroquinolones.
    Fluoroquinolone,
    /// General anesthetics.
    GeneralAnesthetic,
    /// Glinides.
    Glinide,
    /// GLP-1 agonists.
    Glp1Agonist,
    /// Glycopeptides.
    Glycopeptide,
    /// Histamine-2 blockers.
    H2Blocker,
    /// Heparin and its fragments.
    Heparin,
    /// Drugs against hepatitis C.
    HepatitisCAntiviral,
    /// Drugs against HIV.
    HivAntiretroviral,
    /// Immunosuppressants.
    Immunosuppressant,
    /// Insulins.
    Insulin,
    /// Iron.
    Iron,
    /// Kinase inhibitors.
    KinaseInhibitor,
    /// Laxatives.
    Laxative,
    /// Leukotriene antagonists.
    LeukotrieneAntagonist,
    /// Lincosamides.
    Lincosamide,
    /// Amide local anesthetics.
    LocalAnestheticAmide,
    /// Ester local anesthetics.
    LocalAnestheticEster,
    /// Loop diuretics.
    LoopDiuretic,
    /// Macrolides.
    Macrolide,
    /// Monoamine oxidase inhibitors.
    Maoi,
    /// Methylxanthines.
    Methylxanthine,
    /// Calcium, magnesium, zinc.
    Mineral,
    /// Monobactams.
    Monobactam,
    /// Monoclonal antibodies.
    MonoclonalAntibody,
    /// Muscle relaxants.
    MuscleRelaxant,
    /// Neuraminidase inhibitors.
    NeuraminidaseInhibitor,
    /// Neuromuscular blockers.
    NeuromuscularBlocker,
    /// Nitrates.
    Nitrate,
    /// Nitrofurans.
    Nitrofuran,
    /// Nitroimidazoles.
    Nitroimidazole,
    /// Nonsteroidal anti-inflammatory drugs, aspirin among them.
    Nsaid,
    /// Nucleosides against herpes viruses.
    NucleosideAntiviral,
    /// Opioids.
    Opioid,
    /// Opioid antagonists.
    OpioidAntagonist,
    /// Opioids with the structure of morphine: codeine, hydrocodone, oxycodone and their kin.
    OpioidPhenanthrene,
    /// Oxazolidinones.
    Oxazolidinone,
    /// PCSK9 inhibitors.
    Pcsk9Inhibitor,
    /// PDE-5 inhibitors.
    Pde5Inhibitor,
    /// Penicillins.
    Penicillin,
    /// Phenothiazines.
    Phenothiazine,
    /// Platelet inhibitors.
    PlateletInhibitor,
    /// Platinum drugs.
    Platinum,
    /// Polyene antifungals.
    PolyeneAntifungal,
    /// Polymyxins.
    Polymyxin,
    /// Potassium salts.
    PotassiumSalt,
    /// Potassium-sparing diuretics, aldosterone antagonists among them.
    PotassiumSparingDiuretic,
    /// Progestins.
    Progestin,
    /// Prostaglandins.
    ProstaglandinAnalog,
    /// Proton pump inhibitors.
    ProtonPumpInhibitor,
    /// Retinoids.
    Retinoid,
    /// Rifamycins.
    Rifamycin,
    /// Salicylates.
    Salicylate,
    /// 5-HT3 antagonists against nausea.
    SerotoninAntiemetic,
    /// SGLT2 inhibitors.
    Sglt2Inhibitor,
    /// Serotonin and norepinephrine reuptake inhibitors.
    Snri,
    /// Selective serotonin reuptake inhibitors.
    Ssri,
    /// Statins.
    Statin,
    /// Stimulants of the central nervous system.
    Stimulant,
    /// Sulfonamides with an arylamine: the antibiotics, and sulfasalazine.
    SulfonamideAntibiotic,
    /// Sulfonamides without an arylamine: diuretics, celecoxib and others.
    SulfonamideNonAntibiotic,
    /// Sulfonylureas.
    Sulfonylurea,
    /// Taxanes.
    Taxane,
    /// Tetracyclines.
    Tetracycline,
    /// Thiazides and thiazide-like diuretics.
    Thiazide,
    /// Thiazolidinediones.
    Thiazolidinedione,
    /// Thrombin inhibitors.
    ThrombinInhibitor,
    /// Thyroid hormones.
    ThyroidHormone,
    /// TNF blockers.
    TnfBlocker,
    /// Tricyclic antidepressants.
    Tricyclic,
    /// Triptans.
    Triptan,
    /// Typical antipsychotics.
    TypicalAntipsychotic,
    /// Vaccines.
    Vaccine,
    /// Vasodilators.
    Vasodilator,
    /// Vinca alkaloids.
    Vinca,
    /// Vitamins.
    Vitamin,
    /// Vitamin K antagonists.
    VitaminKAntagonist,
    /// Xanthine oxidase inhibitors.
    XanthineOxidaseInhibitor,
    /// Zolpidem and its kin.
    ZDrug,
}
