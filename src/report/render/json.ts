import type { Report } from '../report.ts';

/** The document itself; report/schema.ts describes it. JSON escapes controls, the rest is for its reader to escape. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
