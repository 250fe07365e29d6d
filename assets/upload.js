// A file goes to the server over HTTP as the raw body, with its progress; it can be stopped by abort().

function readProblem(request, labels) {
  let body = null;
  try {
    body = JSON.parse(request.responseText);
  } catch {
    return labels.failed; // A proxy answered, not we.
  }
  const said = (body?.errors ?? []).map((error) => error.message).filter(Boolean);
  return said.join(" ") || body?.detail || labels.failed;
}

// A request that is sent twice does once what it asks for.
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

export function sendFile(url, file, { onProgress, onDone, onFail, labels }) {
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Accept-Language", document.documentElement.lang);
  request.setRequestHeader("Idempotency-Key", newKey());
  request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
  request.onerror = () => onFail(labels.unreachable);
  request.onload = () => {
    if (request.status !== 200 && request.status !== 201) return onFail(readProblem(request, labels));
    return onDone(JSON.parse(request.responseText));
  };
  request.send(file);
  return request;
}
