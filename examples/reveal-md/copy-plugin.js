import { cpSync } from "node:fs";

// reveal-md takes along what lies beside the slides, and nothing from node_modules.
cpSync(new URL(".", import.meta.resolve("revint/plugin")), "revint", { recursive: true });
