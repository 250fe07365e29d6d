// Asks again and again as long as it is shown and somebody can see it; draws nothing.
import { useEffect, useRef } from "react";

const PAUSE = 2000;

export function WhileRunning({ onLook }) {
  const look = useRef(onLook);
  look.current = onLook;

  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) look.current();
    }, PAUSE);
    return () => clearInterval(timer);
  }, []);
  return null;
}
