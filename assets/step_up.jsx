// Proving again who one is: what the server refuses for want of a fresh proof is asked for, and sent again.
import { useEffect, useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";
import { Field } from "./credential_field.jsx";
import { Asking, cover } from "./cover.jsx";
import { findEmpty, readProblem, send } from "./sending.js";

const PROVE = "/api/v1/auth/step-up";
const FACTOR = "/api/v1/me/second-factor";

// Like `send`, and `isProved` where somebody proved who they are. Then the page must be loaded anew: the proof gave the
// browser another cookie, which an open socket does not know.
export async function sendFresh(url, method, values, texts) {
  const answer = await send(url, method, values);
  if (answer.body.code !== "step-up-needed") return answer;
  const factor = await send(FACTOR, "GET");
  const isProved = await askForProof(texts, Boolean(factor.body.is_on));
  return isProved ? { ...(await send(url, method, values)), isProved } : answer;
}

function askForProof(texts, withCode) {
  return new Promise((resolve) => {
    cover("veil", (close) => (
      <Proof texts={texts} withCode={withCode} onEnd={(isProved) => { close(); resolve(isProved); }} />
    ));
  });
}

function Proof({ texts, withCode, onEnd }) {
  const form = useRef(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState({ beside: {}, above: "" });
  const fields = [
    { name: "password", label: texts.password, type: "password", autocomplete: "current-password" },
    ...(withCode
      ? [{ name: "code", label: texts.code, type: "text", autocomplete: "one-time-code", hint: texts.codeHint }]
      : []),
  ];

  useEffect(() => {
    (form.current.querySelector('[aria-invalid="true"]') ?? form.current.querySelector("input")).focus();
  }, [problem]);

  async function submit(event) {
    event.preventDefault();
    if (busy) return undefined;
    const values = Object.fromEntries(new FormData(form.current));
    const empty = findEmpty(values, fields, texts);
    if (empty) return setProblem(empty);
    setBusy(true);
    try {
      const { ok, body } = await send(PROVE, "POST", values);
      if (ok) return onEnd(true);
      setProblem(readProblem(body, fields, texts));
    } catch {
      setProblem({ beside: {}, above: texts.unreachable });
    }
    setBusy(false);
    return undefined;
  }

  return (
    <Asking title={texts.title} describedBy="proof-why" onEscape={() => onEnd(false)}>
      <p id="proof-why" className="muted">{texts.why}</p>
      <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
        {problem.above && (
          <div className="callout danger" role="alert">
            <TriangleAlert className="icon" aria-hidden="true" />
            <span>{problem.above}</span>
          </div>
        )}
        {fields.map((field) => (
          <Field key={field.name} field={field} error={problem.beside[field.name]} texts={texts} />
        ))}
        <div className="form-acts">
          <button type="button" className="btn outline" onClick={() => onEnd(false)}>{texts.cancel}</button>
          <button type="submit" className="btn solid" aria-disabled={busy}>{texts.confirm}</button>
        </div>
      </form>
    </Asking>
  );
}
