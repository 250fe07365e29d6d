// Files that were dropped where nothing takes them, on their way to the page that does. One drop at a time, told apart by
// a key in the address of that page, so no other visit takes them.
let waiting = { key: "", files: [] };

export function waitFor(files) {
  waiting = { key: String(Date.now()), files: [...files] };
  return waiting.key;
}

export function takeWaiting(key) {
  if (!key || key !== waiting.key) return [];
  const { files } = waiting;
  waiting = { key: "", files: [] };
  return files;
}
