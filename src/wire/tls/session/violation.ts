/** What the peer did against the protocol, and the alert that tells it so. Decoding errors are Malformed. */
export class Violation extends Error {
  readonly alert: number;
  constructor(alert: number, why: string) {
    super(why);
    this.alert = alert;
  }
}
