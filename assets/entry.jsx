// The entry line: a payee that is completed while one types, and Esc that closes although somebody types.
import { useRef } from "react";

const WAIT_MS = 200;
const folded = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ı", "i");

// The rest of the name is selected, so that the next key replaces it and Tab or Enter takes it.
function complete(field, names) {
  const typed = field.value;
  if (!typed.trim()) return;
  const name = names.find((one) => one.length > typed.length && folded(one.slice(0, typed.length)) === folded(typed));
  if (!name) return;
  field.value = typed + name.slice(typed.length);
  field.setSelectionRange(typed.length, name.length);
}

export function PayeeInput({ names, onType, ...props }) {
  const timer = useRef(0);
  const told = useRef("");
  const tell = (text) => {
    clearTimeout(timer.current);
    if (text === told.current) return;
    told.current = text;
    onType?.(text);
  };
  return (
    <input
      {...props}
      autoComplete="off"
      onInput={(event) => {
        const field = event.currentTarget;
        if (!event.nativeEvent.isComposing && event.nativeEvent.inputType === "insertText") complete(field, names ?? []);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => tell(field.value), WAIT_MS);
      }}
      onBlur={(event) => tell(event.currentTarget.value)}
    />
  );
}

export function EscapeArea({ onEscape, children, ...props }) {
  return (
    <div
      {...props}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onEscape?.();
      }}
    >
      {children}
    </div>
  );
}
