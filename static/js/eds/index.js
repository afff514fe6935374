// Provider interface: provider(method).sign({ request, identity? }) → Promise<CMS in PEM>, rejecting with a
// SigningError. Another way of signing (eGov Mobile QR) is one more entry of this table.

import { SigningError } from "./errors.js";
import { NCALayer } from "./ncalayer.js";
import { SandboxSigner } from "./sandbox.js";

export { SigningError };

const PROVIDERS = new Map([
  ["ncalayer", new NCALayer()],
  ["sandbox", new SandboxSigner()],
]);

// The chosen method if the portal allows it for this request, else the first one that this browser knows.
export function methodFor(request, chosen = "") {
  if (chosen) {
    if (PROVIDERS.has(chosen) && request.methods.includes(chosen)) return chosen;
    throw new SigningError("METHOD", chosen);
  }
  const known = request.methods.find((method) => PROVIDERS.has(method));
  if (!known) throw new SigningError("METHOD", request.methods.join(", "));
  return known;
}

export function sign({ request, method = "", identity = "" }) {
  return PROVIDERS.get(methodFor(request, method)).sign({ request, identity });
}
