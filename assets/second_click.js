// A double click on the button of a form sends once, however soon the answer came in between. So it is with a button that
// turns into another by its answer, and carries data-once.
import { useEffect } from "react";

export function SecondClick() {
  useEffect(() => {
    const listen = (event) => {
      // Enter and the space bar count no clicks.
      const isSecond = event.detail > 1 && event.target.closest?.('button[type="submit"], [data-once]');
      if (!isSecond) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("click", listen, true);
    return () => document.removeEventListener("click", listen, true);
  }, []);
  return null;
}
