// A dialog belongs to the page on which it was opened, and to what opened it. Where another page comes, by Back or by a
// link, it is closed; when it has gone, the keyboard is back where it was.
import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

const here = () => window.location.pathname.replace(/\/+$/, "");

export function DialogHome({ onLeave }) {
  const { pathname } = useLocation();
  const opened = useRef(here());
  const leave = useRef(onLeave);
  leave.current = onLeave;
  // The state behind a dialog outlives its page; from one account to another the page itself stays.
  useEffect(() => {
    const look = () => here() !== opened.current && leave.current?.(false);
    look();
    return look;
  }, [pathname]);
  // Drawn before a field takes the focus. Radix gives that back to its trigger alone, and a state is none.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () =>
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        // What opened it may be gone with what it was about.
        const home = opener?.isConnected && opener !== document.body ? opener : document.querySelector("main");
        home?.focus({ preventScroll: home !== opener });
      }),
    [opener],
  );
  return null;
}
