import type { Known } from '../../src/base/known.ts';

/** A leaf on which two files disagree. */
export function conflictOf<T>(a: T, b: T): Known<T> {
  return {
    is: 'conflict',
    sides: [
      { value: a, because: [{ source: 'netsh.txt', line: 9 }] },
      { value: b, because: [{ source: 'http.reg', line: 4 }] },
    ],
  };
}
