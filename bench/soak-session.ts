import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { type CrowdOptions, CrowdReport, CrowdSample } from "./crowd.ts";
import { getMostPipes } from "./machine.ts";
import type { BenchSession, Participant, Revint } from "./revint.ts";

/** For coming in and for the last acks. */
const MOST_EXTRA_MS = 180_000;

/** So many have one among them whose network breaks sockets. */
const ONE_IN = 100;

/** How large, how long. */
export interface SoakOptions {
  readonly people: number;
  readonly seconds: number;
  readonly tapEverySeconds: number;
  readonly slideEverySeconds: number;
  readonly dropsPerMinute: number;
}

/** As many as this machine can connect, up to ten thousand. */
export const FULL_SOAK: SoakOptions = {
  people: Math.min(10_000, getMostPipes()),
  seconds: 600,
  tapEverySeconds: 10,
  slideEverySeconds: 20,
  dropsPerMinute: 0.05,
};

/** A moment, and what workerd took of the machine. */
export const SoakSample = CrowdSample.extend({
  /** Share of one core. */
  cpu: z.number().or(z.nan()),
  residentMib: z.number().or(z.nan()),
});
export type SoakSample = z.infer<typeof SoakSample>;

export const SoakResult = CrowdReport.omit({ acked: true, samples: true }).extend({
  people: z.number(),
  seconds: z.number(),
  acked: z.number(),
  /** Acked, but not in the ledger. */
  lost: z.number(),
  /** In the ledger more than once. */
  double: z.number(),
  ledgerTotal: z.number(),
  samples: z.array(SoakSample),
});
export type SoakResult = z.infer<typeof SoakResult>;

const FromCrowd = z.union([
  z.object({ sample: CrowdSample }),
  z.object({ report: CrowdReport }),
  z.object({ error: z.string() }),
]);

/** Runs a crowd against one session, and then asks the ledgers what they really kept. */
export async function soak(
  revint: Revint,
  options: SoakOptions,
  onSample: (sample: SoakSample) => void = () => {},
): Promise<SoakResult> {
  const session = await revint.host({ expectedAudience: options.people });
  const people = await session.join(options.people);
  const samples: SoakSample[] = [];
  let last = { at: performance.now(), cpuSeconds: (await revint.workerd.usage()).cpuSeconds };
  const report = await runCrowd(describeCrowd(session, people, options), async (sample) => {
    const { cpuSeconds, residentKib } = await revint.workerd.usage();
    const at = performance.now();
    const cpu = (cpuSeconds - last.cpuSeconds) / ((at - last.at) / 1000);
    last = { at, cpuSeconds };
    samples.push({ ...sample, cpu, residentMib: residentKib / 1024 });
    onSample({ ...sample, cpu, residentMib: residentKib / 1024 });
  });

  const times = new Map<string, number>();
  for (const { id } of await session.entries(people)) times.set(id, (times.get(id) ?? 0) + 1);
  const { acked, samples: _, ...figures } = report;
  return {
    ...figures,
    people: options.people,
    seconds: options.seconds,
    acked: acked.length,
    lost: acked.filter((id) => !times.has(id)).length,
    double: [...times.values()].filter((count) => count > 1).length,
    ledgerTotal: (await session.totals()).total,
    samples,
  };
}

function describeCrowd(
  session: BenchSession,
  people: readonly Participant[],
  { people: _, ...options }: SoakOptions,
): CrowdOptions {
  return {
    port: session.revint.port,
    host: session.pipe(session.host),
    people: people.map((person, index) =>
      index % ONE_IN === ONE_IN - 1 ? describeSeat(session, person) : session.pipe(person),
    ),
    slideRequest: JSON.stringify(session.setState("SLIDE", "{}")),
    ...options,
  };
}

/** Without a pipe: events, and reactions over HTTP. */
const describeSeat = (session: BenchSession, person: Participant) => ({
  events: session.events(person),
  react: session.react(person, "", ""),
});

function runCrowd(options: CrowdOptions, onSample: (sample: CrowdSample) => void): Promise<CrowdReport> {
  const path = fileURLToPath(new URL("crowd-process.ts", import.meta.url));
  const child = fork(path, { serialization: "advanced", execArgv: ["--max-old-space-size=6144"] });
  let timer: NodeJS.Timeout | undefined;
  return new Promise<CrowdReport>((resolve, reject) => {
    child.on("message", (message) => {
      const { data: said, error } = FromCrowd.safeParse(message);
      if (error) reject(error);
      else if ("sample" in said) onSample(said.sample);
      else if ("report" in said) resolve(said.report);
      else reject(new Error(said.error));
    });
    child.on("exit", () => reject(new Error("the crowd's process ended")));
    const most = options.seconds * 1000 + MOST_EXTRA_MS;
    timer = setTimeout(() => reject(new Error("the crowd did not end in time")), most);
    child.send(options);
  }).finally(() => {
    clearTimeout(timer);
    child.kill("SIGKILL");
  });
}
