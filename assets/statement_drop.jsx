// A statement goes to the server over HTTP: dropped or chosen, with its progress, and it can be stopped. The page is
// told the id of the preview only; what the file holds is read on the server under the person's own rights.
import { useEffect, useRef, useState } from "react";
import { TriangleAlert, Upload } from "lucide-react";

const UPLOAD = "/api/v1/imports";

function readProblem(request, labels) {
  let body = null;
  try {
    body = JSON.parse(request.responseText);
  } catch {
    return labels.failed; // A proxy answered, not we.
  }
  const said = (body?.errors ?? []).map((error) => error.message).filter(Boolean);
  return said.join(" ") || body?.detail || labels.failed;
}

function send(file, accountId, { onProgress, onDone, onFail, labels }) {
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ account_id: accountId, filename: file.name || "statement" });
  request.open("POST", `${UPLOAD}?${query}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
  request.onerror = () => onFail(labels.unreachable);
  request.onload = () => {
    if (request.status !== 201) return onFail(readProblem(request, labels));
    const id = JSON.parse(request.responseText)?.item?.id;
    return onDone(String(id));
  };
  request.send(file);
  return request;
}

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

export function StatementDrop({ accountId, labels, onUploaded }) {
  const picker = useRef(null);
  const running = useRef(null);
  const [isOver, setOver] = useState(false);
  const [upload, setUpload] = useState(null);
  const [problem, setProblem] = useState("");
  useEffect(() => () => running.current?.abort(), []);

  function end(said = "") {
    running.current = null;
    setUpload(null);
    setProblem(said);
  }

  function start(files) {
    if (running.current || !files?.length) return;
    if (files.length > 1) return setProblem(labels.one);
    const file = files[0];
    setProblem("");
    setUpload({ name: file.name, share: 0 });
    running.current = send(file, accountId, {
      labels,
      onProgress: (share) => setUpload({ name: file.name, share }),
      onFail: end,
      onDone: (id) => {
        end();
        onUploaded?.(id);
      },
    });
    return undefined;
  }

  function stop() {
    running.current?.abort();
    end();
    picker.current?.focus();
  }

  if (upload) return <Progress name={upload.name} share={upload.share} labels={labels} onStop={stop} />;
  return (
    <div
      className={isOver ? "drop is-over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        start(event.dataTransfer.files);
      }}
    >
      <span className="glyph accent">
        <Upload className="icon l" aria-hidden="true" />
      </span>
      <p className="drop-words">{labels.drop}</p>
      <label className="btn solid l">
        <input
          ref={picker}
          type="file"
          className="sr"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          data-testid="statement-file"
          onChange={(event) => {
            start(event.target.files);
            event.target.value = "";
          }}
        />
        {labels.choose}
      </label>
      <p className="muted small">{labels.hint}</p>
      {problem && (
        <p className="callout danger" role="alert">
          <TriangleAlert className="icon" aria-hidden="true" />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
