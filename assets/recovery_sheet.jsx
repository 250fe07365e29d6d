// The recovery sheet: the master key, once, for paper. It stands beside the page's own tree: a socket that connects
// again loads the state of the page anew and would take the only sight of the key away.
import { useEffect, useRef } from "react";
import { Printer } from "lucide-react";
import { CopyButton } from "./copy_button.jsx";
import { cover } from "./cover.jsx";

function Sheet({ recovery, texts, onKept }) {
  const heading = useRef(null);
  const key = useRef(null);
  const today = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });

  useEffect(() => {
    heading.current?.focus();
  }, []);

  return (
    <main className="recovery-sheet card" aria-labelledby="recovery-title">
      <h1 id="recovery-title" ref={heading} tabIndex={-1}>{texts.title}</h1>
      <p>{texts.why}</p>
      <p>{texts.once}</p>
      <dl>
        <dt>{texts.key}</dt>
        <dd ref={key} className="mono recovery-key">{recovery.key}</dd>
        <dt>{texts.fingerprint}</dt>
        <dd className="mono small">{recovery.fingerprint}</dd>
        <dt>{texts.address}</dt>
        <dd>{location.host}, {today}</dd>
      </dl>
      <p className="muted small">{texts.use}</p>
      <div className="recovery-acts">
        <button type="button" className="btn outline" onClick={() => print()}>
          <Printer className="icon s" aria-hidden="true" />
          {texts.print}
        </button>
        <CopyButton from={key} text={recovery.key} texts={texts} />
        <button type="button" className="btn solid" onClick={onKept}>{texts.kept}</button>
      </div>
    </main>
  );
}

// Covers the page until the person says that the key is kept; leaving before asks first.
export function showRecovery(recovery, texts, onKept) {
  cover("recovery", (close) => <Sheet recovery={recovery} texts={texts} onKept={() => { close(); onKept(); }} />, {
    holds: true,
  });
}
