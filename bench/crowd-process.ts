import { Crowd, CrowdOptions } from "./crowd.ts";

/** The crowd in a process of its own: its samples as they come, its report at the end. */
process.once("message", async (message) => {
  try {
    const crowd = new Crowd(CrowdOptions.parse(message), (sample) => process.send?.({ sample }));
    process.send?.({ report: await crowd.run() });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) });
  }
});
process.on("disconnect", () => process.exit());
