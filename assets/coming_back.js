// Who comes back to a tab sees what is so by now; where their session has ended meanwhile, the guard leads to sign-in.
import { useEffect } from "react";

export function ComingBack({ onBack }) {
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && onBack?.();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [onBack]);
  return null;
}
