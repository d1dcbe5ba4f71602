import type { Place } from "../shared/links.ts";
import { getAddress, lanUrl, localUrl } from "./address.ts";
import { Failure } from "./failure.ts";
import { getRunningAddress } from "./state-folder.ts";

/** Where the links of a token lead. */
export interface TokenPlace extends Place {
  /** It was named, and is not just where `npm start` listens. */
  readonly isGiven: boolean;
  /** It runs with this computer's `.dev.vars`: a deployment is always reached over https. */
  readonly isHere: boolean;
}

/**
 * @param url where a deployment is; left out, where `npm start` listens, or would
 * @throws Failure when it is no address
 */
export async function getPlace(url: string | undefined): Promise<TokenPlace> {
  if (url === undefined) {
    const address = (await getRunningAddress()) ?? getAddress(process.env);
    const hostUrl = localUrl(address);
    return { hostUrl, audienceUrl: lanUrl(address) ?? hostUrl, isGiven: false, isHere: true };
  }
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new Failure(
      `--url takes the address of a deployment, such as https://revint-api.example.workers.dev, not "${url}".`,
    );
  }
  const { origin, protocol } = new URL(url);
  return { hostUrl: origin, audienceUrl: origin, isGiven: true, isHere: protocol === "http:" };
}
