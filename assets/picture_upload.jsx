// One's own picture goes to the server over HTTP, which draws it anew. What is wrong with a file is said below the
// buttons, and the picture before stays.
import { useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";

const URL = "/api/v1/me/picture";

async function ask(method, body, labels) {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (body) headers["Content-Type"] = "application/octet-stream";
  let answer;
  try {
    answer = await fetch(URL, { method, body, headers, credentials: "same-origin" });
  } catch {
    return labels.unreachable;
  }
  if (answer.ok) return "";
  const problem = await answer.json().catch(() => null); // Nothing to read: a proxy answered, not we.
  const said = (problem?.errors ?? []).map((error) => error.message).filter(Boolean);
  return said.join(" ") || problem?.detail || labels.failed;
}

export function PictureUpload({ hasPicture, mostBytes, labels, onChanged }) {
  const picker = useRef(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function change(method, file) {
    if (isBusy) return undefined;
    // A server that refuses early closes the connection, and a browser cannot read what it said.
    if (file && file.size > mostBytes) return setProblem(labels.large);
    setProblem("");
    setBusy(true);
    const said = await ask(method, file, labels);
    setBusy(false);
    setProblem(said);
    if (!said) onChanged?.(method === "PUT");
    if (!said && method === "DELETE") picker.current?.focus(); // The button that was pressed goes.
    return undefined;
  }

  return (
    <div className="picture-acts" aria-busy={isBusy}>
      <div className="line">
        <label className="btn outline">
          <input
            ref={picker}
            type="file"
            className="sr"
            accept="image/jpeg,image/png,image/webp"
            aria-describedby="picture-help"
            data-testid="picture-file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) change("PUT", file);
              event.target.value = "";
            }}
          />
          {isBusy ? labels.busy : hasPicture ? labels.change : labels.choose}
        </label>
        {hasPicture && (
          <button type="button" className="btn ghost" onClick={() => change("DELETE")}>
            {labels.remove}
          </button>
        )}
      </div>
      <p className="help" id="picture-help">{labels.hint}</p>
      {problem && (
        <p className="help bad" role="alert">
          <TriangleAlert className="icon xs" aria-hidden="true" />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
