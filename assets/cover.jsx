// Something over the page, in a tree of its own: a socket that connects again loads the state of the page anew and
// would take away what is asked or shown only once.
import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { isComposing } from "./composing.js";

// A dialog of the page that is open below takes these for its own, or for a press beside it.
const OURS = ["pointerdown", "wheel", "touchmove"];

const stay = (event) => event.preventDefault();

// Draws what `draw(close)` gives; the rest of the page is inert until `close`. With `holds`, leaving asks first.
export function cover(className, draw, { holds = false } = {}) {
  const before = document.activeElement;
  const others = [...document.body.children].filter((one) => !one.inert);
  const host = document.querySelector(".radix-themes").cloneNode(false); // the theme's own colours and spaces
  host.classList.remove("light", "dark"); // The page's own root says which, and that may change meanwhile.
  host.classList.add(className);
  host.dataset.cover = ""; // The page's own keys hold.
  host.removeAttribute("aria-hidden"); // So an open dialog marks the page.
  OURS.forEach((kind) => host.addEventListener(kind, (event) => event.stopPropagation()));
  others.forEach((one) => { one.inert = true; });
  document.body.append(host);
  if (holds) addEventListener("beforeunload", stay);
  const root = createRoot(host);
  const close = () => {
    removeEventListener("beforeunload", stay);
    root.unmount();
    host.remove();
    others.forEach((one) => { one.inert = false; });
    before?.focus();
  };
  root.render(draw(close));
}

// A question over the page; Esc gives the safe answer, and is not heard by a dialog below.
export function Asking({ role = "dialog", title, describedBy, onEscape, children }) {
  useEffect(() => {
    const leave = (event) => {
      if (event.key !== "Escape" || isComposing(event)) return;
      event.stopPropagation();
      onEscape();
    };
    addEventListener("keydown", leave, true);
    return () => removeEventListener("keydown", leave, true);
  }, [onEscape]);
  return (
    <div
      className="card form asking"
      role={role}
      aria-modal="true"
      aria-labelledby="asking-title"
      aria-describedby={describedBy}
    >
      <h2 id="asking-title">{title}</h2>
      {children}
    </div>
  );
}
