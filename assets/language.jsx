// On a device without a choice of language yet, the signed-in person's language is taken over.
import { useEffect } from "react";
import { pageLanguage } from "./i18n.js";

const COOKIE = "fintrack_language";
const YEAR_SECONDS = 31536000;

export function LanguageKeeper({ language }) {
  useEffect(() => {
    if (!language || document.cookie.includes(`${COOKIE}=`)) return;
    document.cookie = `${COOKIE}=${encodeURIComponent(language)};path=/;max-age=${YEAR_SECONDS};samesite=lax`;
    const isKept = document.cookie.includes(`${COOKIE}=`); // Cookies can be forbidden; then no reload helps.
    if (isKept && language !== pageLanguage) location.reload();
  }, [language]);
  return null;
}
