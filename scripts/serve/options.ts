import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { SignUpMode } from "../../shared/protocol/host/account.schema.ts";
import { Failure } from "../failure.ts";

/** An address, or a network in CIDR notation. */
const Network = z.string().refine((text) => {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}, "takes addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8");

const PublicUrl = z
  .string()
  .refine((text) => {
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
    const { pathname, search, hash, username } = new URL(text);
    return pathname === "/" && search === "" && hash === "" && username === "";
  }, "takes scheme and name alone, such as https://talks.example.org: revint has a name of its own, and no path")
  .transform((text) => new URL(text).origin);

const Options = z
  .strictObject({
    port: z
      .string()
      .regex(/^\d{1,5}$/, "takes a number from 0 to 65535; 0 is any free port")
      .transform(Number)
      .refine((port) => port <= 65535, "takes a number from 0 to 65535; 0 is any free port"),
    host: z.string().min(1, "takes an address of this machine, or 0.0.0.0 for all of them"),
    data: z
      .string()
      .min(1, "takes a folder")
      .transform((folder) => resolve(folder)),
    "tls-cert": z.string().min(1, "takes a file").optional(),
    "tls-key": z.string().min(1, "takes a file").optional(),
    "public-url": PublicUrl.optional(),
    "trust-proxy": z
      .string()
      .default("")
      .transform((text) => text.split(",").filter((network) => network !== ""))
      .pipe(z.array(Network)),
    "sign-up": SignUpMode,
    grace: z
      .string()
      .regex(/^\d{1,3}$/, "takes seconds, 999 at most")
      .transform(Number),
    build: z.boolean(),
  })
  .refine((options) => (options["tls-cert"] === undefined) === (options["tls-key"] === undefined), {
    path: ["tls-cert"],
    message: "and --tls-key go together: the certificate with its chain, and its private key, both PEM",
  });

/** What `npm run serve` is told. */
export type ServeOptions = z.output<typeof Options>;

/** @throws Failure that names each wrong option and what it takes; what `parseArgs` throws for one that there is not */
export function readServeOptions(args: readonly string[]): ServeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "8787" },
      host: { type: "string", default: "127.0.0.1" },
      data: { type: "string", default: "data" },
      "tls-cert": { type: "string" },
      "tls-key": { type: "string" },
      "public-url": { type: "string" },
      "trust-proxy": { type: "string" },
      "sign-up": { type: "string", default: "invited" },
      grace: { type: "string", default: "5" },
      build: { type: "boolean", default: false },
    },
  });
  const result = Options.safeParse(values);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `--${String(path[0] ?? "")} ${message}`);
  throw new Failure(lines.join("\n"));
}
