// What can go wrong between the button and the signature. `code` picks the text for people:
// NOT_RUNNING LOST CANCELLED NCALAYER TIMEOUT NO_KEY METHOD REQUEST NETWORK

export class SigningError extends Error {
  constructor(code, detail = "") {
    super(detail || code);
    this.name = "SigningError";
    this.code = code;
    this.detail = detail;
  }
}
