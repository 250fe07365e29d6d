// 1 to 9 press the choice of that number in the row that has the focus, or else in the first one; Enter the first choice.
import { useEffect } from "react";
import { isDialogOpen } from "./open_dialog.js";
import { isTyping } from "./type_ahead.js";

const CHOICE = "[data-key]";

const isBusy = (target) => isTyping(target) || isDialogOpen() || target.closest?.("[popover]");

function rowOf(target) {
  const row = target.closest?.("[data-choices]");
  return row ?? document.querySelector("main [data-choices]");
}

export function NumberKeys() {
  useEffect(() => {
    const listen = (event) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (event.defaultPrevented || event.repeat || modified || isBusy(event.target)) return;
      const isEnter = event.key === "Enter" && event.target.matches?.("[data-choices]");
      if (!isEnter && !/^[1-9]$/.test(event.key)) return;
      const wanted = isEnter ? "1" : event.key;
      const choice = rowOf(event.target)?.querySelector(`${CHOICE}[data-key="${wanted}"]`);
      if (!choice) return;
      event.preventDefault();
      choice.click();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  return null;
}
