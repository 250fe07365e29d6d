// Who comes back to a tab sees what is so by now; where their session has ended meanwhile, the guard leads to sign-in.
import { useEffect } from "react";

export function ComingBack({ onBack }) {
  useEffect(() => {
    // What is asked or shown only once stays: a proof has renewed the cookie, and the guard would lead away.
    const isCovered = () => document.querySelector("[data-cover]");
    const look = () => document.visibilityState === "visible" && !isCovered() && onBack?.();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [onBack]);
  return null;
}
