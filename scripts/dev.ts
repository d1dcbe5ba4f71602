import { parseArgs } from "node:util";
import { checkAddress, checkPort, getAddress, lanUrl, localUrl } from "./address.ts";
import { runCommand } from "./command.ts";
import { openDemo } from "./demo-session.ts";
import { writeDevConfigs } from "./dev-configs.ts";
import { prepareDevSecrets } from "./dev-secrets.ts";
import { DevServer } from "./dev-server.ts";
import { Failure } from "./failure.ts";
import { prepareLocalHosts } from "./local-hosts.ts";
import { fireAt, runSchedule } from "./schedule.ts";
import { claimStateFolder } from "./state-folder.ts";
import { welcome } from "./welcome.ts";

const usage = `
Usage: npm start
       PORT=8788 HOST=0.0.0.0 npm start

Runs all Workers on this computer. The first run makes a development key and secrets
(.keys/dev.*.pem, .dev.vars); the key of npm run keys is accepted too. Sessions, accounts, talks and decks are
kept in .wrangler/state; everybody who reaches it may sign up.

  PORT   8787 when left out
  HOST   127.0.0.1 when left out: only this computer. 0.0.0.0 lets the phones in your network in.
`;

/** Always the same name, so that starting again on the same day resumes the same session. */
const DEMO = "revint demo";

await runCommand(usage, async (args) => {
  parseArgs({ args, options: {} });
  const address = getAddress(process.env);
  await checkAddress(address);
  await checkPort(address);
  const stateFolder = await claimStateFolder(address);
  await prepareDevSecrets();
  const [configs, entrance] = await Promise.all([writeDevConfigs(), prepareLocalHosts(stateFolder)]);
  const server = new DevServer(address, configs, stateFolder);
  let isUnwanted = false;
  const end = () => {
    isUnwanted = true;
    server.stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  if (process.env.npm_lifecycle_event !== undefined) onOrphaned(end);

  const welcoming = server.ready().then(async (isReady) => {
    if (!isReady) return;
    const local = localUrl(address);
    const demo = await openDemo(local, lanUrl(address) ?? local, DEMO);
    console.log(welcome(address, stateFolder, demo, entrance));
    runSchedule(fireAt(local));
  });
  welcoming.catch(() => server.stop());

  if (!(await server.ended())) throw new Failure("wrangler ended by itself; what it said is above.");
  // A welcome that was cut off by whoever ended it is nothing to tell.
  if (!isUnwanted) await welcoming;
});

/**
 * npm runs us in a shell, and a SIGTERM for npm ends that shell but never reaches us:
 * when the shell is gone, so is whoever wanted us to run.
 */
function onOrphaned(listener: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    listener();
  }, 500);
  watch.unref();
}
