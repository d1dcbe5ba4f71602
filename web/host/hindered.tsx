import { host } from "../words/en.ts";
import { getNamedAddress, type Hindrance } from "./passkey.ts";

const words = host.passkey.hindrances;

interface Props {
  readonly hindrance: Hindrance;
  /** A one-time link's secret, which is to be used at the other address, too. */
  readonly link?: string | undefined;
}

/** Why there are no passkeys here, and where there are. */
export function Hindered({ hindrance, link }: Props) {
  const named = getNamedAddress(location);
  return (
    <p class="aside soft">
      {words[hindrance]}{" "}
      {named !== undefined && (
        <a href={link === undefined ? named : `${named}#link=${link}`}>
          {words.elsewhere(new URL(named).origin)}
        </a>
      )}
    </p>
  );
}
