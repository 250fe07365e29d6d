// Setting up the second factor: the secret as a QR code and as text, confirmed by a first code; then recovery codes.
import { useEffect, useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";
import { showCodes } from "./codes_sheet.jsx";
import { CopyButton } from "./copy_button.jsx";
import { Asking, cover } from "./cover.jsx";
import { Field } from "./credential_field.jsx";
import { reload } from "./fresh_button.jsx";
import { findEmpty, readProblem, send } from "./sending.js";
import { sendFresh } from "./step_up.jsx";

const FACTOR = "/api/v1/me/second-factor";
const BACK = "fintrack.enrol";

// After a proof the page must be loaded anew, also where nothing was switched on: see `sendFresh`.
function comeBack() {
  sessionStorage.clear();
  sessionStorage.setItem(BACK, "1");
  location.reload();
}

function Enrolment({ made, texts, onEnd, onCodes }) {
  const form = useRef(null);
  const secret = useRef(null);
  const busy = useRef(false);
  const [problem, setProblem] = useState({ beside: {}, above: "" });
  const field = { name: "code", label: texts.code, type: "code", autocomplete: "one-time-code", hint: texts.codeHint };

  useEffect(() => {
    form.current?.querySelector("input").focus();
  }, [problem]);

  async function submit(event) {
    event.preventDefault();
    if (busy.current) return undefined;
    const values = Object.fromEntries(new FormData(form.current));
    const empty = findEmpty(values, [field], texts);
    if (empty) return setProblem(empty);
    busy.current = true;
    try {
      const { ok, body } = await send(`${FACTOR}/confirmation`, "POST", values);
      if (ok) return onCodes(body.recovery_codes);
      setProblem(readProblem(body, [field], texts));
    } catch {
      setProblem({ beside: {}, above: texts.unreachable });
    }
    busy.current = false;
    return undefined;
  }

  return (
    <Asking title={texts.title} onEscape={onEnd}>
      <p>{texts.scan}</p>
      <img className="qr" src={made.qr} alt={texts.qr} />
      <p>{texts.type}</p>
      <p className="secret-line">
        <code ref={secret} className="mono recovery-key">{made.secret.match(/.{1,4}/g).join(" ")}</code>
        <CopyButton from={secret} text={made.secret} texts={texts} className="btn outline s" />
      </p>
      <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
        {problem.above && (
          <div className="callout danger" role="alert">
            <TriangleAlert className="icon" aria-hidden="true" />
            <span>{problem.above}</span>
          </div>
        )}
        <Field field={field} error={problem.beside.code} texts={texts} />
        <div className="form-acts">
          <button type="button" className="btn outline" onClick={onEnd}>{texts.cancel}</button>
          <button type="submit" className="btn solid">{texts.confirm}</button>
        </div>
      </form>
    </Asking>
  );
}

export function EnrolFactor({ label, texts, codes, stepUp }) {
  const busy = useRef(false);
  const button = useRef(null);
  const [above, setAbove] = useState("");

  useEffect(() => {
    if (!sessionStorage.getItem(BACK)) return;
    sessionStorage.removeItem(BACK);
    button.current.focus();
  }, []);

  async function begin() {
    if (busy.current) return;
    busy.current = true;
    try {
      const { ok, body, isProved } = await sendFresh(FACTOR, "POST", undefined, stepUp);
      if (ok) enrol(body, isProved);
      else setAbove(readProblem(body, [], texts).above);
    } catch {
      setAbove(texts.unreachable);
    }
    busy.current = false;
  }

  function enrol(made, isProved) {
    cover("veil", (close) => (
      <Enrolment
        made={made}
        texts={texts}
        onEnd={() => { close(); if (isProved) comeBack(); }}
        onCodes={(shown) => { close(); showCodes(shown, codes, reload); }}
      />
    ));
  }

  return (
    <>
      <button ref={button} type="button" className="btn solid" onClick={begin}>{label}</button>
      {above && <p className="help bad" role="alert">{above}</p>}
    </>
  );
}
