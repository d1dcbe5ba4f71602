interface Props<Name extends string> {
  readonly label: string;
  readonly options: readonly { readonly name: Name; readonly text: string }[];
  readonly chosen: Name;
  readonly isBusy?: boolean;
  readonly onChoose: (name: Name) => void;
}

/** One of a few, side by side. */
export const Choice = <Name extends string>({ label, options, chosen, isBusy, onChoose }: Props<Name>) => (
  <fieldset class="choice" aria-label={label}>
    {options.map(({ name, text }) => (
      <button
        key={name}
        type="button"
        class="small"
        aria-pressed={name === chosen ? "true" : "false"}
        disabled={isBusy ?? false}
        onClick={() => onChoose(name)}
      >
        {text}
      </button>
    ))}
  </fieldset>
);
