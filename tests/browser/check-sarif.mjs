#!/usr/bin/env node
// check-sarif.mjs FILE...: holds each log to the JSON schema of SARIF 2.1.0 and says where it
// departs from it, one line a fault. Exit 0: nothing; 1: faults; 2: the checker could not run.
// NODE_MODULES_ROOT names the folder that holds node_modules.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

try {
  const require = createRequire(path.resolve(process.env.NODE_MODULES_ROOT ?? ".") + "/");
  const Ajv = require("ajv");
  const ajv = new Ajv({ schemaId: "id", meta: false, allErrors: true, unknownFormats: "ignore" });
  ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
  const folder = path.dirname(require.resolve("@microsoft/jest-sarif"));
  const schema = path.join(folder, "schemas", "sarif-2.1.0-rtm.5.json");
  const valid = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8")));
  let faults = 0;
  for (const file of process.argv.slice(2)) {
    if (!valid(JSON.parse(fs.readFileSync(file, "utf8")))) {
      for (const error of valid.errors) {
        faults += 1;
        console.log(`${path.basename(file)}: ${error.dataPath || "the log"} ${error.message}`);
      }
    }
  }
  process.exit(faults > 0 ? 1 : 0);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
