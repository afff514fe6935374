// Sends a file with progress: form[data-upload]. A refusal is said in the form, and the chosen file stays chosen.
//
// The form holds input[type=file], <progress>, [data-upload-error] (role=alert), [data-upload-status] (role=status)
// and optionally [data-dropzone]; texts: data-text-network, data-text-checking. Without JavaScript it is a plain form.

function bind(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!form.dataset.busy) send(form);
  });
  const zone = form.querySelector("[data-dropzone]");
  if (zone) bindDrop(form, zone);
}

function bindDrop(form, zone) {
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("dropzone--over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    const files = event.dataTransfer?.files;
    if (files?.length) form.querySelector("input[type=file]").files = files;
  });
}

function send(form) {
  const bar = form.querySelector("progress");
  const request = new XMLHttpRequest();
  setBusy(form, true);
  showError(form, "");
  form.querySelectorAll("[data-upload-fault]").forEach((words) => words.remove());
  bar.hidden = false;
  bar.value = 0;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = (100 * event.loaded) / event.total;
    say(form, `${Math.round(bar.value)} %`);
  });
  request.upload.addEventListener("load", () => say(form, form.dataset.textChecking));
  request.addEventListener("load", () => finish(form, request));
  request.addEventListener("error", () => fail(form, form.dataset.textNetwork));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
}

function finish(form, request) {
  if (request.status >= 200 && request.status < 300) {
    showAnew(form).catch(() => window.location.reload());
    return;
  }
  let problem = {};
  try {
    problem = JSON.parse(request.responseText);
  } catch {
    problem = {};
  }
  const said = problem.detail || form.dataset.textNetwork;
  const elsewhere = [];
  for (const [name, texts] of Object.entries(problem.errors || {})) {
    const unsaid = texts.filter((text) => !said.includes(text));
    if (unsaid.length && !mark(form, name, unsaid)) elsewhere.push(...unsaid);
  }
  fail(form, [said, ...elsewhere].join(" "));
}

// A fault stands with its field, as it does when the portal renders the page.
function mark(form, name, texts) {
  const place = form.elements.namedItem(name)?.closest?.(".field");
  if (!place) return false;
  const words = document.createElement("p");
  words.className = "field__error";
  words.dataset.uploadFault = name;
  words.textContent = texts.join(" ");
  place.append(words);
  return true;
}

// Only this entry and the steps are drawn anew: what is typed at the other entries stays.
async function showAnew(form) {
  const entry = form.closest(".evidence");
  const answer = await fetch(window.location.pathname, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(entry.id);
  if (!answer.ok || !fresh) throw new Error("the page is not what it was");
  entry.replaceWith(fresh);
  fresh.querySelectorAll("form[data-upload]").forEach(bind);
  document.querySelector(".wizard-track").replaceWith(page.querySelector(".wizard-track"));
  fresh.focus();
}

function fail(form, words) {
  form.querySelector("progress").hidden = true;
  say(form, "");
  showError(form, words);
  setBusy(form, false);
}

function say(form, words) {
  form.querySelector("[data-upload-status]").textContent = words || "";
}

function showError(form, words) {
  const region = form.querySelector("[data-upload-error]");
  region.textContent = words;
  region.hidden = !words;
}

function setBusy(form, busy) {
  if (busy) form.dataset.busy = "yes";
  else delete form.dataset.busy;
  form.setAttribute("aria-busy", String(busy));
  form.querySelectorAll("button").forEach((button) => { button.disabled = busy; });
}

document.querySelectorAll("form[data-upload]").forEach(bind);
