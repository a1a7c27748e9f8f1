/**
 * The layers, top first: a file imports from its own layer or one above it. ARCHITECTURE.md shows this list,
 * test/architecture.test.ts holds the code to it.
 */
export const PURE = [
  'base',
  'wire',
  'codes',
  'windows',
  'clients',
  'credentials',
  'evidence',
  'redact',
  'picture',
  'facts',
  'changes',
  'engine',
  'diagnoses',
  'plan',
  'report',
];
export const SHELL = ['platform', 'net', 'machine', 'lab', 'guard', 'fleet', 'app', 'cli', 'server'];
export const LAYERS = [...PURE, ...SHELL];

/** Layers that nothing else imports. */
export const LEAVES = ['cli', 'server'];

/** Folders whose members never import each other. `unit` is the path below the folder that makes one member. */
export const SIBLINGS = [
  'diagnoses',
  'evidence',
  'clients',
  'windows/rebinders',
  'lab/scenarios',
  'net/starttls',
];
