import { readFile } from "node:fs/promises";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { METRICS_DATASETS } from "./metrics.ts";
import { readWorkers } from "./workers.ts";

const LINES = /^# (\[\[(?:env\.[\w-]+\.)?analytics_engine_datasets\]\]|binding = "METRICS"|dataset = .*)$/gm;

test("the lines of every wrangler file, without their #, bind what `npm run deploy -- --metrics` does", async () => {
  for (const { name, config, environment } of readWorkers()) {
    const plain = parse((await readFile(config, "utf8")).replace(LINES, "$1"));
    const settings = environment === undefined ? plain : Object(plain.env)[environment];
    expect([name, settings.analytics_engine_datasets]).toEqual([name, METRICS_DATASETS]);
  }
});
