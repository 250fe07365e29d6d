// The eye in the top bar: blurs every amount on this device, and nowhere else.
import { useSyncExternalStore } from "react";
import { Eye, EyeOff } from "lucide-react";

const listeners = new Set();
const isOn = () => document.documentElement.dataset.privacy === "on";

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(on) {
  if (on) document.documentElement.dataset.privacy = "on";
  else delete document.documentElement.dataset.privacy;
  try {
    localStorage.setItem("fintrack_privacy", on ? "on" : "off");
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  listeners.forEach((listener) => listener());
}

export function PrivacyToggle({ label }) {
  const on = useSyncExternalStore(subscribe, isOn, () => false);
  const Icon = on ? EyeOff : Eye;
  return (
    <button id="privacy-toggle" type="button" className="icon-btn" aria-label={label} title={label} aria-pressed={on} onClick={() => set(!on)}>
      <Icon className="icon" aria-hidden="true" />
    </button>
  );
}
