// The language of the pages, kept in a cookie of the device; another one is a full load.
import { useEffect, useState } from "react";
import { pageLanguage } from "./i18n.js";

const COOKIE = "fintrack_language";
const YEAR_SECONDS = 31536000;

function speak(language) {
  const kept = `${COOKIE}=${encodeURIComponent(language)}`;
  const isKept = () => document.cookie.split("; ").includes(kept);
  if (isKept()) return;
  document.cookie = `${kept};path=/;max-age=${YEAR_SECONDS};samesite=lax`;
  // Cookies can be forbidden; then no reload helps.
  if (isKept() && language !== pageLanguage) location.reload();
}

// The signed-in person's language is the device's: another person may have used it before, or chosen at the door.
export function LanguageKeeper({ language }) {
  useEffect(() => {
    if (language) speak(language);
  }, [language]);
  return null;
}

// For somebody who is not signed in. Each language is named in itself.
export function LanguageSwitch({ label, choices }) {
  const [present, setPresent] = useState(""); // The page is prerendered before its reader is known.
  useEffect(() => {
    setPresent(pageLanguage);
  }, []);
  return (
    <div className="languages" role="group" aria-label={label}>
      {choices.map(({ code, name }) => (
        <button key={code} type="button" lang={code} aria-pressed={code === present} onClick={() => speak(code)}>
          {name}
        </button>
      ))}
    </div>
  );
}
