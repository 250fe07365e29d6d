// The signed-in person's language is the device's: another person may have used it before.
import { useEffect } from "react";
import { pageLanguage } from "./i18n.js";

const COOKIE = "fintrack_language";
const YEAR_SECONDS = 31536000;

export function LanguageKeeper({ language }) {
  useEffect(() => {
    const kept = `${COOKIE}=${encodeURIComponent(language)}`;
    const isKept = () => document.cookie.split("; ").includes(kept);
    if (!language || isKept()) return;
    document.cookie = `${kept};path=/;max-age=${YEAR_SECONDS};samesite=lax`;
    // Cookies can be forbidden; then no reload helps.
    if (isKept() && language !== pageLanguage) location.reload();
  }, [language]);
  return null;
}
