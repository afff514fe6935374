// NCALayer, the NCA RK's program on the person's own machine, over its WebSocket.
//
// One request at a time: its answers carry no number, so a second question waits for the first answer.
// On opening and after "--heartbeat--" it says {"result":{"version":"…"}}. A cancelled window answers
// {"status":true,"body":{}}; a failure {"status":false,"code":"…","message":"…"}.

import { SigningError } from "./errors.js";

const ADDRESS = "wss://127.0.0.1:13579/";
const OPEN_MS = 5_000;
const HEARTBEAT_MS = 20_000;
const HEARTBEAT = "--heartbeat--";
const ANSWER_MS = 10 * 60_000;

export class NCALayer {
  constructor({ address = ADDRESS, openMs = OPEN_MS, heartbeatMs = HEARTBEAT_MS, answerMs = ANSWER_MS } = {}) {
    Object.assign(this, { address, openMs, heartbeatMs, answerMs });
    this.socket = null;
    this.waiting = null;
    this.last = Promise.resolve();
  }

  // The provider interface: a sign request of the portal in, a CMS out.
  async sign({ request }) {
    const answer = await this.call(request.ncalayer);
    if (answer.status !== true) {
      throw new SigningError("NCALAYER", answer.message || answer.code || "");
    }
    const result = answer.body?.result;
    const cms = Array.isArray(result) ? result[0] : result;
    if (!cms) throw new SigningError("CANCELLED");
    return cms;
  }

  // Any module call, after all earlier ones are answered.
  call(message) {
    const answer = this.last.then(() => this.exchange(message));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  async exchange(message) {
    await this.open();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.drop(new SigningError("TIMEOUT")), this.answerMs);
      const done = (settle) => (value) => {
        clearTimeout(timer);
        this.waiting = null;
        settle(value);
      };
      this.waiting = { resolve: done(resolve), reject: done(reject) };
      this.socket.send(JSON.stringify(message));
    });
  }

  // Resolves once NCALayer has said its version.
  open() {
    if (this.socket?.readyState === WebSocket.OPEN) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(this.address);
      const timer = setTimeout(() => socket.close(), this.openMs);
      socket.onclose = () => {
        clearTimeout(timer);
        reject(new SigningError("NOT_RUNNING"));
        this.closed(socket);
      };
      socket.onmessage = ({ data }) => {
        clearTimeout(timer);
        if (this.socket !== socket) {
          this.socket = socket;
          this.beat = setInterval(() => socket.send(HEARTBEAT), this.heartbeatMs);
          resolve();
        }
        this.received(data);
      };
    });
  }

  received(data) {
    let answer;
    try {
      answer = JSON.parse(data);
    } catch {
      this.waiting?.reject(new SigningError("NCALAYER"));
      return;
    }
    const isVersion = answer.result?.version !== undefined && answer.status === undefined;
    if (!isVersion) this.waiting?.resolve(answer);
  }

  closed(socket) {
    if (this.socket !== socket) return;
    clearInterval(this.beat);
    this.socket = null;
    this.waiting?.reject(new SigningError("LOST"));
  }

  // A late answer could be taken for the next one: the connection goes with its question.
  drop(error) {
    this.waiting?.reject(error);
    this.socket?.close();
  }
}
