import { expect, test } from "vitest";
import type { Flow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { placeIssue, printFlow, printFlows, readFlowText } from "./flow-text.ts";

const END: Flow = {
  id: "end",
  name: "End at six",
  on: { event: "schedule", at: "2027-03-28T18:00", zone: "Europe/Berlin" },
  if: [],
  do: [{ do: "end" }],
  enabled: true,
  failures: 3,
  offBecause: "It failed.",
  lastRun: 1,
};
const { id, failures, offBecause, lastRun, ...WRITTEN } = END;

test("what is exported can be brought along, without what became of it", () => {
  expect(readFlowText(printFlows([END, { ...END, id: "other" }]))).toEqual({
    flows: [
      { id: "end", flow: WRITTEN },
      { id: "other", flow: WRITTEN },
    ],
  });
});

test("so can one, a list of them, and what the service answers; without an id, they get one each", () => {
  const one = readFlowText(printFlow(END));
  expect(one).toEqual({ flows: [{ id: expect.stringMatching(/^flow-[0-9a-f]{16}$/), flow: WRITTEN }] });
  const two = readFlowText(JSON.stringify([WRITTEN, WRITTEN]));
  if ("problem" in two) throw new Error(two.problem);
  expect(new Set(two.flows.map((flow) => flow.id)).size).toBe(2);
  expect(readFlowText(JSON.stringify({ flows: [END] }))).toEqual({ flows: [{ id: "end", flow: WRITTEN }] });
});

test.each([
  ["", /no JSON/],
  ["{ name: 'End' }", /no JSON/],
  ["[]", /no automation/],
  ['{ "flows": [] }', /no automation/],
  ["5", /1st one is no automation/],
  ["null", /1st one is no automation/],
  ["[[]]", /1st one is no automation/],
  [JSON.stringify([WRITTEN, { name: "Nothing" }]), /2nd one is no automation/],
  [JSON.stringify({ ...WRITTEN, id: 7 }), /1st one has an “id”/],
  [JSON.stringify([END, END]), /Two have the id “end”/],
  [JSON.stringify(Array(LIMITS.flows + 1).fill(WRITTEN)), /more than 20/],
])("what is none is told in words: %s", (text, problem) => {
  expect(readFlowText(text)).toEqual({ problem: expect.stringMatching(problem) });
});

test("what is wrong in one of several names the flow, and its place in it", () => {
  const flows = [
    { id: "a", flow: { name: "First" } },
    { id: "b", flow: { name: 7 } },
  ];
  const place = (path: string) => placeIssue({ path, message: "no" }, flows);
  expect(place("flows.0.on.at")).toEqual({ which: "First", path: "on.at", message: "no" });
  expect(place("flows.1.name")).toEqual({ which: "b", path: "name", message: "no" });
  expect(place("flows.1")).toEqual({ which: "b", path: "", message: "no" });
  expect(place("flows.2.on")).toEqual({ which: undefined, path: "flows.2.on", message: "no" });
  expect(place("on.at")).toEqual({ which: undefined, path: "on.at", message: "no" });
});
