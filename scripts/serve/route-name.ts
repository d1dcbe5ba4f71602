/**
 * The words that paths of ours are made of (README.md, docs/protocol.md, docs/host-protocol.md). Everything else in a
 * path is somebody's, or a name.
 */
const WORDS = new Set(
  [
    "api v1 ws session healthz join j deck decks recap hook host pipe events",
    "new login user react state reactions activities status hidden answers ranking questions vote export name",
    "driver rules block unblock hosts overlays timeline end document page publish flows runs run again revoke",
    "sign-up sign-in sign-out recover links me password log browsers passkeys options admin accounts account role",
    "recovery invitations talks token from-session summary files file parts done",
    "stage results overlay demo plugin assets pdfjs",
  ].flatMap((line) => line.split(" ")),
);

/** What a path is called in the log: `/api/v1/session/:/user/:/react`. No uid, token, code or name stands in it. */
export function nameRoute(path: string): string {
  const [plain = ""] = path.split(/[?#]/, 1);
  const parts = plain.split("/").slice(1, 12);
  // The name of a file of ours says more than that it is one, and nobody's name is in it.
  const [first = ""] = parts;
  if (first === "assets" || first === "plugin" || first === "pdfjs" || first === "demo") return `/${first}/:`;
  return `/${parts.map((part) => (part === "" || WORDS.has(part) ? part : ":")).join("/")}`;
}
