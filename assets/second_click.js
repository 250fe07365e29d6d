// A double click on the button of a form sends once, however soon the answer came in between.
import { useEffect } from "react";

export function SecondClick() {
  useEffect(() => {
    const listen = (event) => {
      // Enter and the space bar count no clicks.
      const isSecond = event.detail > 1 && event.target.closest?.('button[type="submit"]');
      if (isSecond) event.preventDefault();
    };
    document.addEventListener("click", listen, true);
    return () => document.removeEventListener("click", listen, true);
  }, []);
  return null;
}
