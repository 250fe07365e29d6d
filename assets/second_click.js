// A double click on the button of a form sends once, however soon the answer came in between. So it is with a button that
// turns into another by its answer, and carries data-once. Enter that is held down is one press.
import { useEffect } from "react";

const ONCE = 'button[type="submit"], [data-once]';

export function SecondClick() {
  useEffect(() => {
    const listen = (event) => {
      // Enter and the space bar count no clicks.
      const isSecond = (event.detail > 1 || (event.key === "Enter" && event.repeat)) && event.target.closest?.(ONCE);
      if (!isSecond) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("click", listen, true);
    document.addEventListener("keydown", listen, true);
    return () => {
      document.removeEventListener("click", listen, true);
      document.removeEventListener("keydown", listen, true);
    };
  }, []);
  return null;
}
