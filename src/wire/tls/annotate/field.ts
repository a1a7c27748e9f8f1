/** A range of bytes that means one thing. */
export interface Field {
  /** As the standards' structures name it. */
  readonly name: string;
  /** From the start of the message. */
  readonly at: number;
  readonly length: number;
  /** What it says, unescaped; null: its bytes say it, or its parts do. */
  readonly value: string | null;
  readonly parts: readonly Field[];
}
