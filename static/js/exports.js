// A file that is asked for is taken here, so that its progress is seen; without this script the browser takes it.
"use strict";

const SHOWN_EVERY = 250; // ms

function sized(bytes) {
  const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return bytes < 1048576 ? `${format.format(bytes / 1024)} KB` : `${format.format(bytes / 1048576)} MB`;
}

function nameOf(answer) {
  return /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "table";
}

async function received(answer, show) {
  const pieces = [];
  let bytes = 0;
  let shown = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    bytes += value.length;
    if (performance.now() - shown > SHOWN_EVERY) {
      shown = performance.now();
      show(bytes);
    }
  }
  show(bytes);
  return new Blob(pieces, { type: answer.headers.get("Content-Type") });
}

function hand(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function take(event) {
  const link = event.target.closest("a");
  const place = event.currentTarget;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const progress = place.querySelector("[role=status]");
  if (place.dataset.busy) return;
  place.dataset.busy = "yes";
  progress.textContent = "…";
  try {
    const answer = await fetch(link.href);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const file = await received(answer, (bytes) => {
      progress.textContent = `${place.dataset.export} ${sized(bytes)}`;
    });
    hand(file, nameOf(answer));
  } catch {
    progress.textContent = place.dataset.failed;
  } finally {
    delete place.dataset.busy;
  }
}

document.querySelectorAll("[data-export]").forEach((place) => place.addEventListener("click", take));
