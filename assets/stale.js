// What was refused because somebody else changed it meanwhile. A page with a `Stale` reads it anew and says what it is now.
import { useEffect } from "react";

const KEPT = "fintrack.stale";
let hear = null;

function findKept() {
  return typeof sessionStorage === "undefined" ? null : JSON.parse(sessionStorage.getItem(KEPT));
}

// Whether the page sees to it. After a proof it must be loaded anew: what was chosen or typed is kept for that.
export function tellStale({ body, isProved }, url, values) {
  if (body.code !== "stale-version" || !hear) return false;
  if (isProved) {
    sessionStorage.clear();
    sessionStorage.setItem(KEPT, JSON.stringify({ url, values }));
    location.reload();
  } else {
    hear(values?.role ?? "");
  }
  return true;
}

// What was typed for this address before such a load.
export function typedBefore(url) {
  const kept = findKept();
  return kept?.url === url ? kept.values : {};
}

export function Stale({ onStale }) {
  useEffect(() => {
    hear = onStale;
    const kept = findKept();
    sessionStorage.removeItem(KEPT);
    if (kept) onStale(kept.values?.role ?? "");
    return () => {
      hear = null;
    };
  }, [onStale]);
  return null;
}
