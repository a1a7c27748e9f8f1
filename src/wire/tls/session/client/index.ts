export type { Asked, SessionEvent } from './event.ts';
export type { ClientIdentity, ClientOptions } from './options.ts';
export { ClientSession, type Effects } from './session.ts';
