// A double click on the button of a form sends once, however soon the answer came in between. So it is with a button that
// turns into another by its answer, and carries data-once. Enter that is held down is one press.
import { useEffect } from "react";

const ONCE = 'button[type="submit"], [data-once]';

// A form is sent from its fields too; in a text of several lines Enter begins another one.
const submits = (field) => field.matches?.("input, select") && field.form !== null;

export function SecondClick() {
  useEffect(() => {
    const listen = (event) => {
      // Enter and the space bar count no clicks.
      const isHeld = event.key === "Enter" && event.repeat;
      const isSecond = (event.detail > 1 || isHeld) && event.target.closest?.(ONCE);
      if (!isSecond && !(isHeld && submits(event.target))) return;
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
