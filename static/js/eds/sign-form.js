// Signs a form before it is sent. Load it where a form needs it:
//
//   <script type="module" src="{% static 'js/eds/sign-form.js' %}"></script>
//
//   <form method="post" action="…" data-eds-sign
//         data-sign-request-url="/api/v1/applications/<id>/sign-request/"   POST, answers the sign request (A.5)
//         data-sign-action="submit"              sent as {"action": …}; may be left out (sign-in)
//         data-sign-fields="reason basis"        names of controls of this form sent beside it; may be left out
//         data-if-match="<version>"              sent as If-Match; may be left out
//         {% include "egov/sign_attributes.html" %}>   the texts, translated
//     {% csrf_token %}
//     …
//     {% include "egov/sign_panel.html" with sign_purpose="sign" %}   hidden inputs, live region, demo chooser
//     <button type="submit">…</button>
//   </form>
//
// On submit: POST to data-sign-request-url with JSON and X-CSRFToken → {id, purpose, data_b64, expect, methods,
// ncalayer, expires_at}; the provider makes the CMS; `sign_request` and `cms` are filled; the form is sent as
// usual by the same button. A failure sends nothing: it is said in [data-eds-error], and the form can be signed
// again. A button with `formnovalidate` or `data-eds-skip` sends the form unsigned (saving, going back).
//
// The panel holds: input[name=sign_request], input[name=cms], [data-eds-status] (role=status), [data-eds-error]
// (role=alert), and in the demo select[data-eds-method] and select[data-eds-identity] (filled from the sandbox's
// list by the form's purpose, data-eds-purpose="sign|auth").
//
// Events on the form, bubbling: "eds:signed" {detail: {id}} before it is sent, "eds:failed" {detail: {code}}.

import { SigningError, sign } from "./index.js";
import { identities } from "./sandbox.js";

const SUBMIT_BUTTONS = "button:not([type=button]):not([type=reset]), input[type=submit]";

function bind(form) {
  form.addEventListener("submit", (event) => onSubmit(form, event));
  const chooser = form.querySelector("select[data-eds-identity]");
  if (chooser) fillChooser(chooser).catch(() => undefined);
}

function onSubmit(form, event) {
  const button = event.submitter;
  if (form.dataset.edsSigned) {
    delete form.dataset.edsSigned;
    return;
  }
  if (button?.matches("[data-eds-skip], [formnovalidate]")) return;
  event.preventDefault();
  if (!form.dataset.edsBusy) run(form, button);
}

async function run(form, button) {
  setBusy(form, true);
  showError(form, "");
  try {
    say(form, "preparing");
    const request = await askForRequest(form);
    say(form, "signing");
    const cms = await sign({ request, method: chosen(form, "method"), identity: chosen(form, "identity") });
    form.elements.namedItem("sign_request").value = request.id;
    form.elements.namedItem("cms").value = cms;
    say(form, "sending");
    announce(form, "eds:signed", { id: request.id });
    send(form, button);
  } catch (error) {
    fail(form, error);
  } finally {
    setBusy(form, false);
  }
}

// requestSubmit runs our own listener once more: this time it lets the form go.
function send(form, button) {
  form.dataset.edsSigned = "yes";
  if (button) button.disabled = false;
  form.requestSubmit(button || undefined);
}

async function askForRequest(form) {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-CSRFToken": form.elements.namedItem("csrfmiddlewaretoken")?.value || "",
  };
  if (form.dataset.ifMatch) headers["If-Match"] = form.dataset.ifMatch;
  let response;
  try {
    response = await fetch(form.dataset.signRequestUrl, {
      method: "POST",
      credentials: "same-origin",
      headers,
      body: JSON.stringify(requestBody(form)),
    });
  } catch {
    throw new SigningError("NETWORK");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new SigningError("REQUEST", body.detail || "");
  follow(form, response.headers.get("ETag"));
  return body;
}

// Where the request itself moved the case on (a decision opened for signature), the form goes with the new version.
// What the person had read was compared by If-Match.
function follow(form, tag) {
  const version = /^(?:W\/)?"(\d+)"$/.exec(tag || "");
  const field = form.elements.namedItem("version");
  if (version && field && form.dataset.ifMatch) field.value = version[1];
}

function requestBody(form) {
  const body = {};
  if (form.dataset.signAction) body.action = form.dataset.signAction;
  const values = new FormData(form);
  for (const name of (form.dataset.signFields || "").split(" ").filter(Boolean)) {
    if (values.has(name)) body[name] = values.get(name);
  }
  return body;
}

function chosen(form, what) {
  return form.querySelector(`[data-eds-${what}]`)?.value || "";
}

async function fillChooser(select) {
  const purpose = select.form.dataset.edsPurpose || select.dataset.edsPurpose || "sign";
  for (const item of await identities({ purpose })) {
    select.append(new Option(item.label, item.identity));
  }
}

function fail(form, error) {
  const code = error instanceof SigningError ? error.code : "REQUEST";
  const known = text(form, code) || text(form, "REQUEST") || code;
  const detail = error instanceof SigningError ? error.detail : "";
  say(form, "");
  // A refusal of the portal already says what, why and what to do; the others need our words before it.
  showError(form, code === "REQUEST" && detail ? detail : [known, detail].filter(Boolean).join(" "));
  announce(form, "eds:failed", { code });
  if (!(error instanceof SigningError)) throw error;
}

function say(form, step) {
  const region = form.querySelector("[data-eds-status]");
  if (region) region.textContent = step ? text(form, step) : "";
}

function showError(form, message) {
  const region = form.querySelector("[data-eds-error]");
  if (!region) return;
  region.textContent = message;
  region.hidden = !message;
}

// data-text-not-running="…" for NOT_RUNNING.
function text(form, key) {
  const name = `text-${key.toLowerCase().replaceAll("_", "-")}`;
  return form.getAttribute(`data-${name}`) || "";
}

function setBusy(form, busy) {
  if (busy) form.dataset.edsBusy = "yes";
  else delete form.dataset.edsBusy;
  form.setAttribute("aria-busy", String(busy));
  form.querySelectorAll(SUBMIT_BUTTONS).forEach((button) => { button.disabled = busy; });
}

function announce(form, name, detail) {
  form.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

// Coming back with the browser's own button: an old signature is not sent twice.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-eds-sign]")) {
    form.elements.namedItem("sign_request").value = "";
    form.elements.namedItem("cms").value = "";
    say(form, "");
  }
});

document.querySelectorAll("form[data-eds-sign]").forEach(bind);
