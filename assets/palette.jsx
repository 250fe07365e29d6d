// Search and jump: Ctrl/Cmd+K or a press opens it. What is typed filters the places here and asks the server for the
// rest; the arrows move, Enter goes. Python draws every row; this file only moves among them.
import { useEffect, useRef } from "react";
import { Search, X } from "lucide-react";
import { useNavigate } from "react-router";
import { isComposing } from "./composing.js";
import { isDialogOpen } from "./open_dialog.js";

const WAIT_MS = 150;
const LIST = "palette-list";
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const folded = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ı", "i");
const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const begins = (label, typed) => {
  const words = wordsOf(label);
  return wordsOf(typed).every((one) => words.some((word) => word.startsWith(one)));
};

function filterPlaces(list, typed) {
  for (const group of list.querySelectorAll("[data-places]")) {
    const options = [...group.querySelectorAll('[role="option"]')];
    for (const option of options) option.hidden = !begins(option.textContent, typed);
    group.hidden = options.every((option) => option.hidden);
  }
  list.querySelector("[data-everywhere]").hidden = !wordsOf(typed).length;
}

const shownIn = (list) => [...list.querySelectorAll('[role="option"]')].filter((option) => !option.closest("[hidden]"));

function choose(field, list, option) {
  for (const other of list.querySelectorAll('[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

export function Palette({ label, prompt, hint, close, everywhere, onWords, children }) {
  const dialog = useRef(null);
  const field = useRef(null);
  const list = useRef(null);
  const timer = useRef(0);
  const hasMoved = useRef(false);
  const navigate = useNavigate();

  const chosen = () => list.current.querySelector('[aria-selected="true"]');
  // Rows come and go: the first is chosen until one has moved, then the chosen one stays while it is there.
  const refresh = () => {
    filterPlaces(list.current, field.current.value);
    const shown = shownIn(list.current);
    choose(field.current, list.current, hasMoved.current && shown.includes(chosen()) ? chosen() : shown[0]);
  };
  const move = (option) => {
    hasMoved.current = true;
    choose(field.current, list.current, option);
  };
  const open = () => {
    if (isDialogOpen()) return;
    hasMoved.current = false;
    dialog.current.showModal();
    refresh();
  };
  const ask = (words) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onWords(words), words ? WAIT_MS : 0);
  };
  const take = (option) => {
    const path = option.dataset.everywhere;
    if (path) navigate(path + encodeURIComponent(field.current.value.trim()));
    dialog.current.close();
    if (option.dataset.press) document.getElementById(option.dataset.press)?.click();
  };

  useEffect(() => {
    const listen = (event) => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
      if (!wanted || isComposing(event)) return;
      event.preventDefault();
      if (dialog.current.open) dialog.current.close();
      else open();
    };
    const watcher = new MutationObserver(() => dialog.current?.open && refresh());
    watcher.observe(list.current, { childList: true, subtree: true });
    document.addEventListener("keydown", listen);
    return () => {
      clearTimeout(timer.current);
      watcher.disconnect();
      document.removeEventListener("keydown", listen);
    };
  }, []);

  const onKeyDown = (event) => {
    if (isComposing(event.nativeEvent)) return;
    const shown = shownIn(list.current);
    const step = STEPS[event.key];
    if (step) move(shown.at((shown.indexOf(chosen()) + step) % shown.length));
    else if (event.key === "Enter") chosen()?.click();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <button type="button" id="palette-open" className="searchbox" onClick={open} aria-keyshortcuts="Control+K Meta+K">
        <Search className="icon" aria-hidden="true" />
        <span>{label}</span>
        <kbd>{hint}</kbd>
      </button>
      <button type="button" className="icon-btn only-phone" onClick={open} aria-label={label}>
        <Search className="icon" aria-hidden="true" />
      </button>
      <dialog
        ref={dialog}
        className="palette float"
        aria-label={label}
        onClick={(event) => event.target === dialog.current && dialog.current.close()}
        onClose={() => {
          field.current.value = "";
          ask("");
        }}
      >
        <div className="palette-field">
          <Search className="icon" aria-hidden="true" />
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={LIST}
            aria-label={prompt}
            placeholder={prompt}
            autoComplete="off"
            spellCheck="false"
            maxLength={100}
            onKeyDown={onKeyDown}
            onInput={(event) => {
              hasMoved.current = false;
              refresh();
              ask(event.currentTarget.value.trim());
            }}
          />
          <kbd className="no-phone">Esc</kbd>
          <button type="button" className="icon-btn only-phone" aria-label={close} onClick={() => dialog.current.close()}>
            <X className="icon" aria-hidden="true" />
          </button>
        </div>
        <div
          ref={list}
          id={LIST}
          role="listbox"
          aria-label={label}
          className="palette-list"
          onClick={(event) => {
            const option = event.target.closest('[role="option"]');
            if (option) take(option);
          }}
          onPointerMove={(event) => {
            const option = event.target.closest('[role="option"]');
            if (option && option !== chosen()) move(option);
          }}
        >
          {children}
          <div id="palette-everywhere" role="option" aria-selected="false" className="palette-row" data-everywhere={everywhere.path} hidden>
            <Search className="icon" aria-hidden="true" />
            <span className="truncate">{everywhere.label}</span>
          </div>
        </div>
      </dialog>
    </>
  );
}
