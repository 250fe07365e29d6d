// One side of the converter: it follows the server, but never takes away what somebody types meanwhile.
import { useEffect, useRef, useState } from "react";
import { Check, Copy } from "lucide-react";

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

const SAID_MS = 2000;

export function CopyAmount({ text, label, copied }) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => setDone(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = () => navigator.clipboard.writeText(text).then(
    () => setDone(true),
    () => setDone(false),
  );
  const Mark = isDone ? Check : Copy;
  return (
    <span className="copy">
      <button type="button" className="icon-btn" aria-label={label} title={label} disabled={!text} onClick={copy}>
        <Mark className="icon s" aria-hidden="true" />
      </button>
      <span className="sr" role="status">{isDone ? copied : ""}</span>
    </span>
  );
}
