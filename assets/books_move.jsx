// Whole books from a file: the server says what would come in, and the same file is sent again with the yes.
import { useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";
import { sendFile } from "./upload.js";

export function BooksMove({ labels, mostBytes, onBrought }) {
  const picker = useRef(null);
  const [file, setFile] = useState(null);
  const [seen, setSeen] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  function ask(url, chosen, onDone) {
    setProblem("");
    setBusy(true);
    const end = (then) => (said) => {
      setBusy(false);
      then(said);
    };
    sendFile(url, chosen, { labels, onProgress: () => {}, onDone: end(onDone), onFail: end(setProblem) });
  }

  function look(chosen) {
    setFile(chosen);
    setSeen(null);
    // A server that refuses early closes the connection, and a browser cannot read what it said.
    if (chosen.size > mostBytes) return setProblem(labels.large);
    return ask("/api/v1/books/preview", chosen, setSeen);
  }

  function bring() {
    const query = new URLSearchParams({ filename: file.name });
    ask(`/api/v1/books?${query}`, file, (done) => {
      setSeen(null);
      onBrought?.(String(done.change_id));
    });
  }

  function leave() {
    setSeen(null);
    picker.current?.focus();
  }

  return (
    <div className="form books-move" aria-busy={isBusy}>
      <label className="btn outline">
        <input
          ref={picker}
          type="file"
          className="sr"
          accept=".json,application/json"
          data-testid="books-file"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen && !isBusy) look(chosen);
            event.target.value = "";
          }}
        />
        {isBusy ? labels.busy : labels.choose}
      </label>
      {problem && (
        <p className="help bad" role="alert">
          <TriangleAlert className="icon xs" aria-hidden="true" />
          <span>{problem}</span>
        </p>
      )}
      {seen && (
        <div role="status" className="books-seen">
          <p>
            <b>{file.name}</b>
          </p>
          <ul>
            {seen.words.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <ul className="muted small">
            {seen.accounts.map((one, place) => (
              <li key={place}>
                {one.name} · {one.currency} · {one.is_new ? labels.made : labels.there}
              </li>
            ))}
          </ul>
          <div className="line">
            <button type="button" className="btn ghost" onClick={leave}>
              {labels.leave}
            </button>
            <button type="button" className="btn solid" disabled={isBusy} onClick={bring}>
              {labels.bring}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
