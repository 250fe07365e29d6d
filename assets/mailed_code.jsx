// A code that is on its way by mail: what the browser keeps of it, how long it is good, and how to get another.
import { useEffect, useState } from "react";
import { readProblem, send } from "./sending.js";

const SECOND = 1000;
const place = (url) => `fintrack.flow ${url}`;

function withDeadlines(answer, email) {
  const now = Date.now();
  return { flow: answer.flow, email, expires: now + answer.expires_in * SECOND, resend: now + answer.resend_in * SECOND };
}

// A phone may drop the page while its owner reads the mail: the flow outlives that. Without the mail it is worth
// nothing, and no password is in it.
export function keepFlow(url, answer, email) {
  const flow = withDeadlines(answer, email);
  sessionStorage.setItem(place(url), JSON.stringify(flow));
  return flow;
}

export function keptFlow(url) {
  try {
    return JSON.parse(sessionStorage.getItem(place(url)));
  } catch {
    return null;
  }
}

// Its code was tried out: the time it would have had is no matter any more.
export function endFlow(url, flow) {
  const ended = { ...flow, over: true };
  sessionStorage.setItem(place(url), JSON.stringify(ended));
  return ended;
}

export function dropFlow(url) {
  sessionStorage.removeItem(place(url));
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function useSecondsTo(instant) {
  const left = () => Math.max(0, Math.ceil((instant - Date.now()) / SECOND));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const ticking = setInterval(() => setSeconds(left()), SECOND);
    return () => clearInterval(ticking);
  }, [instant]);
  return seconds;
}

export function MailedCode({ flow, mailed, texts, onAgain, onBack, onProblem }) {
  const valid = useSecondsTo(flow.expires);
  const wait = useSecondsTo(flow.resend);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");

  async function again() {
    if (busy || wait > 0) return;
    setBusy(true);
    try {
      const { ok, body } = await send(mailed.resend, "POST", { flow: flow.flow });
      if (ok) {
        setSaid(mailed.texts.isSent);
        onAgain(body);
      } else onProblem(readProblem(body, [], texts));
    } catch {
      onProblem({ beside: {}, above: texts.unreachable });
    }
    setBusy(false);
  }

  return (
    <div className="mailed">
      {!flow.over && (
        <p className="muted small">
          {valid > 0 ? `${mailed.texts.valid} ${clock(valid)}` : mailed.texts.expired}
        </p>
      )}
      <p className="help" role="status">{said}</p>
      <button type="button" className="btn outline block" aria-disabled={busy || wait > 0} onClick={again}>
        {wait > 0 ? `${mailed.texts.wait} ${clock(wait)}` : mailed.texts.again}
      </button>
      <button type="button" className="btn ghost block" onClick={onBack}>{mailed.texts.back}</button>
    </div>
  );
}
