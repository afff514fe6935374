// The sandbox signer of the demo: the same interface as NCALayer, keys of made-up people on the server.

import { SigningError } from "./errors.js";

const SIGN = "/sandbox/eds/sign";
const IDENTITIES = "/sandbox/eds/identities/";

export class SandboxSigner {
  // `identity` is the chosen key; without it the one key that fits what the request expects.
  async sign({ request, identity = "" }) {
    const body = { identity: identity || (await fitting(request)), data_b64: request.data_b64, attached: false };
    const response = await ask(SIGN, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.cms;
  }
}

// The keys on offer, narrowed as NCALayer narrows them: by purpose, IIN and BIN.
export async function identities({ purpose, iin = null, bin = null }) {
  const query = new URLSearchParams({ purpose });
  if (iin) query.set("iin", iin);
  if (bin) query.set("bin", bin);
  return (await ask(`${IDENTITIES}?${query}`)).identities;
}

export function keyPurpose(request) {
  return request.purpose === "login" ? "auth" : "sign";
}

async function fitting(request) {
  const { iin, bin, roles_any: roles = [] } = request.expect;
  const found = await identities({ purpose: keyPurpose(request), iin, bin });
  const able = found.filter((item) => !roles.length || roles.some((role) => item.roles.includes(role)));
  const live = able.filter((item) => item.usable);
  if (!live.length) throw new SigningError("NO_KEY");
  return live[0].identity;
}

async function ask(address, options = {}) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", ...options });
  } catch {
    throw new SigningError("NETWORK");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new SigningError("REQUEST", body.detail || "");
  return body;
}
