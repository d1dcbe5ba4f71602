import { menu, tag } from "../../words/en/language.ts";
import { keepLanguage, readOffer } from "./offer.ts";

/** This page in another language, each by its own name. Where there is one alone, nothing. */
export function LanguageMenu() {
  const offered = Object.entries(readOffer());
  if (offered.length < 2) return null;
  return (
    <label class="language">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="9" />
        <path d="M3 12h18M12 3c-6 6-6 12 0 18M12 3c6 6 6 12 0 18" />
      </svg>
      <span class="language-name" aria-hidden="true">
        {readOffer()[tag]?.name}
      </span>
      <select aria-label={menu} onChange={change}>
        {offered.map(([other, { name }]) => (
          <option key={other} value={other} lang={other} selected={other === tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The page comes anew: what it was doing, it takes up again, as after any reload. */
function change({ target }: Event): void {
  if (!(target instanceof HTMLSelectElement)) return;
  keepLanguage(target.value);
  const address = new URL(location.href);
  if (!address.searchParams.has("language")) {
    location.reload();
    return;
  }
  // What the address says would go before what was chosen.
  address.searchParams.delete("language");
  location.replace(address);
}
