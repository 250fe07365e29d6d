// Files that are dragged over any part of the page; what else is dragged (a text, a row) is left alone.
import { useEffect, useRef, useState } from "react";

const takers = new Set();

// For a page or dialog that has a place for them.
export function useDropAnywhere(onFiles) {
  useEffect(() => {
    const me = {};
    takers.add(me);
    return () => takers.delete(me);
  }, []);
  return useDrop(onFiles, () => true);
}

// For the frame: only while nothing else on the page takes them.
export const useDropElsewhere = (onFiles) => useDrop(onFiles, () => takers.size === 0);

function useDrop(onFiles, isMine) {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const holdsFiles = (event) => isMine() && [...(event.dataTransfer?.types ?? [])].includes("Files");
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
