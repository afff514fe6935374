// What every page gains from JavaScript; every page works without it.
"use strict";

document.documentElement.classList.add("has-js");

function focusErrors() {
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
}

// A button pressed twice sends once; coming back with the browser's own button sets it free again.
function sendOnce(event) {
  const form = event.target;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  form.dataset.sending = "yes";
}

function freeForms() {
  document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending);
}

function askFirst(event) {
  const button = event.target.closest("[data-confirm]");
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
}

// Five minutes before the session ends the page says so; "stay" asks the portal for more time.
const WARN_SECONDS = 5 * 60;

function warnLater(warning) {
  const seconds = Number(warning.dataset.sessionSeconds) - WARN_SECONDS;
  window.setTimeout(() => { warning.hidden = false; }, Math.max(seconds, 0) * 1000);
}

async function staySignedIn(event) {
  const warning = event.target.closest("[data-session-seconds]");
  if (!warning) return;
  event.preventDefault();
  const answer = await fetch(event.target.action, { method: "POST", body: new FormData(event.target) });
  if (!answer.ok || answer.redirected) {
    window.location.reload();
    return;
  }
  warning.hidden = true;
  warning.dataset.sessionSeconds = (await answer.json()).seconds;
  warnLater(warning);
}

document.addEventListener("submit", staySignedIn);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", askFirst);
window.addEventListener("pageshow", freeForms);
focusErrors();
document.querySelector(".site-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
document.querySelectorAll("[data-session-seconds]").forEach(warnLater);
