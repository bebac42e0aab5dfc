"""Validates a folder of FHIR R4 resources with the models of fhir.resources (R4B, in which the types that are issued are those of
R4): fhir_checks.py FOLDER. What a model says is compared with what was written, so that nothing is silently dropped."""
import json
import pathlib
import sys

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.riskassessment import RiskAssessment

MODELS = {"Bundle": Bundle, "Observation": Observation, "RiskAssessment": RiskAssessment}


def faults(resource):
    """What the model says against a resource."""
    model = MODELS.get(resource.get("resourceType"))
    if model is None:
        return ["no type that is issued"]
    try:
        read = model.model_validate_json(json.dumps(resource))
    except ValueError as error:
        return str(error).splitlines()[:4]
    kept = json.loads(read.model_dump_json())
    return [] if kept.keys() == resource.keys() else [f"{resource.keys() ^ kept.keys()} were dropped"]


def main():
    good = {
        "resourceType": "Observation", "id": "obs-1", "status": "final", "code": {"text": "Symptom"},
        "subject": {"reference": "Patient/patient-123"}, "valueString": "cough",
    }
    assert faults(good) == [], faults(good)
    mutants = [{"id": "obs_1"}, {"valueBoolean": True}, {"extra": 1}, {"valueString": ""}, {"code": None}, {"effectiveDateTime": "today"}]
    for mutant in mutants:
        assert faults(good | mutant), f"nothing is said against {mutant}"
    resources, wrong = 0, []
    for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        bundle = json.loads(file.read_text())
        for resource in [bundle] + [entry["resource"] for entry in bundle["entry"]]:
            resources += 1
            wrong += [f"{file.name} {resource['resourceType']}/{resource['id']}: {fault}" for fault in faults(resource)]
    print(f"{resources} resources, {len(wrong)} faults by fhir.resources")
    print("\n".join(wrong[:50]), end="\n" if wrong else "", file=sys.stderr)
    sys.exit(1 if wrong or resources == 0 else 0)


main()
