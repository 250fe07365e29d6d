// Files that are dragged over any part of the page; what else is dragged (a text, a row) is left alone.
import { useEffect, useRef, useState } from "react";

export function useDropAnywhere(onFiles) {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    const over = (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event) => event.relatedTarget === null && setOver(false);
    const drop = (event) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      take.current(event.dataTransfer.files);
    };
    const heard = { dragover: over, dragleave: leave, drop };
    for (const [kind, handle] of Object.entries(heard)) window.addEventListener(kind, handle);
    return () => {
      for (const [kind, handle] of Object.entries(heard)) window.removeEventListener(kind, handle);
    };
  }, []);
  return isOver;
}
