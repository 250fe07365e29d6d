// Translates the texts of pages. English is what is prerendered and is the message id; another language is one
// file, fetched once. Changing the language is a full page load, so nothing here listens for it.
import { useSyncExternalStore } from "react";

const SOURCE = "en";
const listeners = new Set();
let catalogue = null;

// What was chosen on this device; else the first of the browser's languages whose texts are complete.
function findLanguage() {
  const chosen = document.cookie.match(/(?:^|;\s*)fintrack_language=([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:;|$)/);
  if (chosen) return chosen[1];
  const complete = document.querySelector('meta[name="fintrack-languages"]')?.content.split(" ") ?? [];
  const wanted = navigator.languages.map((tag) => tag.split("-")[0].toLowerCase());
  return wanted.find((language) => complete.includes(language)) ?? SOURCE;
}

export const pageLanguage = typeof document === "undefined" ? SOURCE : findLanguage();

async function load(language) {
  const answer = await fetch(`/locales/${language}.json`);
  if (!answer.ok) return;
  catalogue = await answer.json();
  document.documentElement.lang = language;
  listeners.forEach((listener) => listener());
}

if (pageLanguage !== SOURCE) {
  load(pageLanguage).catch(() => {}); // Without the file the page stays readable in English.
}

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// The first client render must equal the prerendered page, hence the empty server snapshot.
export function useT() {
  const messages = useSyncExternalStore(subscribe, () => catalogue, () => null);
  return (text) => messages?.[text] || text;
}
