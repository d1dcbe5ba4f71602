import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { Failure } from "./failure.ts";
import { copyDataFolder, draftOf, removeDraft } from "./serve/backup.ts";
import { packTar } from "./serve/tar.ts";

const usage = `
Usage: npm run backup -- --to backups/2026-11-27.tar [--data ./data]

Copies the data folder of npm run serve, which may run meanwhile: sessions, reactions, accounts, talks, decks, recaps
and secrets. Whoever has the copy can host every session in it: keep it as safe as the folder itself.

  --to     a file that ends with .tar, or a folder; it must not be there yet
  --data   the data folder; ./data when left out
`;

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: { to: { type: "string" }, data: { type: "string", default: "data" } },
  });
  if (!values.to) throw new Failure("Where to? For example: npm run backup -- --to backups/2026-11-27.tar");
  const target = resolve(values.to);
  if (existsSync(target))
    throw new Failure(`${target} is there already, and stays as it is. Choose another name.`);
  const isTar = target.endsWith(".tar");
  await mkdir(dirname(target), { recursive: true });
  const draft = draftOf(target);
  try {
    await copyDataFolder(resolve(values.data), draft);
    if (isTar) {
      await packTar(draft, `${draft}.tar`);
      await rename(`${draft}.tar`, target);
    } else {
      await rename(draft, target);
    }
  } finally {
    await removeDraft(draft);
    await removeDraft(`${draft}.tar`);
  }
  console.log(`Copied to ${target}.`);
});
