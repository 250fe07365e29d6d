// Copies what is shown once: a key, a secret, recovery codes.
import { useState } from "react";
import { Check, Copy } from "lucide-react";

// Copies `text`, which `element` shows; where the browser refuses, what is selected can be copied by hand.
async function copyText(element, text) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function CopyButton({ from, text, texts, className = "btn outline" }) {
  const [copied, setCopied] = useState(false);
  const Mark = copied ? Check : Copy;
  return (
    <button type="button" className={className} onClick={async () => setCopied(await copyText(from.current, text))}>
      <Mark className="icon s" aria-hidden="true" />
      <span aria-live="polite">{copied ? texts.copied : texts.copy}</span>
    </button>
  );
}
