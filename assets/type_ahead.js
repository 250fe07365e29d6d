// Keys pressed between n, or a press on what opens it, and the opened entry line: no shortcut of the page gets them; they are typed once its amount has the focus.
import { isComposing } from "./composing.js";

const POLL_MS = 20;
const GIVE_UP_MS = 5000;
const EDITING = ["Tab", "Enter", "Backspace", "Delete", "Escape", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"];
const TEXT = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea";
const STOPS = "input, select, textarea, button, a[href], [tabindex]";

let release = null;

export const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

// Shortcuts of the browser stay its own; AltGr writes.
function isHeld(event) {
  if (isComposing(event)) return false;
  if (event.key === "Enter") return !event.altKey;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (modified && !event.getModifierState("AltGraph")) return false;
  return [...event.key].length === 1 || EDITING.includes(event.key);
}

const isStop = (one) =>
  one.tabIndex >= 0 && !one.disabled && one.getClientRects().length > 0 && (one.type !== "radio" || one.checked);

function moveOn(from, step) {
  const stops = [...document.querySelectorAll(STOPS)].filter((one) => one === from || isStop(one));
  const next = stops[stops.indexOf(from) + step];
  next?.focus();
  if (next?.matches(TEXT)) next.select();
}

// As a list does it: on to the next choice that begins so.
function chooseBy(list, letter) {
  const options = [...list.options];
  const begins = (one) => one.text.trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase());
  const after = [...options.slice(list.selectedIndex + 1), ...options.slice(0, list.selectedIndex + 1)];
  const found = after.find((one) => !one.disabled && begins(one));
  if (!found) return;
  list.value = found.value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

// execCommand is the one way to type as a person does: at the cursor, over what is selected, and React hears of it.
function type(target, key) {
  if (key === "Backspace") document.execCommand("delete");
  else if (key === "Delete") document.execCommand("forwardDelete");
  else if ([...key].length === 1) document.execCommand("insertText", false, key);
  else if (key.startsWith("Arrow") || key === "Home" || key === "End") moveCursor(target, key);
}

function moveCursor(field, key) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  const places = { Home: 0, End: value.length, ArrowUp: 0, ArrowDown: value.length };
  const moved = start === end ? start + step : step < 0 ? start : end;
  const place = Math.min(value.length, Math.max(0, places[key] ?? moved));
  field.setSelectionRange(place, place);
}

// What the browser does with a key that no script took.
function act(target, { key, shiftKey }) {
  if (key === "Tab") moveOn(target, shiftKey ? -1 : 1);
  else if (target.matches(TEXT)) {
    if (key === "Enter") target.form?.requestSubmit();
    else type(target, key);
  } else if (target.matches("select")) {
    if ([...key].length === 1) chooseBy(target, key);
  } else if (key === "Enter" || key === " ") target.click();
}

function replay(keys) {
  for (const { key, code, shiftKey, ctrlKey, metaKey } of keys) {
    const target = document.activeElement ?? document.body;
    const pressed = new KeyboardEvent("keydown", { key, code, shiftKey, ctrlKey, metaKey, bubbles: true, cancelable: true });
    if (target.dispatchEvent(pressed) && !ctrlKey && !metaKey) act(target, pressed);
  }
}

// A line that stood open before, of the key `before`, is about to be replaced: what is typed there is lost.
function amountOfNew(before) {
  const field = document.activeElement;
  const isAmount = field?.id === "amount" && field.form?.elements.form_key;
  return isAmount && field.form.elements.form_key.value !== before;
}

function isElsewhere() {
  const field = document.activeElement;
  return isTyping(field) && field.id !== "amount";
}

// Holds the keys until the amount of an entry line has the focus whose key is another than `before`, and types them there.
export function holdKeys(before) {
  release?.();
  const held = [];
  const until = Date.now() + GIVE_UP_MS;
  const hold = (event) => {
    if (!isHeld(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The n that opens the line may still be down.
    if (!event.repeat || held.length) held.push(event);
  };
  const look = () => {
    const isOpen = amountOfNew(before);
    if (!isOpen && !isElsewhere() && Date.now() < until) return;
    release();
    if (isOpen) replay(held);
  };
  const timer = setInterval(look, POLL_MS);
  release = () => {
    clearInterval(timer);
    window.removeEventListener("keydown", hold, true);
    window.removeEventListener("pointerdown", release, true);
    release = null;
  };
  window.addEventListener("keydown", hold, true);
  window.addEventListener("pointerdown", release, true);
}
