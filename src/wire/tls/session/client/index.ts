export type { PassedRecord, RecordListener } from '../record-layer.ts';
export { Resumption } from '../resumption.ts';
export type { Asked, SessionEvent } from './event.ts';
export type { ClientIdentity, ClientOptions, SecretLabel } from './options.ts';
export { ClientSession, type Effects } from './session.ts';
