// Files that are pasted, a picture of the screen for one. A paste is only watched, never held up: text goes where it goes.
import { useEffect, useRef } from "react";

export function usePastedFiles(onFiles) {
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const paste = (event) => {
      const files = event.clipboardData?.files;
      if (files?.length) take.current(files);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}
