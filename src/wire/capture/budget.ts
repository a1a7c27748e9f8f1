/** What all connections of a capture together may hold back of one kind: each for itself is bounded, and they are many. */
export class Budget {
  held = 0;
  readonly limit: number;
  constructor(limit: number) {
    this.limit = limit;
  }

  get isExceeded(): boolean {
    return this.held > this.limit;
  }
}
