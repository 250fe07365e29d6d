// Ends the session over HTTP. A full load follows, because the socket keeps the cookie it was opened with.
import { useState } from "react";
import { LogOut } from "lucide-react";

export function SignOut({ label, url, following }) {
  const [busy, setBusy] = useState(false);

  async function leave() {
    setBusy(true);
    try {
      const answer = await fetch(url, { method: "DELETE", credentials: "same-origin" });
      if (!answer.ok && answer.status !== 401) throw new Error(String(answer.status));
      sessionStorage.clear();
      localStorage.removeItem("theme"); // The account keeps it; who comes next has not chosen.
      location.assign(following);
    } catch {
      setBusy(false); // Still signed in: the button stays and can be pressed again.
    }
  }

  return (
    <button type="button" className="menu-item" disabled={busy} onClick={leave}>
      <LogOut className="icon" aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}
