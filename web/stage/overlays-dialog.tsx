import { useEffect, useRef } from "hono/jsx/dom";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Overlay } from "../../shared/protocol/overlay.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { nameMoment } from "../ui/duration.ts";
import { getField } from "../ui/field.ts";
import { PressTwice } from "../ui/press-twice.tsx";
import { Problem } from "../ui/problem.tsx";
import { useStore } from "../ui/use-store.ts";
import { common, stage } from "../words/en.ts";
import { type MadeOverlay, nameOverlay, type Overlays } from "./overlays.ts";

const words = stage.overlays;

interface Props {
  readonly overlays: Overlays;
}

/** Overlays for a stream: made, listed and revoked by the host. */
export function OverlaysDialog({ overlays, onClose }: Props & { onClose: () => void }) {
  const { list, made, isBusy, problem, notice } = useStore(overlays.view);
  const close = () => {
    overlays.forget();
    onClose();
  };
  return (
    <Dialog class="invitations" title={words.title} close={words.close} onClose={close}>
      <p class="soft">{words.text}</p>
      <Problem>{problem}</Problem>
      {list === undefined && isBusy && <p aria-busy="true">{words.reading}</p>}
      {list === undefined && !isBusy && (
        <button type="button" class="small" onClick={() => overlays.read()}>
          {common.tryAgain}
        </button>
      )}
      {list && <List overlays={overlays} list={list} isBusy={isBusy} />}
      <p class="soft told" role="status">
        {notice}
      </p>
      <Make overlays={overlays} isBusy={isBusy} />
      {made && <Address key={made.address} {...made} />}
    </Dialog>
  );
}

function List({ overlays, list, isBusy }: Props & { list: readonly Overlay[]; isBusy: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const revoke = async (overlay: Overlay) => {
    await overlays.revoke(overlay);
    // The button that had it is gone.
    heading.current?.focus();
  };
  return (
    <div class="invited">
      <h3 ref={heading} id="overlays" tabindex={-1}>
        {words.made}
      </h3>
      {list.length === 0 && <p class="soft">{words.none}</p>}
      <ul aria-labelledby="overlays">
        {list.map((overlay) => {
          const name = nameOverlay(overlay);
          return (
            <li key={overlay.participant}>
              <p>
                <b>
                  <bdi>{name}</bdi>
                </b>
                <br />
                <span class="soft">{words.madeAt(nameMoment(overlay.madeAt))}</span>
              </p>
              <PressTwice
                text={words.revoke}
                question={words.reallyRevoke}
                label={words.revokeOf(name)}
                questionLabel={words.reallyRevokeOf(name)}
                isBusy={isBusy}
                onPress={() => revoke(overlay)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Make({ overlays, isBusy }: Props & { isBusy: boolean }) {
  const submit = async (event: Event) => {
    event.preventDefault();
    const name = getField(event, "name");
    await overlays.add(name?.value.trim() ?? "");
    if (name && overlays.view.get().problem === undefined) name.value = "";
  };
  return (
    <form onSubmit={submit}>
      <label>
        {words.name}
        <input name="name" dir="auto" maxlength={LIMITS.nameLength} autocomplete="off" />
      </label>
      <button type="submit" disabled={isBusy}>
        {words.make}
      </button>
    </form>
  );
}

/** Shown once: it is nowhere to be had again. */
function Address({ address }: MadeOverlay) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div class="invitation">
      <h3 ref={heading} tabindex={-1}>
        {words.isMade}
      </h3>
      <p class="secret">{words.secret}</p>
      <CopyField label={words.address} text={address} />
      <ol class="steps">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
