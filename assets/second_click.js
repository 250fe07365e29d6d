// A double click on the button of a form sends once, however soon the answer came in between. So it is with a button that
// turns into another by its answer, and carries data-once. Enter that is held down is one press wherever it begins no line.
import { useEffect } from "react";

const ONCE = 'button[type="submit"], [data-once]';
const LINES = "textarea, [contenteditable]";

export function SecondClick() {
  useEffect(() => {
    const listen = (event) => {
      const isHeld = event.key === "Enter" && event.repeat && !event.target.matches?.(LINES);
      // Enter and the space bar count no clicks.
      const isSecond = event.detail > 1 && event.target.closest?.(ONCE);
      if (!isHeld && !isSecond) return;
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
