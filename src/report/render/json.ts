import { escapeJson } from '../escape.ts';
import type { Report } from '../report.ts';

/** The document itself; report/schema.ts describes it. */
export function renderJson(report: Report): string {
  return `${escapeJson(report)}\n`;
}
