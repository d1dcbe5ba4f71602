import { useEffect, useState } from "hono/jsx/dom";
import type { RecapStatus } from "../../shared/protocol/recap.ts";
import { toRevintError } from "../client/error.ts";
import { common, recap as words } from "../words/en.ts";
import { Problem } from "./problem.tsx";
import { getRecap, makeRecap, nameRecapProblem, recapPath } from "./recap-service.ts";
import type { Pass } from "./service.ts";

interface Props {
  readonly pass: Pass;
  /** Only the host can have one made; who else hosts can read it. */
  readonly isHost: boolean;
}

/** What a host is offered when the talk is over: the recap made in one press, or the way to it. */
export function RecapOffer({ pass, isHost }: Props) {
  const [status, setStatus] = useState<RecapStatus | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const [isMaking, setMaking] = useState(false);
  const read = () => {
    setProblem("");
    getRecap(pass).then(setStatus, (thrown: unknown) => setProblem(nameRecapProblem(toRevintError(thrown))));
  };
  useEffect(read, []);
  const make = () => {
    setMaking(true);
    setProblem("");
    makeRecap(pass).then(
      () => location.assign(recapPath(pass.sessionUid)),
      (thrown: unknown) => {
        setMaking(false);
        setProblem(nameRecapProblem(toRevintError(thrown)));
      },
    );
  };
  const isThere = status !== undefined && status.status !== "none";
  return (
    <div class="recap-offer">
      <p class="soft" role="status">
        {isMaking
          ? words.offer.making
          : status
            ? isThere
              ? words.state(status)
              : isHost
                ? words.offer.text
                : words.none.forCoHosts
            : problem === "" && words.offer.reading}
      </p>
      <Problem>{problem}</Problem>
      {isThere && (
        <a class="button" href={recapPath(pass.sessionUid)}>
          {words.offer.open}
        </a>
      )}
      {status && !isThere && isHost && (
        <button type="button" class="primary" disabled={isMaking} onClick={make}>
          {words.offer.make}
        </button>
      )}
      {!status && problem !== "" && (
        <button type="button" onClick={read}>
          {common.tryAgain}
        </button>
      )}
    </div>
  );
}
