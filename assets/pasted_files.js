// Files that are pasted, a picture of the screen for one. A paste is only watched, never held up: text goes where it goes.
// Cells of a table come as text and as a picture of themselves: that is none.
import { useEffect, useRef } from "react";

const isTable = ({ types }) => types.includes("text/plain") && types.includes("text/html");

export function usePastedFiles(onFiles) {
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const paste = (event) => {
      const { clipboardData: pasted } = event;
      if (pasted?.files.length && !isTable(pasted)) take.current(pasted.files);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}
