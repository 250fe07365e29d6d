// The entry line: a payee that is completed while one types or tapped on a phone, a day that keys move, and keys for the whole form.
import { useEffect, useRef } from "react";
import { isComposing } from "./composing.js";
import { isMenuOpen } from "./open_dialog.js";

const WAIT_MS = 200;
const CHIPS = 4;
const folded = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ı", "i");

// As it was written before; the rest is selected, so that the next key replaces it and Tab or Enter takes it.
function complete(field, names) {
  const typed = field.value;
  if (!typed.trim()) return;
  const name = names.find((one) => one.length > typed.length && folded(one.slice(0, typed.length)) === folded(typed));
  if (!name) return;
  field.value = name;
  field.setSelectionRange(typed.length, name.length);
}

export function PayeeInput({ names, className, onType, ...props }) {
  const field = useRef(null);
  const timer = useRef(0);
  const told = useRef("");
  // What is still to be told is of this form: the next one has another payee.
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (text) => {
    clearTimeout(timer.current);
    if (text === told.current) return;
    told.current = text;
    onType?.(text);
  };
  const take = (name) => {
    field.current.value = name;
    clearTimeout(timer.current);
    tell(name);
  };
  return (
    <>
      <span className={className}>
        <input
          {...props}
          ref={field}
          autoComplete="off"
          onInput={(event) => {
            const typed = event.currentTarget;
            if (!event.nativeEvent.isComposing && event.nativeEvent.inputType === "insertText") complete(typed, names ?? []);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => tell(typed.value), WAIT_MS);
          }}
          onBlur={(event) => tell(event.currentTarget.value)}
        />
      </span>
      <span className="payee-chips">
        {(names ?? []).slice(0, CHIPS).map((name) => (
          <button key={name} type="button" className="chip" onClick={() => take(name)}>
            {name}
          </button>
        ))}
      </span>
    </>
  );
}

const STEPS = { "+": 1, "=": 1, "-": -1, ArrowUp: 1, ArrowDown: -1 };

// "-" is a sign inside a day too (2026-11-18), so it moves the day only while nothing was typed.
export function DayInput({ revision, text, label, onType, onStep, ...props }) {
  const field = useRef(null);
  const picker = useRef(null);
  const timer = useRef(0);
  const typed = useRef(false);
  // Steps that wait for their answer: who presses faster than that moves on from the same day.
  const steps = useRef({ waiting: 0, from: "", days: 0 });
  const answered = useRef(revision);
  useEffect(() => {
    steps.current.waiting -= revision - answered.current;
    answered.current = revision;
    if (!revision) return;
    field.current.value = text;
    typed.current = false;
    if (document.activeElement === field.current) field.current.select();
  }, [revision]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (value) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onType?.(value), WAIT_MS);
  };
  const move = (step) => {
    const { waiting, from, days } = steps.current;
    steps.current = waiting > 0 ? { waiting: waiting + 1, from, days: days + step } : { waiting: 1, from: field.current.value, days: step };
    onStep?.(steps.current.from, steps.current.days);
  };
  return (
    <>
      <input
        {...props}
        ref={field}
        defaultValue={text}
        autoComplete="off"
        onFocus={(event) => {
          steps.current.waiting = 0;
          typed.current = false;
          event.currentTarget.select();
        }}
        onInput={(event) => {
          steps.current.waiting = 0;
          typed.current = true;
          later(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          const step = STEPS[event.key];
          if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
          if (typed.current && !event.key.startsWith("Arrow")) return;
          event.preventDefault();
          clearTimeout(timer.current);
          move(step);
        }}
      />
      <button type="button" className="icon-btn s" aria-label={label} onClick={() => picker.current.showPicker()} tabIndex={-1}>
        <svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden="true">
          <path d="M8 2v4M16 2v4M3 10h18" />
          <rect x="3" y="4" width="18" height="18" rx="2" />
        </svg>
      </button>
      <input ref={picker} type="date" className="picker" tabIndex={-1} aria-hidden="true" onChange={(event) => onStep?.(event.currentTarget.value, 0)} />
    </>
  );
}

// Sends a form with one of its hidden fields set, which tells the server what is wanted.
function sendWith(form, name) {
  form.elements[name].value = "1";
  form.requestSubmit();
  form.elements[name].value = "";
}

export function SendAs({ name, children, ...props }) {
  return (
    <button {...props} type="button" onClick={(event) => sendWith(event.currentTarget.form, name)}>
      {children}
    </button>
  );
}

// Esc closes, where it is told how; Ctrl/Cmd+Enter saves, and the field "closes" tells the server not to stay for the next one.
export function EntryArea({ onEscape, children, ...props }) {
  return (
    <div
      {...props}
      onKeyDown={(event) => {
        if (event.defaultPrevented || isComposing(event.nativeEvent)) return;
        const form = event.target.form;
        if (event.key === "Escape" && onEscape && !isMenuOpen()) onEscape();
        else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.elements.closes) sendWith(form, "closes");
        else return;
        event.preventDefault();
      }}
    >
      {children}
    </div>
  );
}
