/** '2026-11-24 08:31:07 UTC', the form of a W3C log. */
export const printTime = (time: number): string =>
  new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
