// A button for what asks for a fresh proof: asks first where it says so, sends, proves if needed, loads the page anew.
import { useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";
import { showCodes } from "./codes_sheet.jsx";
import { Asking, cover } from "./cover.jsx";
import { readProblem } from "./sending.js";
import { tellStale } from "./stale.js";
import { sendFresh } from "./step_up.jsx";

function Question({ question, onEnd }) {
  return (
    <Asking role="alertdialog" title={question.title} describedBy="question-text" onEscape={() => onEnd(false)}>
      <p id="question-text" className="muted">{question.text}</p>
      <div className="form-acts">
        <button type="button" className="btn outline" autoFocus onClick={() => onEnd(false)}>{question.no}</button>
        <button type="button" className="btn danger" onClick={() => onEnd(true)}>{question.yes}</button>
      </div>
    </Asking>
  );
}

function askFirst(question) {
  if (!question.title) return Promise.resolve(true);
  return new Promise((resolve) => {
    cover("veil", (close) => <Question question={question} onEnd={(isYes) => { close(); resolve(isYes); }} />);
  });
}

export function reload() {
  sessionStorage.clear();
  location.reload();
}

export function FreshButton({ label, name, look, url, method, values, question, codes, stepUp, texts }) {
  const busy = useRef(false);
  const [above, setAbove] = useState("");

  async function press() {
    if (busy.current || !(await askFirst(question))) return;
    busy.current = true;
    try {
      const answer = await sendFresh(url, method, values ?? undefined, stepUp);
      const { ok, body } = answer;
      if (ok && body.recovery_codes) showCodes(body.recovery_codes, codes, reload);
      else if (ok) reload();
      else if (!tellStale(answer, url, values)) setAbove(readProblem(body, [], texts).above);
    } catch {
      setAbove(texts.unreachable);
    }
    busy.current = false;
  }

  return (
    <>
      <button type="button" className={`btn ${look}`} aria-label={name || undefined} onClick={press}>{label}</button>
      {above && (
        <p className="help bad" role="alert">
          <TriangleAlert className="icon xs" aria-hidden="true" />
          <span>{above}</span>
        </p>
      )}
    </>
  );
}
