// Something over the page, in a tree of its own: a socket that connects again loads the state of the page anew and
// would take away what is asked or shown only once.
import { createRoot } from "react-dom/client";

const stay = (event) => event.preventDefault();

// Draws what `draw(close)` gives; the rest of the page is inert until `close`. With `holds`, leaving asks first.
export function cover(className, draw, { holds = false } = {}) {
  const before = document.activeElement;
  const others = [...document.body.children].filter((one) => !one.inert);
  const host = document.querySelector(".radix-themes").cloneNode(false); // the theme's own colours and spaces
  host.classList.remove("light", "dark"); // The page's own root says which, and that may change meanwhile.
  host.classList.add(className);
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

// A question over the page; Esc gives the safe answer.
export function Asking({ role = "dialog", title, describedBy, onEscape, children }) {
  return (
    <div
      className="card form asking"
      role={role}
      aria-modal="true"
      aria-labelledby="asking-title"
      aria-describedby={describedBy}
      onKeyDown={(event) => event.key === "Escape" && onEscape()}
    >
      <h2 id="asking-title">{title}</h2>
      {children}
    </div>
  );
}
