// Checks a QR code in the browser itself: Ed25519 by the published keys, the state by the signed status list.
// The same steps as licenses/selectors/offline.py; nothing that is typed here leaves the device.
"use strict";

const KEPT = "check-offline-1";
const DOMAIN = "portal-qr-1\0";
const page = document.querySelector("[data-offline-check]");
const form = document.querySelector("[data-offline-form]");
const result = document.querySelector("[data-offline-result]");
const ready = document.querySelector("[data-offline-ready]");

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function joined(one, other) {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

async function signed(keys, purpose, keyId, signature, data) {
  const named = keys.find((key) => key.purpose === purpose && key.key_id === keyId);
  if (!named) return false;
  const key = await crypto.subtle.importKey("raw", bytes(named.public_key), { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, data);
}

function unreadable(message) {
  return Object.assign(new Error(message), { unreadable: true });
}

// The whole address or `d` alone, as scanned.
function parts(text) {
  let said = text.trim();
  if (said.includes("?")) said = new URLSearchParams(said.slice(said.indexOf("?"))).get("d") || "";
  const [claim, signature, more] = said.split(".");
  if (!signature || more !== undefined) throw unreadable("no claim and signature");
  try {
    return [bytes(claim), bytes(signature)];
  } catch {
    throw unreadable("no base64");
  }
}

function claimed(claim) {
  try {
    const [version, keyId, id, , number, edition, day] = JSON.parse(new TextDecoder().decode(claim));
    if (version !== 1 || typeof keyId !== "string" || !/^\d{8}$/.test(day)) throw unreadable("other form");
    return { keyId, id, number, edition, day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` };
  } catch {
    throw unreadable("no claim");
  }
}

async function statusList(keys, said) {
  const content = bytes(said.status_list.content);
  if (!(await signed(keys, "anchor", said.status_list.key_id, bytes(said.status_list.signature), content))) return null;
  return JSON.parse(new TextDecoder().decode(content));
}

async function check(text, keys, list) {
  let claim;
  try {
    const [data, signature] = parts(text);
    claim = claimed(data);
    const whole = joined(new TextEncoder().encode(DOMAIN), data);
    if (!(await signed(keys, "qr", claim.keyId, signature, whole))) return { answer: "not_genuine" };
  } catch (error) {
    if (error.unreadable) return { answer: "unknown" };
    throw error;
  }
  const entry = list.documents.find((document) => document.id === claim.id);
  if (entry) return { ...entry, claim };
  return { answer: claim.day >= list.date ? "younger" : "never_issued", claim };
}

function shownDay(day) {
  return day.split("-").reverse().join(".");
}

function fill(place, values) {
  place.querySelectorAll("[data-fill]").forEach((part) => {
    const value = values[part.dataset.fill];
    const row = part.closest("[data-row]");
    if (row) row.hidden = value === undefined || value === "";
    part.textContent = value ?? "";
  });
}

function show(name, said, list) {
  const template = page.querySelector(`template[data-offline-answer="${name}"]`);
  const facts = page.querySelector("template[data-offline-facts]");
  result.replaceChildren(template.content.cloneNode(true));
  if (said?.claim) {
    result.append(facts.content.cloneNode(true));
    fill(result, {
      number: said.claim.number,
      edition: said.claim.edition,
      day: shownDay(said.claim.day),
      until: said.until ? shownDay(said.until) : "",
      superseded: said.superseded_by ?? "",
      asof: shownDay(list.date),
    });
  }
  result.querySelector(".notice").focus();
}

// The list first: the very first one of a portal makes the key that signs it.
async function load() {
  const list = await (await fetch(page.dataset.statusList)).json();
  const keys = (await (await fetch(page.dataset.keys)).json()).keys;
  return { keys, list: await statusList(keys, list) };
}

async function keep() {
  const assets = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
  const addresses = assets.map((asset) => asset.href || asset.src);
  const cache = await caches.open(KEPT);
  await cache.addAll([page.dataset.self, page.dataset.keys, page.dataset.statusList, ...addresses]);
}

async function works() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

function say(name, values) {
  const template = page.querySelector(`template[data-offline-state="${name}"]`);
  ready.replaceChildren(template.content.cloneNode(true));
  fill(ready, values || {});
}

// "ready" once everything lies on the device; "loaded" where it comes from there already.
async function keptNow() {
  if (!("serviceWorker" in navigator)) return "loaded";
  try {
    await navigator.serviceWorker.register(page.dataset.worker, { scope: page.dataset.scope });
    await keep();
    return "ready";
  } catch {
    return "loaded";
  }
}

async function begin() {
  if (!window.isSecureContext || !(await works())) {
    say("impossible");
    return;
  }
  const begun = await load();
  if (!begun.list) {
    say("forged");
    return;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = await check(form.elements.d.value, begun.keys, begun.list);
    show(said.answer, said, begun.list);
  });
  say(await keptNow(), { asof: shownDay(begun.list.date) });
  const scanned = new URLSearchParams(window.location.search).get("d");
  if (scanned) {
    form.elements.d.value = scanned;
    form.requestSubmit();
  }
}

begin().catch(() => say("not_loaded"));
