// Calls once when what stands beside it has been painted: two frames later.
import { useEffect } from "react";

export function AfterPaint({ onPaint }) {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => onPaint());
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return null;
}
