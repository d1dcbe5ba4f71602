import { readBundles } from "../scripts/serve/bundles.ts";
import { Runtime } from "../scripts/serve/runtime.ts";
import { MortalOrder, type MortalReport, MortalSettings } from "./mortal-script.ts";

/*
 * All Workers, as one's own machine runs them, in the process that a `Mortal` kills: its settings are its argument, and it
 * tells where it is.
 */

const tell = (report: MortalReport) => process.send?.(report);

const [, , text = ""] = process.argv;
const { storage, secrets, vars } = MortalSettings.parse(JSON.parse(text));
const runtime = await Runtime.start({ bundles: await readBundles(), stateFolder: storage, secrets, vars });
process.on("message", async (message) => {
  const { cron } = MortalOrder.parse(message);
  await runtime.tick(cron).catch(() => {});
  tell({ struck: true });
});
process.on("disconnect", () => process.exit());
tell({ url: runtime.entrance.origin });
