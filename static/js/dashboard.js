// The dashboard asks for itself again and takes over what changed: numbers in their places, so focus and scroll stay.
"use strict";

const button = document.querySelector("[data-refresh-every]");
const failed = document.querySelector("[data-refresh-failed]");
let timer = 0;

function keys(region) {
  return [...region.querySelectorAll("[data-number]")].map((place) => place.dataset.number).join(" ");
}

// The same places: only texts, links and colours move. Other places (a new officer): the region is put anew.
function takeOver(old, fresh) {
  if (old.innerHTML === fresh.innerHTML) return;
  if (keys(old) !== keys(fresh) || keys(old) === "") {
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.number : null;
    old.replaceChildren(...fresh.childNodes);
    if (focused) old.querySelector(`[data-number="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    return;
  }
  fresh.querySelectorAll("[data-number]").forEach((place) => takeOverNumber(old, place));
}

function takeOverNumber(scope, fresh) {
  const old = scope.querySelector(`[data-number="${CSS.escape(fresh.dataset.number)}"]`);
  if (!old) return;
  if (old.tagName !== fresh.tagName && document.activeElement !== old) {
    old.replaceWith(fresh.cloneNode(true));
    return;
  }
  if (old.textContent !== fresh.textContent) old.textContent = fresh.textContent;
  if (old.className !== fresh.className) old.className = fresh.className;
  if (fresh.hasAttribute("href") && old.tagName === "A") old.setAttribute("href", fresh.getAttribute("href"));
}

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.querySelectorAll("[data-live-region]").forEach((fresh) => {
      const old = document.querySelector(`[data-live-region="${CSS.escape(fresh.dataset.liveRegion)}"]`);
      if (old) takeOver(old, fresh);
    });
    page.querySelectorAll("[data-tone-of]").forEach((fresh) => {
      const old = document.querySelector(`[data-tone-of="${CSS.escape(fresh.dataset.toneOf)}"]`);
      if (!old) return;
      old.className = fresh.className;
      takeOverNumber(old, fresh.querySelector("[data-number]"));
    });
    failed.hidden = true;
  } catch {
    failed.hidden = false;
  }
}

function start() {
  timer = window.setInterval(refresh, Number(button.dataset.refreshEvery) * 1000);
  button.textContent = button.dataset.pause;
}

function toggle() {
  if (!timer) {
    refresh();
    start();
    return;
  }
  window.clearInterval(timer);
  timer = 0;
  button.textContent = button.dataset.resume;
}

if (button) {
  button.addEventListener("click", toggle);
  start();
}
