// What every form for secrets does: send JSON, read problem details, go on to a path of this site.

// "/…" of this site only. The parser of URLs drops tabs and newlines, so the result is compared as well.
export function localPath(path) {
  if (typeof path !== "string" || !/^\/(?![/\\])/.test(path)) return null;
  const url = new URL(path, location.origin);
  const local = url.pathname + url.search + url.hash;
  return url.origin === location.origin && !/^\/[/\\]/.test(local) ? local : null;
}

export async function send(url, method, values) {
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

// What is empty is named beside its field, and nothing is sent: the server would count it as a wrong try.
export function findEmpty(values, fields, texts) {
  const empty = fields.filter((field) => !field.optional && !String(values[field.name] || "").trim());
  const beside = empty.map((field) => [field.name, field.type === "tick" ? texts.unticked : texts.empty]);
  return beside.length ? { beside: Object.fromEntries(beside), above: "" } : null;
}

// A problem that names no field of this form, or none at all, is said above the fields.
export function readProblem(body, fields, texts) {
  const known = new Set(fields.map((field) => field.name));
  const errors = Array.isArray(body.errors) ? body.errors : [];
  const beside = Object.fromEntries(errors.filter((e) => known.has(e.field)).map((e) => [e.field, String(e.message)]));
  const others = errors.filter((e) => !known.has(e.field)).map((e) => String(e.message));
  const nothingBeside = Object.keys(beside).length === 0;
  const above = others.join(" ") || (nothingBeside ? String(body.detail || texts.failed) : "");
  return { beside, above };
}
