// Files that are dropped on a page without a place for them go to the import, into the account that the page shows.
import { Upload } from "lucide-react";
import { useNavigate } from "react-router";
import { useDropElsewhere } from "./dropped_files.js";
import { waitFor } from "./waiting_files.js";

function accountShown() {
  const { pathname, search } = window.location;
  return pathname.match(/\/accounts\/(\d+)\/?$/)?.[1] ?? new URLSearchParams(search).get("account") ?? "";
}

export function DropLeads({ path, label }) {
  const navigate = useNavigate();
  const isOver = useDropElsewhere((files) => {
    const query = new URLSearchParams({ drop: waitFor(files) });
    const account = accountShown();
    if (account) query.set("account", account);
    navigate(`${path}?${query}`);
  });
  if (!isOver) return null;
  return (
    <div className="drop-leads" role="status">
      <div className="drop float">
        <span className="glyph accent">
          <Upload className="icon l" aria-hidden="true" />
        </span>
        <p className="drop-words">{label}</p>
      </div>
    </div>
  );
}
