// Photos and PDFs of a transaction: dropped, pasted, chosen or taken with the camera, sent one after another with their
// progress; what comes meanwhile waits for its turn. The page is told the change sets only; what is attached is read on the server under the person's own rights.
import { useEffect, useRef, useState } from "react";
import { Dialog } from "@radix-ui/themes";
import { Camera, Download, FileText, Paperclip, Trash2, TriangleAlert, X } from "lucide-react";
import { useDropAnywhere } from "./dropped_files.js";
import { usePastedFiles } from "./pasted_files.js";
import { sendFile } from "./upload.js";

// Without HEIC among them an iPhone hands its photos over as JPEG.
const KINDS = "image/jpeg,image/png,image/webp,application/pdf";

function useUploads({ place, mostBytes, labels, onAdded }) {
  const running = useRef(null);
  const waiting = useRef([]);
  const [upload, setUpload] = useState(null);
  const [problems, setProblems] = useState([]);
  useEffect(() => () => running.current?.abort(), []);

  function next(refused) {
    const { file, to } = waiting.current.shift() ?? {};
    running.current = null;
    setProblems(refused);
    if (!file) return setUpload(null);
    const refuse = (said) => next([...refused, { name: file.name, said }]);
    const show = (share) => setUpload({ name: file.name, share, more: waiting.current.length });
    // A server that refuses early closes the connection, and a browser cannot read what it said.
    if (file.size > mostBytes) return refuse(labels.large);
    show(0);
    const query = new URLSearchParams({ filename: file.name || "attachment" });
    running.current = sendFile(`${to}?${query}`, file, {
      labels,
      onProgress: show,
      onFail: refuse,
      onDone: (body) => {
        onAdded?.(String(body.change_id));
        next(refused);
      },
    });
    return undefined;
  }

  function start(files) {
    // Each goes to the transaction that was open when it came.
    waiting.current.push(...[...files].map((file) => ({ file, to: place })));
    if (running.current) setUpload((shown) => shown && { ...shown, more: waiting.current.length });
    else if (waiting.current.length) next([]);
  }

  function stop() {
    running.current?.abort();
    waiting.current = [];
    next([]);
  }

  return { upload, problems, stop, start };
}

function Progress({ upload, labels, onStop }) {
  const percent = Math.round(upload.share * 100);
  return (
    <div className="attachment-progress" role="status">
      <span className="truncate">
        <b>{upload.name}</b> <span className="muted num">{upload.share < 1 ? `${percent} %` : labels.checking}</span>
        {upload.more > 0 && <span className="muted num"> +{upload.more}</span>}
      </span>
      <button type="button" className="btn soft s" onClick={onStop}>
        {labels.stop}
      </button>
      <span className="bar" role="progressbar" aria-label={upload.name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
        <i style={{ width: `${percent}%` }} />
      </span>
    </div>
  );
}

function Viewer({ seen, labels, onClose }) {
  return (
    <Dialog.Root open={Boolean(seen)} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Content className="dialog viewer" aria-describedby={undefined}>
        <div className="dialog-head">
          <Dialog.Title className="dialog-title truncate" as="h2">
            {seen?.name}
          </Dialog.Title>
          <Dialog.Close>
            <button type="button" className="icon-btn" aria-label={labels.close}>
              <X className="icon" aria-hidden="true" />
            </button>
          </Dialog.Close>
        </div>
        {seen && <img className="evidence" src={`${seen.href}?show=true`} alt={seen.name} />}
      </Dialog.Content>
    </Dialog.Root>
  );
}

function Attachment({ row, labels, mayChange, onSee, onRemove }) {
  const shown = row.thumbnail ? (
    <button type="button" className="thumb" aria-label={`${labels.view}: ${row.name}`} onClick={() => onSee(row)}>
      <img className="evidence" src={row.thumbnail} alt="" loading="lazy" />
    </button>
  ) : (
    <a className="thumb" href={`${row.href}?show=true`} target="_blank" rel="noopener" aria-label={`${labels.open}: ${row.name}`}>
      <FileText className="icon l" aria-hidden="true" />
    </a>
  );
  return (
    <li className="attachment">
      {shown}
      <span className="what">
        <b className="truncate">{row.name}</b>
        <span className="muted small truncate">{row.detail}</span>
      </span>
      <a className="icon-btn" href={row.href} download={row.name} aria-label={`${labels.save}: ${row.name}`} title={labels.save}>
        <Download className="icon s" aria-hidden="true" />
      </a>
      {mayChange && (
        <button type="button" className="icon-btn" aria-label={`${labels.remove}: ${row.name}`} title={labels.remove} onClick={() => onRemove(row)}>
          <Trash2 className="icon s" aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

// A label looks like a button; the input in it is what the keyboard meets.
function Picker({ picker, icon: Icon, label, onFiles, look, ...input }) {
  return (
    <label className={`btn outline ${look ?? ""}`}>
      <Icon className="icon s" aria-hidden="true" />
      <input
        ref={picker}
        type="file"
        className="sr"
        aria-describedby="attachments-help"
        onChange={(event) => {
          onFiles(event.target.files);
          event.target.value = "";
        }}
        {...input}
      />
      {label}
    </label>
  );
}

function Adding({ picker, labels, onFiles }) {
  return (
    <div className="attachment-acts">
      <Picker picker={picker} icon={Paperclip} label={labels.choose} onFiles={onFiles} accept={KINDS} multiple data-testid="attachment-file" />
      <Picker look="only-touch" icon={Camera} label={labels.camera} onFiles={onFiles} accept="image/jpeg" capture="environment" data-testid="attachment-camera" />
      <p className="help" id="attachments-help">{labels.hint}</p>
    </div>
  );
}

export function Attachments({ rows, place, mayChange, mostBytes, labels, onAdded, onRemove }) {
  const picker = useRef(null);
  const [seen, setSeen] = useState(null);
  const { upload, problems, start, stop } = useUploads({ place, mostBytes, labels, onAdded });
  const take = (files) => mayChange && start(files);
  const isOver = useDropAnywhere(take);
  usePastedFiles(take);

  function remove(row) {
    onRemove?.(row.id);
    picker.current?.focus(); // The button that was pressed goes.
  }

  if (!mayChange && rows.length === 0) return null;
  return (
    <section className={isOver && mayChange ? "attachments is-over" : "attachments"} aria-labelledby="attachments-title">
      <h3 id="attachments-title">{labels.title}</h3>
      {rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <Attachment key={row.id} row={row} labels={labels} mayChange={mayChange} onSee={setSeen} onRemove={remove} />
          ))}
        </ul>
      )}
      {upload && <Progress upload={upload} labels={labels} onStop={stop} />}
      {mayChange && !upload && <Adding picker={picker} labels={labels} onFiles={take} />}
      {problems.map(({ name, said }, at) => (
        <p key={at} className="help bad" role="alert">
          <TriangleAlert className="icon xs" aria-hidden="true" />
          <span>
            <b>{name}</b> {said}
          </span>
        </p>
      ))}
      <Viewer seen={seen} labels={labels} onClose={() => setSeen(null)} />
    </section>
  );
}
