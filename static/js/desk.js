// What the officer's pages gain from JavaScript: choosing all lines, phrases put into a text, and the JSON that a
// signing form sends (lists of a form's boxes and lines). All of it works off data-attributes:
//
//   input[data-choose-all="case"]           ticks every box of that name in its form
//   button[data-phrase][data-into="id"]     puts the phrase at the end of a textarea
//   input[data-gather="items"]              becomes the JSON list of ticked [data-item="items"] or, for lines of a
//                                           text, of textarea[data-lines="items"]
//   input[data-gather="grounds"]            becomes the JSON list of the chosen [data-ground] with their fields
"use strict";

function chooseAll(box) {
  box.form.querySelectorAll(`input[name="${box.dataset.chooseAll}"]`).forEach((one) => { one.checked = box.checked; });
}

function addPhrase(button) {
  const text = document.getElementById(button.dataset.into);
  if (!text) return;
  text.value = [text.value.trim(), button.dataset.phrase].filter(Boolean).join(" ");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

function groundsOf(form) {
  const chosen = [...form.querySelectorAll("[data-ground]")].filter((part) => part.querySelector("[data-ground-code]").checked);
  return chosen.map((part) => {
    const ground = { code: part.querySelector("[data-ground-code]").value };
    part.querySelectorAll("[data-ground-text]").forEach((area) => { ground[area.dataset.groundText] = area.value; });
    ground.entries = [...part.querySelectorAll("[data-ground-entry]:checked")].map((box) => box.value);
    ground.evidence = [...part.querySelectorAll("[data-ground-file]:checked")].map((box) => {
      const page = part.querySelector(`[data-ground-page="${box.value}"]`)?.value.trim();
      return page ? `${box.value}#${page}` : box.value;
    });
    return ground;
  });
}

function listOf(form, name) {
  const area = form.querySelector(`textarea[data-lines="${name}"]`);
  if (area) return area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  return [...form.querySelectorAll(`[data-item="${name}"]:checked`)].map((box) => box.value);
}

function gather(form) {
  form.querySelectorAll("input[data-gather]").forEach((field) => {
    const name = field.dataset.gather;
    field.value = JSON.stringify(name === "grounds" ? groundsOf(form) : listOf(form, name));
  });
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]")) chooseAll(event.target);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-phrase]");
  if (button) addPhrase(button);
});
for (const form of document.querySelectorAll("form:has(input[data-gather])")) {
  gather(form);
  form.addEventListener("input", () => gather(form));
  form.addEventListener("change", () => gather(form));
}
