// A sentence from the server whose amounts stand between U+2068 and U+2069 (Unicode isolates, invisible): each
// becomes an element of its own, so that the privacy switch blurs it.
const AMOUNT = /\u2068([^\u2069]*)\u2069/;

export function Sentence({ text }) {
  const parts = String(text ?? "").split(AMOUNT);
  return <span>{parts.map((part, place) => (place % 2 ? <span key={place} className="amt">{part}</span> : part))}</span>;
}
