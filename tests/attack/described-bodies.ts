import * as fc from "fast-check";
import { PASSWORD } from "../host-browser.ts";
import { ACTIVITIES, OPEN_RULES, type Place, type Settled } from "./described-world.ts";
import { HOST_BODIES } from "./host-routes.ts";
import { ROUTES } from "./routes.ts";

const HOST = "/api/v1/host";
const SESSION = "/api/v1/session/{sessionUid}";

/** Bodies that nothing is wrong with, by their operation. */
export type KnownBodies = ReadonlyMap<string, fc.Arbitrary<unknown>>;

/** Those of every operation of which one is known. @param settled who is signed in */
export function createKnownBodies({ world }: Place, { email, link }: Settled): KnownBodies {
  const ofSessions = ROUTES.flatMap(({ method, path, body }) =>
    body ? [[`${method} ${path}`, fc.constant<unknown>(body(world))] as const] : [],
  );
  const ofHosts = Object.entries(HOST_BODIES).map(
    ([name, body]) => [name.replace(" ", ` ${HOST}/`), fc.constant<unknown>(body)] as const,
  );
  // What is there once, or fits only one of several.
  const own: readonly (readonly [string, fc.Arbitrary<unknown>])[] = [
    [`POST ${SESSION}/rules`, fc.constant(OPEN_RULES)],
    [`PUT ${SESSION}/activities/{activity}`, fc.constantFrom(...Object.values(ACTIVITIES))],
    [`PUT ${SESSION}/user/{uid}/answers/{activity}`, fc.constant({ round: 1, value: "A text" })],
    [`PUT ${SESSION}/user/{uid}/name`, fc.nat().map((number) => ({ name: `Ada ${number}` }))],
    [
      `POST ${HOST}/sign-up`,
      fc.nat().map((number) => ({ email: `eve${number}@example.org`, name: "Eve", password: PASSWORD })),
    ],
    [`POST ${HOST}/sign-in`, fc.constant({ email, password: PASSWORD })],
    [`POST ${HOST}/links`, fc.constant({ link })],
    [`POST ${HOST}/recover`, fc.constant({ link, password: PASSWORD })],
  ];
  return new Map([...ofSessions, ...ofHosts, ...own]);
}
