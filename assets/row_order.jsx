// Rows are dragged by their handle and dropped at a place of the list; the page is told which one went where.
import { useRef, useState } from "react";

const ROW = "[data-drag]";

export function RowOrder({ onMove, children }) {
  const dragged = useRef(null);
  const [over, setOver] = useState(null);

  const start = (event) => {
    const row = event.target.closest?.(ROW);
    if (!row) return;
    dragged.current = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.drag);
  };
  const pass = (event) => {
    const row = dragged.current && event.target.closest?.(ROW);
    if (!row) return;
    event.preventDefault();
    over?.classList.remove("drop-here");
    row.classList.add("drop-here");
    setOver(row);
  };
  const end = () => {
    over?.classList.remove("drop-here");
    dragged.current = null;
    setOver(null);
  };
  const drop = (event) => {
    const row = event.target.closest?.(ROW);
    if (dragged.current && row && row !== dragged.current) {
      event.preventDefault();
      onMove(dragged.current.dataset.drag, row.dataset.place);
    }
    end();
  };
  return (
    <div onDragStart={start} onDragOver={pass} onDrop={drop} onDragEnd={end}>
      {children}
    </div>
  );
}
