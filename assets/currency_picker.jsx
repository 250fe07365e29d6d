// A currency out of a thousand: words ask the server, arrows move among what it offers, Enter takes, Esc leaves.
// With a value it is a field of a form, which has what was taken before the state has heard of it.
import { useEffect, useRef, useState } from "react";
import { ChevronsUpDown } from "lucide-react";
import { isComposing } from "./composing.js";

const WAIT_MS = 150;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export function CurrencyPicker({ name, label, shown, value, error, offers, offeredFor, none, onWords, onChoose }) {
  const field = useRef(null);
  const list = useRef(null);
  const timer = useRef(0);
  const words = useRef(shown);
  const isAwaited = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const [place, setPlace] = useState(0);
  const [asked, setAsked] = useState("");
  const [taken, setTaken] = useState(value);
  const isOfForm = value !== undefined;
  // An answer to what was typed before is none.
  const hasAnswer = offeredFor === asked;
  const found = isOpen && hasAnswer ? (offers ?? []) : [];
  useEffect(() => {
    words.current = field.current.value = shown;
  }, [shown]);
  useEffect(() => {
    setTaken(value);
  }, [value]);
  useEffect(() => {
    setPlace(0);
  }, [offers]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [place, isOpen]);
  // Near the end of a dialog or a page most of the list would be below.
  useEffect(() => {
    if (isOpen) list.current.scrollIntoView({ block: "nearest" });
  }, [offers, isOpen]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Enter came before the answer.
  useEffect(() => {
    if (!isAwaited.current || !hasAnswer) return;
    isAwaited.current = false;
    if (found.length) take(found[0]);
  }, [hasAnswer, offers]);
  useEffect(() => {
    if (!isOpen) return undefined;
    // A dialog around it would close with it: it hears of Esc before the field does.
    const leave = (event) => {
      if (event.key !== "Escape" || isComposing(event)) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    addEventListener("keydown", leave, true);
    return () => removeEventListener("keydown", leave, true);
  }, [isOpen]);

  const ask = (typed, wait) => {
    clearTimeout(timer.current);
    isAwaited.current = false;
    setAsked(typed);
    timer.current = setTimeout(() => onWords(typed), wait);
  };
  const open = () => {
    if (isOpen) return;
    setOpen(true);
    setPlace(0);
    ask("", 0);
  };
  const close = () => {
    clearTimeout(timer.current);
    isAwaited.current = false;
    setOpen(false);
    field.current.value = words.current;
  };
  const take = (choice) => {
    if (choice && isOfForm) {
      words.current = choice.label;
      setTaken(choice.value);
    }
    close();
    if (choice) onChoose?.(choice.value);
  };
  const onKeyDown = (event) => {
    if (isComposing(event.nativeEvent)) return;
    const step = STEPS[event.key];
    if (step && !isOpen) open();
    else if (step && found.length) setPlace((place + step + found.length) % found.length);
    else if (event.key === "Enter" && isOpen && hasAnswer) take(found[place]);
    else if (event.key === "Enter" && isOpen) isAwaited.current = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="picker-of-currency">
      {isOfForm && <input type="hidden" name={name} value={taken} />}
      <span className={error ? "input choice bad" : "input choice"}>
        <input
          ref={field}
          id={name}
          type="text"
          role="combobox"
          aria-label={label}
          placeholder={label}
          aria-expanded={isOpen}
          aria-autocomplete="list"
          aria-describedby={isOfForm ? `${name}-help` : undefined}
          aria-invalid={error ? true : undefined}
          aria-controls={`${name}-offers`}
          aria-activedescendant={found[place] ? `${name}-${found[place].value}` : undefined}
          autoComplete="off"
          spellCheck="false"
          maxLength={100}
          defaultValue={shown}
          onFocus={(event) => event.currentTarget.select()}
          onClick={open}
          onBlur={close}
          onKeyDown={onKeyDown}
          onInput={(event) => {
            setOpen(true);
            ask(event.currentTarget.value.trim(), WAIT_MS);
          }}
        />
        <ChevronsUpDown className="icon s" aria-hidden="true" />
      </span>
      <ul ref={list} id={`${name}-offers`} role="listbox" aria-label={label} className="offers float" hidden={!isOpen}>
        {found.map((choice, number) => (
          <li
            key={choice.value}
            id={`${name}-${choice.value}`}
            role="option"
            aria-selected={number === place}
            // Before the field loses the focus, which closes the list.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(choice)}
            onPointerMove={() => number !== place && setPlace(number)}
          >
            {choice.label}
          </li>
        ))}
        {isOpen && hasAnswer && !found.length ? <li className="muted" role="option" aria-selected="false" aria-disabled="true">{none}</li> : null}
      </ul>
    </div>
  );
}
