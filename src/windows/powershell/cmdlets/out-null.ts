import type { Cmdlet } from '../cmdlet.ts';

/** `… | Out-Null`. */
const outNull: Cmdlet = { name: 'Out-Null', positional: [], run: () => [] };
export default outNull;
