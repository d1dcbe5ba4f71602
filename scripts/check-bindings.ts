import { checkBindings } from "./bindings.ts";
import { runCommand } from "./command.ts";

const usage = `
Usage: node scripts/check-bindings.ts

Compares what each Worker's code reads of its environment with what its wrangler file binds, both ways.
`;

await runCommand(usage, async () => checkBindings());
