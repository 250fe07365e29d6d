// The one form for secrets: JSON by fetch, problem details beside the field, then a full load of a local path.
import { useEffect, useRef, useState } from "react";
import { Eye, EyeOff, Info, TriangleAlert } from "lucide-react";
import { showRecovery } from "./recovery_sheet.jsx";

// "/…" of this site only. The parser of URLs drops tabs and newlines, so the result is compared as well.
export function localPath(path) {
  if (typeof path !== "string" || !/^\/(?![/\\])/.test(path)) return null;
  const url = new URL(path, location.origin);
  const local = url.pathname + url.search + url.hash;
  return url.origin === location.origin && !/^\/[/\\]/.test(local) ? local : null;
}

function pathAfter(answer, following) {
  const asked = new URLSearchParams(location.search).get("next");
  return localPath(answer?.next) ?? localPath(asked) ?? localPath(following) ?? "/";
}

async function send(url, method, values) {
  const answer = await fetch(url, {
    method,
    credentials: "same-origin",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      // Problems come in the language of the page, which may be another than the browser's.
      "Accept-Language": document.documentElement.lang,
    },
    body: JSON.stringify(values),
  });
  const body = await answer.json().catch(() => ({}));
  return { ok: answer.ok, body: body ?? {} };
}

// A problem that names no field of this form, or none at all, is said above the fields.
function readProblem(body, fields, texts) {
  const known = new Set(fields.map((field) => field.name));
  const errors = Array.isArray(body.errors) ? body.errors : [];
  const beside = Object.fromEntries(errors.filter((e) => known.has(e.field)).map((e) => [e.field, String(e.message)]));
  const others = errors.filter((e) => !known.has(e.field)).map((e) => String(e.message));
  const nothingBeside = Object.keys(beside).length === 0;
  const above = others.join(" ") || (nothingBeside ? String(body.detail || texts.failed) : "");
  return { beside, above };
}

const HIDDEN = ["hidden", "time_zone"];
const ATTRIBUTES = {
  password: { type: "password" },
  email: { type: "email", inputMode: "email", autoCapitalize: "none" },
  code: { type: "text", inputMode: "numeric", autoCapitalize: "none", className: "num digits" },
  text: { type: "text" },
};

// A hidden field says what nobody should have to type; the time zone is the browser's own.
function hiddenValue(field) {
  return field.type === "time_zone" ? Intl.DateTimeFormat().resolvedOptions().timeZone || field.value : field.value;
}

function Field({ field, error, texts }) {
  const [visible, setVisible] = useState(false);
  const secret = field.type === "password";
  const attributes = ATTRIBUTES[field.type] ?? ATTRIBUTES.text;
  const help = error || field.hint;
  const Mark = error ? TriangleAlert : Info;
  const Seen = visible ? EyeOff : Eye;
  return (
    <div className="field">
      <label htmlFor={field.name}>{field.label}</label>
      <span className={error ? "input bad" : "input"}>
        <input
          {...attributes}
          id={field.name}
          name={field.name}
          type={secret && visible ? "text" : attributes.type}
          autoComplete={field.autocomplete}
          defaultValue={field.value}
          spellCheck={false}
          aria-invalid={Boolean(error)}
          aria-describedby={`${field.name}-help`}
        />
        {secret && (
          <button
            type="button"
            className="icon-btn show-secret"
            aria-label={texts.show}
            aria-pressed={visible}
            onClick={() => setVisible(!visible)}
          >
            <Seen className="icon" aria-hidden="true" />
          </button>
        )}
      </span>
      <p id={`${field.name}-help`} className={error ? "help bad" : "help"}>
        {help && <Mark className="icon xs" aria-hidden="true" />}
        {help && <span>{help}</span>}
      </p>
    </div>
  );
}

export function CredentialForm({ url, method, fields, submitLabel, following, recovery, texts }) {
  const hidden = fields.filter((field) => HIDDEN.includes(field.type));
  const shown = fields.filter((field) => !HIDDEN.includes(field.type));
  const form = useRef(null);
  const inFlight = useRef(false);
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState({ beside: {}, above: "" });

  // Before React listens, the browser would send the form by itself.
  useEffect(() => setReady(true), []);
  useEffect(() => {
    form.current?.querySelector('[aria-invalid="true"]')?.focus();
  }, [problem]);

  function refuse(next) {
    inFlight.current = false;
    setBusy(false);
    setProblem(next);
  }

  async function submit(event) {
    event.preventDefault();
    if (inFlight.current) return;
    inFlight.current = true;
    setBusy(true);
    const values = Object.fromEntries(new FormData(form.current));
    hidden.forEach((field) => { values[field.name] = hiddenValue(field); });
    try {
      const { ok, body } = await send(url, method, values);
      if (!ok) return refuse(readProblem(body, shown, texts));
      sessionStorage.clear();
      const goOn = () => location.assign(pathAfter(body, following));
      if (body.recovery) showRecovery(body.recovery, recovery, goOn);
      else goOn();
    } catch {
      refuse({ beside: {}, above: texts.unreachable });
    }
    return undefined;
  }

  return (
    <form ref={form} className="form" method="post" noValidate aria-busy={busy} onSubmit={submit}>
      {problem.above && (
        <div className="callout danger" role="alert">
          <TriangleAlert className="icon" aria-hidden="true" />
          <span>{problem.above}</span>
        </div>
      )}
      {shown.map((field) => (
        <Field key={field.name} field={field} error={problem.beside[field.name]} texts={texts} />
      ))}
      <button type="submit" className="btn solid l block" disabled={!ready} aria-disabled={busy}>
        {busy && <span className="spin" aria-hidden="true" />}
        {submitLabel}
      </button>
    </form>
  );
}
