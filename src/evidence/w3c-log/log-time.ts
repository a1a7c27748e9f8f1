/** Milliseconds since 1970 UTC from the bytes of 'YYYY-MM-DD' and 'HH:MM:SS', remembering the last day. */
export class LogTime {
  #day = new Uint8Array(10);
  #midnight = Number.NaN;

  /** The day that lines without a date have, from a #Date directive; NaN when it says none. */
  setDay(text: string): void {
    const found = /^\s*(\d{4}-\d\d-\d\d)\b/.exec(text)?.[1];
    if (!found) return;
    const bytes = Uint8Array.from(found, (char) => char.charCodeAt(0));
    this.#readDay(bytes, 0, bytes.length);
  }

  get hasDay(): boolean {
    return !Number.isNaN(this.#midnight);
  }

  /** Bytes of the last day, and the time at which it begins; NaN: the last line had none. */
  get day(): { readonly bytes: Uint8Array; readonly midnight: number } {
    return { bytes: this.#day, midnight: this.#midnight };
  }

  /** NaN for what is no time. A `dateFrom` below 0: the day of the last #Date. */
  read(bytes: Uint8Array, dateFrom: number, dateTo: number, timeFrom: number, timeTo: number): number {
    if (dateFrom >= 0 && !this.#isSameDay(bytes, dateFrom, dateTo)) this.#readDay(bytes, dateFrom, dateTo);
    if (timeTo - timeFrom < 8 || bytes[timeFrom + 2] !== 0x3a || bytes[timeFrom + 5] !== 0x3a)
      return Number.NaN;
    const hours = digits(bytes, timeFrom, 2);
    const minutes = digits(bytes, timeFrom + 3, 2);
    const seconds = digits(bytes, timeFrom + 6, 2);
    if (!(hours < 24 && minutes < 60 && seconds < 61)) return Number.NaN;
    return this.#midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  }

  #isSameDay(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from !== 10) return false;
    for (let i = 9; i >= 0; i--) if (bytes[from + i] !== this.#day[i]) return false;
    return true;
  }

  #readDay(bytes: Uint8Array, from: number, to: number): void {
    this.#midnight = Number.NaN;
    this.#day.fill(0);
    if (to - from !== 10 || bytes[from + 4] !== 0x2d || bytes[from + 7] !== 0x2d) return;
    const [year, month, day] = [
      digits(bytes, from, 4),
      digits(bytes, from + 5, 2),
      digits(bytes, from + 8, 2),
    ];
    if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return;
    this.#midnight = Date.UTC(year, month - 1, day);
    this.#day.set(bytes.subarray(from, to));
  }
}

function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = bytes[i]! - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
