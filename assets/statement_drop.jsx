// Statements go to the server over HTTP, one after another: dropped anywhere on the page or chosen, with their progress,
// and they can be stopped. The page is told the ids of the previews only; what the files hold is read on the server
// under the person's own rights. While a file is checked (quiet) nothing is shown but what was just dropped.
import { useEffect, useRef, useState } from "react";
import { TriangleAlert, Upload } from "lucide-react";
import { useDropAnywhere } from "./dropped_files.js";
import { sendFile } from "./upload.js";
import { takeWaiting } from "./waiting_files.js";

const UPLOAD = "/api/v1/imports";
const KINDS = ".csv,.txt,.tsv,.xlsx,.ofx,.qfx,.qif,.xml,.sta,.mt940,.940,.json,text/csv,text/plain";

function Progress({ name, share, labels, onStop }) {
  const percent = Math.round(share * 100);
  return (
    <div className="progress float" role="status">
      <div className="top">
        <span className="truncate">
          <b>{name}</b> <span className="muted num">{share < 1 ? `${percent} %` : labels.reading}</span>
        </span>
        <button type="button" className="btn soft s" onClick={onStop}>
          {labels.stop}
        </button>
      </div>
      <span className="bar" role="progressbar" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
        <i style={{ width: `${percent}%` }} />
      </span>
    </div>
  );
}

// The files of one drop, sent in their order: `sent` holds the previews that wait until the last one is there.
function useUploads(accountId, labels, onUploaded) {
  const running = useRef(null);
  const account = useRef(accountId);
  account.current = accountId;
  const into = useRef("");
  const [upload, setUpload] = useState(null);
  const [problems, setProblems] = useState([]);
  const [held, setHeld] = useState([]);
  useEffect(() => () => running.current?.abort(), []);

  function hand(ids) {
    setHeld([]);
    for (const id of ids) onUploaded?.(id);
  }

  // Where a file was refused, the reason stays in sight until the person goes on with the others.
  function end(sent, refused) {
    running.current = null;
    setUpload(null);
    setProblems(refused);
    if (refused.length) setHeld(sent);
    else hand(sent);
  }

  function next(files, sent, refused) {
    const [file, ...rest] = files;
    if (!file) return end(sent, refused);
    setUpload({ name: file.name, share: 0 });
    const query = new URLSearchParams({ account_id: into.current || account.current, filename: file.name || "statement" });
    running.current = sendFile(`${UPLOAD}?${query}`, file, {
      labels,
      onProgress: (share) => setUpload({ name: file.name, share }),
      onFail: (said) => next(rest, sent, [...refused, { name: file.name, said }]),
      onDone: (body) => next(rest, [...sent, String(body?.item?.id)], refused),
    });
    return undefined;
  }

  // `account` is another one than the page shows where the page they were dropped on said so.
  function start(files, account = "") {
    if (running.current || !files?.length) return;
    into.current = account;
    setProblems([]);
    next([...files], held, []);
  }

  function stop() {
    running.current?.abort();
    end([], []);
  }

  return { upload, problems, held, start, stop, goOn: () => { setProblems([]); hand(held); } };
}

function Problems({ problems, held, labels, onGoOn }) {
  return problems.map(({ name, said }, place) => (
    <div key={place} className="callout danger" role="alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <span>
        <b>{name}</b> {said}
      </span>
      {held.length > 0 && place === problems.length - 1 && (
        <button type="button" className="btn s" onClick={onGoOn}>
          {labels.goOn}
        </button>
      )}
    </div>
  ));
}

export function StatementDrop({ accountId, dropped, droppedInto, labels, isQuiet, onUploaded }) {
  const picker = useRef(null);
  const { upload, problems, held, start, stop, goOn } = useUploads(accountId, labels, onUploaded);
  const isOver = useDropAnywhere((files) => start(files));
  // Not before the server has said which account they are for.
  useEffect(() => {
    start(takeWaiting(dropped), droppedInto);
  }, [dropped]);

  if (upload) return <Progress name={upload.name} share={upload.share} labels={labels} onStop={stop} />;
  const said = <Problems problems={problems} held={held} labels={labels} onGoOn={goOn} />;
  if (isQuiet && !isOver) return said;
  return (
    <div className={isOver ? "drop is-over" : "drop"}>
      <span className="glyph accent">
        <Upload className="icon l" aria-hidden="true" />
      </span>
      <p className="drop-words">{labels.drop}</p>
      <label className="btn solid l">
        <input
          ref={picker}
          type="file"
          multiple
          className="sr"
          accept={KINDS}
          data-testid="statement-file"
          onChange={(event) => {
            start([...event.target.files]);
            event.target.value = "";
          }}
        />
        {labels.choose}
      </label>
      <p className="muted small">{labels.hint}</p>
      {said}
    </div>
  );
}
