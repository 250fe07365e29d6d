// The one form for secrets: JSON by fetch, problem details beside the field, then a full load of a local path.
import { useEffect, useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";
import { Field } from "./credential_field.jsx";
import { MailedCode, dropFlow, endFlow, keepFlow, keptFlow } from "./mailed_code.jsx";
import { showRecovery } from "./recovery_sheet.jsx";
import { findEmpty, localPath, readProblem } from "./sending.js";
import { tellStale, typedBefore } from "./stale.js";
import { sendFresh } from "./step_up.jsx";

function pathAfter(answer, following) {
  const asked = new URLSearchParams(location.search).get("next");
  return localPath(answer?.next) ?? localPath(asked) ?? localPath(following) ?? "/";
}

const HIDDEN = ["hidden", "time_zone", "version"];

// A hidden field says what nobody should have to type; the time zone is the browser's own.
function hiddenValue(field) {
  if (field.type === "version") return Number(field.value);
  return field.type === "time_zone" ? Intl.DateTimeFormat().resolvedOptions().timeZone || field.value : field.value;
}

function valuesOf(form, fields) {
  const values = Object.fromEntries(new FormData(form));
  fields.forEach((field) => {
    if (HIDDEN.includes(field.type)) values[field.name] = hiddenValue(field);
    if (field.type === "tick") values[field.name] = form.elements[field.name].checked;
  });
  return values;
}

// What somebody typed: no secrets, and nothing that stood there before.
function typedOf(values, shown, given) {
  const kept = shown.filter((field) => field.type !== "password" && values[field.name] !== given[field.name]);
  return Object.fromEntries(kept.map((field) => [field.name, values[field.name]]));
}

// The next page is painted as it was chosen in the account, before its script knows the person.
function wear(appearance) {
  try {
    if (appearance) localStorage.setItem("theme", appearance);
  } catch {
    // Storage can be forbidden; then the page turns dark when it knows.
  }
}

const NOTHING = { beside: {}, above: "" };

// What is asked now: the form itself, the code that it sent by mail, or one of the ways to take the second step of a
// sign-in. Whoever comes back to the form finds again what they typed, without the secrets.
function stageOf(way, flow, typed, { url, fields, submitLabel, second, mailed }) {
  if (flow) return { ...mailed, text: `${mailed.text} ${flow.email}` };
  if (way < 0) return { url, submitLabel, fields: fields.map((f) => ({ ...f, value: typed[f.name] ?? f.value })) };
  return { ...second, fields: [second.ways[way].field], other: second.ways[1 - way].label };
}

export function CredentialForm(props) {
  const { method, following, recovery, mailed, stepUp, texts } = props;
  const [way, setWay] = useState(-1);
  const [flow, setFlow] = useState(null);
  const typed = useRef(typedBefore(props.url));
  const given = useRef({});
  const { url, fields, submitLabel, text, other } = stageOf(way, flow, typed.current, props);
  const shown = fields.filter((field) => !HIDDEN.includes(field.type));
  const form = useRef(null);
  const inFlight = useRef(false);
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(NOTHING);

  // Before React listens, the browser would send the form by itself.
  useEffect(() => {
    if (mailed.url) setFlow(keptFlow(mailed.url));
    setReady(true);
  }, []);
  useEffect(() => {
    form.current?.querySelector('[aria-invalid="true"]')?.focus();
  }, [problem]);
  // What was read anew stands where nobody typed.
  useEffect(() => {
    props.fields.forEach(({ name, type, value }) => {
      const input = type === "text" ? form.current.elements[name] : null;
      if (input && value !== given.current[name] && input.value === given.current[name]) input.value = value;
      given.current[name] = value;
    });
  });
  useEffect(() => {
    if (way >= 0 || flow) form.current?.querySelector("input")?.focus();
  }, [way, flow?.flow]);

  function refuse(next) {
    inFlight.current = false;
    setBusy(false);
    setProblem(next);
  }

  function ask(next, found = NOTHING) {
    refuse(found);
    setWay(next);
  }

  function begin(answer, email) {
    refuse(NOTHING);
    setFlow(keepFlow(mailed.url, answer, email));
  }

  function again(answer) {
    form.current.reset();
    form.current.querySelector("input").focus();
    begin(answer, flow.email);
  }

  function back() {
    dropFlow(mailed.url);
    refuse(NOTHING);
    setFlow(null);
  }

  function goOn(body) {
    sessionStorage.clear();
    wear(body.appearance);
    const leave = () => location.assign(pathAfter(body, following));
    if (body.recovery) showRecovery(body.recovery, recovery, leave);
    else leave();
  }

  async function submit(event) {
    event.preventDefault();
    if (inFlight.current) return;
    const values = valuesOf(form.current, fields);
    const empty = findEmpty(values, shown, texts);
    if (empty) {
      setProblem(empty);
      return;
    }
    inFlight.current = true;
    setBusy(true);
    if (flow) values.flow = flow.flow;
    else typed.current = typedOf(values, shown, given.current);
    try {
      const answer = await sendFresh(url, method, values, stepUp);
      const { ok, body } = answer;
      if (ok && body.second_step) ask(0);
      else if (ok && body.flow) begin(body, values.email);
      else if (ok) goOn(body);
      else if (way >= 0 && body.code === "not-signed-in") ask(-1, readProblem(body, [], texts));
      else if (tellStale(answer, url, typed.current)) refuse(NOTHING);
      else {
        if (flow && body.code === "code-dead") setFlow(endFlow(mailed.url, flow));
        refuse(readProblem(body, shown, texts));
      }
    } catch {
      refuse({ beside: {}, above: texts.unreachable });
    }
  }

  return (
    <form ref={form} className="form" method="post" noValidate aria-busy={busy} onSubmit={submit}>
      {problem.above && (
        <div className="callout danger" role="alert">
          <TriangleAlert className="icon" aria-hidden="true" />
          <span>{problem.above}</span>
        </div>
      )}
      {text && <p role="status">{text}</p>}
      {shown.map((field) => (
        <Field key={`${way}${Boolean(flow)}${field.name}`} field={field} error={problem.beside[field.name]} texts={texts} />
      ))}
      <button type="submit" className="btn solid l block" disabled={!ready} aria-disabled={busy}>
        {busy && <span className="spin" aria-hidden="true" />}
        {submitLabel}
      </button>
      {flow && (
        <MailedCode flow={flow} mailed={mailed} texts={texts} onAgain={again} onBack={back} onProblem={refuse} />
      )}
      {other && <button type="button" className="btn ghost block" onClick={() => ask(1 - way)}>{other}</button>}
    </form>
  );
}
