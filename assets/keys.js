// Keyboard: n, /, g + letter, c, ?, Esc, Ctrl/Cmd+Z, and arrows inside a list of rows. Never while somebody types, and
// never behind an open dialog. Enter in a list of choices sends its form, as it does in a field; what chooses in one that acts
// at once opens it first.
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { isComposing } from "./composing.js";
import { isDialogOpen, isMenuOpen } from "./open_dialog.js";
import { holdKeys, isTyping } from "./type_ahead.js";

const SEQUENCE_MS = 1200;
const LIST = "main [data-rows]:has([data-row]):not([data-cards] *)";
const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
// Besides letters, which choose what begins with them.
const CHOOSING = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "PageDown", "PageUp"];

const TICKED = new Set(["checkbox", "radio", "range", "button", "submit", "file"]);
// Where text is written, the browser's own undo stays.
const isWriting = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("textarea") || (target.matches("input") && !TICKED.has(target.type)));

function focusSearch() {
  const field = document.querySelector('main input[type="search"]');
  field?.focus();
  return Boolean(field);
}

// A browser that does not know the word takes the key itself while its list is open.
const isListOpen = (list) => CSS.supports("selector(select:open)") && list.matches(":open");

function press(id) {
  const control = document.getElementById(id);
  control?.click();
  return Boolean(control);
}

// The mark of a row stands beside it in the same item.
function pressMark(event) {
  const mark = event.target.closest?.("[data-rows] li")?.querySelector("[data-mark]");
  mark?.click();
  return Boolean(mark);
}

function moveInRows(event) {
  if (!(event.key in STEPS)) return false;
  // Where nothing has the focus, the key down enters the first list of the page; beside cards it scrolls.
  const enters = event.key === "ArrowDown" && !event.shiftKey && document.activeElement.matches("body, main");
  const list = enters ? document.querySelector(LIST) : event.target.closest?.("[data-rows]");
  if (!list) return false;
  const rows = [...list.querySelectorAll("[data-row]")];
  const here = rows.findIndex((row) => row.contains(event.target));
  const next = Math.min(rows.length - 1, Math.max(0, here + STEPS[event.key]));
  rows[next]?.focus();
  return true;
}

function plainKey(event, props, leader, navigate) {
  if (isDialogOpen()) return false;
  if (leader.current && Date.now() - leader.current < SEQUENCE_MS) {
    leader.current = 0;
    const path = props.go?.[event.key];
    if (path) navigate(path);
    return Boolean(path);
  }
  switch (event.key) {
    case "g":
      leader.current = Date.now();
      return true;
    case "n":
      holdKeys(props.formKey);
      if (props.onNew) props.onNew();
      else navigate(props.newPath);
      return true;
    case "/":
      if (!props.onSearch) return focusSearch() || press("palette-open");
      props.onSearch();
      return true;
    case "c":
      return pressMark(event);
    case "?":
      return press(props.helpId);
    case "Escape":
      // It is meant for what stands over the page, or for what is selected.
      if (!isMenuOpen() && !document.querySelector("[data-deeds]")) props.onClose?.();
      return false;
    default:
      return moveInRows(event);
  }
}

function undoKey(event, props) {
  const wanted = event.key.toLowerCase() === "z" && !event.shiftKey && !event.altKey && props.onUndo;
  // Behind a dialog nothing is taken back; nor does the browser take back what was typed in its fields.
  if (wanted && !isDialogOpen()) props.onUndo();
  return Boolean(wanted);
}

// Browsers differ in what Enter does there: Space opens the list in all of them.
function sendForm(event) {
  const wanted = event.key === "Enter" && !event.shiftKey && event.target.matches?.("select") && !isListOpen(event.target);
  const button = wanted && event.target.form?.querySelector("button[type=submit]");
  if (button) event.target.form.requestSubmit();
  return Boolean(button);
}

// Where a closed list does not open by these keys, it chooses by them: nobody who goes on by arrows would get past the first.
function opensList(event) {
  const list = event.target;
  if (!list.matches?.("select[data-opens-first]") || isListOpen(list) || !list.showPicker) return;
  const chooses = CHOOSING.includes(event.key) || ([...event.key].length === 1 && event.key !== " ");
  if (!chooses) return;
  event.preventDefault();
  list.showPicker();
}

// A press on what opens the entry line, by pointer, Enter or the palette, is as good as n.
function opensEntry(event, { newPath }) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  const pressed = event.target.closest?.("a[href], [data-opens-entry]");
  return Boolean(pressed) && (pressed.hasAttribute("data-opens-entry") || pressed.getAttribute("href") === newPath);
}

export function Keys(props) {
  const navigate = useNavigate();
  const leader = useRef(0);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const listen = (event) => {
      if (event.defaultPrevented || isComposing(event) || event.altKey) return;
      const modified = event.ctrlKey || event.metaKey;
      if (!modified) opensList(event);
      if (event.repeat || event.defaultPrevented) return;
      if (!modified && sendForm(event)) {
        event.preventDefault();
        return;
      }
      if (modified ? isWriting(event.target) : isTyping(event.target)) return;
      const used = modified ? undoKey(event, latest.current) : plainKey(event, latest.current, leader, navigate);
      if (used) event.preventDefault();
    };
    const press = (event) => opensEntry(event, latest.current) && holdKeys(latest.current.formKey);
    document.addEventListener("keydown", listen);
    document.addEventListener("click", press);
    return () => {
      document.removeEventListener("keydown", listen);
      document.removeEventListener("click", press);
    };
  }, [navigate]);
  return null;
}
