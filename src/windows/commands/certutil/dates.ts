import type { CommandContext } from '../command.ts';

/** In the short formats of en-US and de-DE; the clock of the model runs in UTC. */
export function dateText(time: number, language: CommandContext['language'] = 'en'): string {
  const at = new Date(time);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const [hours, minutes] = [at.getUTCHours(), two(at.getUTCMinutes())];
  if (language === 'de') return `${two(day)}.${two(month)}.${year} ${two(hours)}:${minutes}`;
  return `${month}/${day}/${year} ${hours % 12 || 12}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`;
}

const two = (number: number): string => String(number).padStart(2, '0');
