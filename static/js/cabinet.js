// Saves a step of the wizard while one types: form[data-autosave="<step>"], posted as JSON-answered form data.
//
// The form holds `version` and, for data centres, `data_centers.<n>.id`; both are kept fresh from the answers, so a
// later plain submit does not meet its own autosave. Texts: data-text-saving, -saved, -refused, -offline.

const WAIT_MS = 1200;

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.timer = 0;
    this.running = null;
    this.dirty = false;
    form.addEventListener("input", () => this.later());
    form.addEventListener("submit", (event) => this.hold(event), true);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty) this.now();
    });
  }

  later() {
    this.dirty = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.now(), WAIT_MS);
  }

  async now() {
    window.clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.dirty) return;
    this.dirty = false;
    this.running = this.send().finally(() => { this.running = null; });
    await this.running;
  }

  // The button waits for a save that is on its way: both would carry the same version.
  hold(event) {
    window.clearTimeout(this.timer);
    this.dirty = false;
    if (!this.running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    this.running.then(() => this.form.requestSubmit(button || undefined));
  }

  async send() {
    this.say("saving");
    const body = new FormData(this.form);
    body.set("wizard_step", this.form.dataset.autosave);
    try {
      const answer = await fetch(this.form.action, {
        method: "POST", body, credentials: "same-origin", keepalive: true, headers: { Accept: "application/json" },
      });
      const facts = await answer.json();
      if (answer.ok) this.accept(facts);
      else this.refuse(facts);
    } catch {
      this.dirty = true;
      this.say("offline");
    }
  }

  accept(facts) {
    const version = this.form.elements.namedItem("version");
    if (version) version.value = facts.version;
    if (this.form.elements.namedItem("centres")) {
      (facts.centres || []).forEach((id, index) => {
        const field = this.form.elements.namedItem(`data_centers.${index}.id`);
        if (field) field.value = id;
      });
    }
    this.form.querySelectorAll("[data-autosave-fault]").forEach((mark) => mark.remove());
    this.say("saved");
  }

  refuse(facts) {
    this.form.querySelectorAll("[data-autosave-fault]").forEach((mark) => mark.remove());
    for (const [name, texts] of Object.entries(facts.errors || {})) this.mark(name, texts);
    this.say("refused", facts.errors ? "" : facts.detail);
  }

  mark(name, texts) {
    const field = this.form.elements.namedItem(name);
    const place = (field instanceof RadioNodeList ? field[0] : field)?.closest(".field");
    if (!place) return;
    const words = document.createElement("p");
    words.className = "field__error";
    words.dataset.autosaveFault = name;
    words.textContent = texts.join(" ");
    place.append(words);
  }

  say(what, more = "") {
    if (this.status) this.status.textContent = more || this.form.getAttribute(`data-text-${what}`) || "";
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
