import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { Failure } from "./failure.ts";
import { MANIFEST, Manifest, removeDraft } from "./serve/backup.ts";
import { checkFormat } from "./serve/data-folder.ts";
import { unpackTar } from "./serve/tar.ts";

const usage = `
Usage: npm run restore -- --from backups/2026-11-27.tar [--data ./data]

Makes a data folder of a backup. Then npm run serve goes on where the backup was made.

  --from   what npm run backup has made
  --data   the data folder; ./data when left out. It must be empty, or not be there.
`;

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: { from: { type: "string" }, data: { type: "string", default: "data" } },
  });
  if (!values.from)
    throw new Failure("From what? For example: npm run restore -- --from backups/2026-11-27.tar");
  const source = resolve(values.from);
  const data = resolve(values.data);
  if (existsSync(data) && readdirSync(data).length > 0) {
    throw new Failure(
      `${data} is not empty, and stays as it is. Move it away, or choose another folder: --data`,
    );
  }
  const kind = await stat(source).catch(() => undefined);
  if (kind === undefined) throw new Failure(`There is no ${source}.`);
  const isNew = (await mkdir(data, { recursive: true, mode: 0o700 })) !== undefined;
  // Inside: the folder itself may be where a disk is mounted.
  const draft = join(data, ".restored");
  try {
    await mkdir(draft, { mode: 0o700 });
    if (kind.isDirectory()) await cp(source, draft, { recursive: true });
    else await unpackTar(source, draft);
    const { madeAt } = await readManifest(draft, source);
    await checkFormat(draft);
    for (const name of await readdir(draft)) await rename(join(draft, name), join(data, name));
    console.log(`${data} is as it was at ${madeAt}. Next: npm run serve -- --data ${values.data}`);
  } catch (error) {
    if (isNew) await removeDraft(data);
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
});

async function readManifest(folder: string, source: string) {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => "");
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    throw new Failure(`${source} is no whole backup: make one with npm run backup.`);
  }
}
