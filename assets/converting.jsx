// One side of the converter: it follows the server, but never takes away what somebody types meanwhile.
import { useEffect, useRef } from "react";

const WAIT_MS = 200;

export function FollowingInput({ text, onType, ...props }) {
  const field = useRef(null);
  const timer = useRef(0);
  const typed = useRef(false);
  useEffect(() => {
    if (!typed.current) field.current.value = text;
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = () => {
    clearTimeout(timer.current);
    if (typed.current) onType?.(field.current.value);
  };
  return (
    <input
      {...props}
      ref={field}
      defaultValue={text}
      autoComplete="off"
      inputMode="decimal"
      onInput={() => {
        typed.current = true;
        clearTimeout(timer.current);
        timer.current = setTimeout(tell, WAIT_MS);
      }}
      onBlur={() => {
        tell();
        typed.current = false;
      }}
    />
  );
}
