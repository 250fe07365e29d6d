// Rows of a list are selected: x or Space, Shift with arrows or a click, Ctrl/Cmd with a click, Ctrl/Cmd+A, a long press.
// Rows carry data-row and data-pick (their id); their box [data-box] beside them says by aria-checked what is selected.
// A button elsewhere that starts it carries data-starts-picks.
import { useEffect, useRef, useState } from "react";
import { isDialogOpen, isMenuOpen } from "./open_dialog.js";

const HOLD_MS = 500;
const WOBBLE = 10;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

const isBusy = (target) =>
  (target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))) ||
  isDialogOpen();

const lineOf = (target) => target.closest?.("[data-line]");
const rowOf = (line) => line?.querySelector("[data-pick]");
const isOn = (line) => line?.querySelector("[data-box]")?.getAttribute("aria-checked") === "true";

function between(lines, one, other) {
  const [first, last] = [lines.indexOf(one), lines.indexOf(other)].sort((a, b) => a - b);
  return lines.slice(Math.max(first, 0), last + 1);
}

export function RowPicks({ isPicking, label, onPick, onAll, onStart, onDrop, children }) {
  const list = useRef(null);
  const anchor = useRef("");
  const tip = useRef("");
  const hold = useRef(null);
  const held = useRef(false);
  const latest = useRef({});
  latest.current = { label, isPicking, onAll, onDrop };
  // The page hears a round trip later that it began; the next tap may come before.
  const [hasBegun, setBegun] = useState(false);
  const picks = isPicking || hasBegun;

  const lines = () => [...list.current.querySelectorAll("[data-line]")].filter(rowOf);
  const tell = (some, on) => {
    const ids = some.map((line) => rowOf(line)?.dataset.pick).filter(Boolean);
    if (ids.length) onPick(ids, on);
  };
  const toggle = (line) => {
    anchor.current = tip.current = rowOf(line)?.dataset.pick;
    tell([line], !isOn(line));
  };
  const reach = (line) => {
    const all = lines();
    const from = all.find((one) => rowOf(one).dataset.pick === anchor.current) ?? line;
    tell(between(all, from, line), true);
  };
  // Away from where it began the selection grows, back towards it it shrinks.
  const stretch = (line, step) => {
    const all = lines();
    const here = all.indexOf(line);
    const next = all[here + step];
    if (!next) return;
    const from = all.findIndex((one) => rowOf(one).dataset.pick === anchor.current);
    // What was just reached may not be shown as selected yet.
    const goesOn = from >= 0 && (isOn(line) || tip.current === rowOf(line).dataset.pick);
    const start = goesOn ? from : here;
    anchor.current = rowOf(all[start]).dataset.pick;
    const shrinks = Math.abs(here + step - start) < Math.abs(here - start);
    if (shrinks) tell([line], false);
    else tell([line, next], true);
    tip.current = rowOf(next).dataset.pick;
    rowOf(next).focus();
  };

  const press = (event) => {
    const row = event.target.closest?.("[data-pick]");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.shiftKey && event.key in STEPS) stretch(lineOf(row), STEPS[event.key]);
    else if ((event.key === "x" || event.key === " ") && !event.repeat) toggle(lineOf(row));
    else return;
    event.preventDefault();
  };
  // Firefox presses a button when Space comes up again.
  const release = (event) => {
    if (event.key === " " && event.target.closest?.("[data-pick]")) event.preventDefault();
  };
  const click = (event) => {
    const line = lineOf(event.target);
    const wasHeld = held.current;
    held.current = false;
    if (!line) return;
    const wanted = event.target.closest("[data-box]") || picks || event.shiftKey || event.ctrlKey || event.metaKey;
    if (!wanted && !wasHeld) return;
    event.preventDefault();
    event.stopPropagation();
    if (wasHeld) return;
    if (event.shiftKey) reach(line);
    else toggle(line);
    rowOf(line)?.focus({ preventScroll: true });
  };

  // A click with Shift would mark the text between.
  const down = (event) => {
    if (event.shiftKey && lineOf(event.target)) event.preventDefault();
  };
  const letGo = () => {
    clearTimeout(hold.current?.timer);
    hold.current = null;
  };
  const touch = (event) => {
    held.current = false;
    const line = event.pointerType === "touch" && lineOf(event.target);
    if (!line || picks) return;
    const timer = setTimeout(() => {
      hold.current = null;
      held.current = true;
      setBegun(true);
      onStart();
      toggle(line);
    }, HOLD_MS);
    hold.current = { timer, x: event.clientX, y: event.clientY };
  };
  const drift = (event) => {
    const from = hold.current;
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > WOBBLE) letGo();
  };
  // The menu of a long press would cover the boxes.
  const menu = (event) => {
    if (hold.current || held.current) event.preventDefault();
  };

  useEffect(() => {
    const listen = (event) => {
      if (event.defaultPrevented || event.altKey || isBusy(event.target)) return;
      const isAll = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "a";
      const toBar = event.key === "." && document.querySelector("[data-deeds] button");
      if (isAll) latest.current.onAll();
      else if (event.key === "Escape" && latest.current.label && !isMenuOpen()) latest.current.onDrop();
      else if (toBar && !event.ctrlKey && !event.metaKey) toBar.focus();
      else return;
      event.preventDefault();
    };
    const begin = (event) => {
      if (event.target.closest?.("[data-starts-picks]") && !latest.current.isPicking) setBegun(true);
    };
    document.addEventListener("keydown", listen);
    document.addEventListener("click", begin, true);
    return () => {
      document.removeEventListener("keydown", listen);
      document.removeEventListener("click", begin, true);
    };
  }, []);
  useEffect(() => {
    setBegun(false);
  }, [isPicking]);
  // What had the focus (a dialog, the bar) goes with the selection: one goes on where one was.
  useEffect(() => {
    if (label || !anchor.current) return;
    const back = list.current?.querySelector(`[data-pick="${anchor.current}"]`);
    anchor.current = "";
    if (document.activeElement.matches("body, main")) back?.focus({ preventScroll: true });
  }, [label]);

  return (
    <div
      ref={list}
      data-rows=""
      data-picking={picks ? "" : undefined}
      onKeyDown={press}
      onKeyUp={release}
      onClickCapture={click}
      onMouseDown={down}
      onPointerDown={touch}
      onPointerMove={drift}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onContextMenu={menu}
    >
      {children}
    </div>
  );
}
