// Toasts: each notice id is shown once. Words arrive as data and are drawn as text, never as script.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { Sentence } from "./sentence.jsx";

const SHOWN_MS = 8000;
const AT_ONCE = 3;
// As long as it takes to be seen: one that comes with a change of the page is shown again on the next.
const SEEN_MS = 1000;
const SEEN = "fintrack.notices";
// More than there are states, each of which keeps its last notice on the server.
const SEEN_AT_MOST = 100;
const ICONS = { done: CircleCheck, calm: Info, bad: TriangleAlert };

// The tab's, as the states on the server are: a reload and the way back to a page find them again.
const seenOnes = () => JSON.parse(sessionStorage.getItem(SEEN) ?? "[]");

function noteSeen({ id }) {
  const others = seenOnes().filter((one) => one !== id);
  sessionStorage.setItem(SEEN, JSON.stringify([...others, id].slice(-SEEN_AT_MOST)));
}

// The button that was pressed goes with its toast: the focus is where it was before, or on the page.
function useWayBack() {
  const before = useRef(null);
  const onFocus = ({ currentTarget, relatedTarget }) => {
    if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget;
  };
  const goBack = useCallback(() => {
    if (document.activeElement !== document.body) return;
    const home = before.current?.isConnected ? before.current : document.querySelector("main");
    home?.focus({ preventScroll: home !== before.current });
  }, []);
  return { onFocus, goBack };
}

function Toast({ notice, labels, onUndo, setShown, goBack }) {
  const box = useRef(null);
  useLayoutEffect(() => {
    const one = box.current;
    return () => {
      if (one.contains(document.activeElement)) setTimeout(goBack);
    };
  }, [goBack]);
  const onClose = useCallback(() => {
    setShown((before) => before.filter((one) => one !== notice));
    noteSeen(notice);
  }, [notice, setShown]);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => noteSeen(notice), SEEN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  useEffect(() => {
    if (held || notice.tone === "bad") return undefined;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, notice, onClose]);

  const Icon = ICONS[notice.tone] ?? Info;
  return (
    <div
      ref={box}
      className={`toast float ${notice.tone}`}
      role={notice.tone === "bad" ? "alert" : undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon className="icon" aria-hidden="true" />
      <span className="what">
        <Sentence text={notice.text} />
      </span>
      {notice.change && (
        <button
          type="button"
          className="btn s"
          onClick={() => {
            onUndo?.(notice.change);
            onClose();
          }}
        >
          {labels.undo}
        </button>
      )}
      <button type="button" className="icon-btn" aria-label={labels.close} onClick={onClose}>
        <X className="icon s" aria-hidden="true" />
      </button>
    </div>
  );
}

// The guard of page events knows no page's state: what it refuses comes by this event.
function useGuardsNotices(setShown) {
  useEffect(() => {
    const onNotice = ({ detail }) => {
      const notice = { id: "guard", text: detail, tone: "calm" };
      setShown((before) => [...before.filter((one) => one.id !== notice.id), notice].slice(-AT_ONCE));
    };
    window.addEventListener("fintrack:notice", onNotice);
    return () => window.removeEventListener("fintrack:notice", onNotice);
  }, [setShown]);
}

export function ToastArea({ notice, undoLabel, closeLabel, areaLabel, onUndo, onShown }) {
  const [shown, setShown] = useState([]);
  const seen = useRef("");
  const { onFocus, goBack } = useWayBack();
  useGuardsNotices(setShown);
  useEffect(() => {
    if (!notice?.id || notice.id === seen.current || seenOnes().includes(notice.id)) return;
    seen.current = notice.id;
    const isPast = (one) => notice.undone && [one.change, one.undone].includes(notice.undone);
    setShown((before) => [...before.filter((one) => !isPast(one)), notice].slice(-AT_ONCE));
    onShown?.();
  }, [notice, onShown]);

  return (
    <section className="toasts" aria-label={areaLabel} aria-live="polite" onFocus={onFocus}>
      {shown.map((one) => (
        <Toast
          key={one.id}
          notice={one}
          labels={{ undo: undoLabel, close: closeLabel }}
          onUndo={onUndo}
          setShown={setShown}
          goBack={goBack}
        />
      ))}
    </section>
  );
}
