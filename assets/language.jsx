// The language of the pages, kept in a cookie of the device; another one is a full load.
import { useEffect, useState } from "react";
import { pageLanguage } from "./i18n.js";

const COOKIE = "fintrack_language";
const YEAR_SECONDS = 31536000;

function choose(language) {
  if (language === pageLanguage) return;
  document.cookie = `${COOKIE}=${encodeURIComponent(language)};path=/;max-age=${YEAR_SECONDS};samesite=lax`;
  const isKept = document.cookie.includes(`${COOKIE}=${encodeURIComponent(language)}`);
  if (isKept) location.reload(); // Cookies can be forbidden; then no reload helps.
}

// Whoever is signed in reads their own language, whatever was chosen on this device before: the server's sentences
// come in it too.
export function LanguageKeeper({ language }) {
  useEffect(() => {
    if (language) choose(language);
  }, [language]);
  return null;
}

// For somebody who is not signed in. Each language is named in itself.
export function LanguageSwitch({ label, choices }) {
  const [present, setPresent] = useState(""); // The page is prerendered before its reader is known.
  useEffect(() => setPresent(pageLanguage), []);
  return (
    <div className="languages" role="group" aria-label={label}>
      {choices.map(({ code, name }) => (
        <button key={code} type="button" lang={code} aria-pressed={code === present} onClick={() => choose(code)}>
          {name}
        </button>
      ))}
    </div>
  );
}
