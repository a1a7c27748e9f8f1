/** Whether a request's path is that of a rule or below it: 'api' and '/api' are the same rule, '' and '/' are of everything. */
export function isBelow(path: string, rule: string): boolean {
  const start = `/${rule}`.replace(/^\/+/, '/').replace(/\/+$/, '').toLowerCase();
  const at = path.toLowerCase();
  return at === start || at.startsWith(`${start}/`);
}
