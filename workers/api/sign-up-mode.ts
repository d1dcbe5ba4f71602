import { SignUpMode } from "../../shared/protocol/host/account.schema.ts";
import { ProblemError } from "../lib/problem-error.ts";

/** Who may make an account here. @throws `not_configured` */
export function readSignUpMode({ SIGN_UP }: Pick<ApiEnv, "SIGN_UP">): SignUpMode {
  const mode = SignUpMode.safeParse(SIGN_UP);
  if (mode.success) return mode.data;
  throw new ProblemError("not_configured", "SIGN_UP has to be open, invited or closed");
}
