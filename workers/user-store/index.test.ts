import { env, exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { PersonRecord } from "../lib/record.ts";
import { testRecords } from "../lib/test-records.ts";

const { nameSession, createRecord, put } = testRecords({
  role: "user",
  fetch: (url, init) => exports.default.fetch(url, init),
  list: async (session) => {
    const { keys } = await env.USER_KV.list({ prefix: `${session}/` });
    return keys.map(({ metadata }) => PersonRecord.parse(metadata));
  },
});

test("the key of a record tells it to whoever lists the keys", async () => {
  const record = createRecord(nameSession(), 1);
  await put(record);
  expect(await env.USER_KV.get(`${record.session}/${record.participant}`, "json")).toEqual(record);
});
