// A link to a file that may want a fresh proof. A link that the browser follows cannot ask for one, so its check is
// asked first: `/check` behind its path. The file itself is the browser's own download, which tells how far it is.
import { useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";
import { localPath, readProblem } from "./sending.js";
import { sendFresh } from "./step_up.jsx";

const KEPT = "fintrack.file";

function save(href) {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}

// After a proof the page is loaded anew, which could end a download that has only begun: the new page begins it.
function saveAfterLoad(href) {
  sessionStorage.clear();
  sessionStorage.setItem(KEPT, href);
  location.reload();
}

if (typeof document !== "undefined") {
  const kept = localPath(sessionStorage.getItem(KEPT));
  sessionStorage.removeItem(KEPT);
  if (kept) save(kept);
}

export function FreshLink({ label, href, stepUp, texts }) {
  const busy = useRef(false);
  const [above, setAbove] = useState("");

  async function take(event) {
    event.preventDefault();
    if (busy.current) return;
    busy.current = true;
    setAbove("");
    try {
      const { ok, body, isProved } = await sendFresh(href.replace("?", "/check?"), "GET", undefined, stepUp);
      if (ok && isProved) saveAfterLoad(href);
      else if (ok) save(href);
      else setAbove(readProblem(body, [], texts).above);
    } catch {
      setAbove(texts.unreachable);
    }
    busy.current = false;
  }

  return (
    <>
      <a href={href} download className="link" onClick={take}>{label}</a>
      {above && (
        <p className="help bad" role="alert">
          <TriangleAlert className="icon xs" aria-hidden="true" />
          <span>{above}</span>
        </p>
      )}
    </>
  );
}
