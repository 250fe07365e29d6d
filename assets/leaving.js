// A dialog belongs to the page that it was opened on: where another one comes, by Back or by a link, it is closed.
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

const here = () => window.location.pathname.replace(/\/+$/, "");

export function Leaving({ onLeave }) {
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
  return null;
}
