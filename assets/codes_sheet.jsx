// The recovery codes, once: for paper, for a file, or for a password manager.
import { useEffect, useRef } from "react";
import { Download, Printer } from "lucide-react";
import { CopyButton } from "./copy_button.jsx";
import { cover } from "./cover.jsx";

function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = "fintrack-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(link.href);
}

function Sheet({ codes, texts, onKept }) {
  const heading = useRef(null);
  const list = useRef(null);
  const text = `FinTrack, ${location.host}\n\n${codes.join("\n")}\n`;

  useEffect(() => {
    heading.current?.focus();
  }, []);

  return (
    <main className="recovery-sheet card" aria-labelledby="codes-title">
      <h1 id="codes-title" ref={heading} tabIndex={-1}>{texts.title}</h1>
      <p>{texts.why}</p>
      <p>{texts.once}</p>
      <ol ref={list} className="mono recovery-key recovery-codes">
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ol>
      <p className="muted small">{location.host}</p>
      <div className="recovery-acts">
        <button type="button" className="btn outline" onClick={() => download(text)}>
          <Download className="icon s" aria-hidden="true" />
          {texts.download}
        </button>
        <button type="button" className="btn outline" onClick={() => print()}>
          <Printer className="icon s" aria-hidden="true" />
          {texts.print}
        </button>
        <CopyButton from={list} text={codes.join("\n")} texts={texts} />
        <button type="button" className="btn solid" onClick={onKept}>{texts.kept}</button>
      </div>
    </main>
  );
}

// Covers the page until the person says that the codes are kept; leaving before asks first.
export function showCodes(codes, texts, onKept) {
  cover("recovery", (close) => <Sheet codes={codes} texts={texts} onKept={() => { close(); onKept(); }} />, {
    holds: true,
  });
}
