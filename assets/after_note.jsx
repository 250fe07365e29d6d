// What was done before this page was loaded anew: the address names it, and it is said once.
import { useEffect, useState } from "react";
import { CircleCheck } from "lucide-react";

export function AfterNote({ texts }) {
  const [done, setDone] = useState("");

  useEffect(() => {
    const address = new URL(location.href);
    const name = address.searchParams.get("done");
    if (!name) return;
    setDone(name);
    address.searchParams.delete("done");
    history.replaceState(history.state, "", address);
  }, []);

  return (
    <div role="status" className="after-note">
      {Object.hasOwn(texts, done) && (
        <p className="callout accent">
          <CircleCheck className="icon" aria-hidden="true" />
          <span>{texts[done]}</span>
        </p>
      )}
    </div>
  );
}
