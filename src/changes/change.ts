import type { BindingKey, BindingValues } from '../windows/http-sys/binding.ts';

/** The vocabulary of repairs: data, turned into command lines by changes/<area>/. */
export type Change = SetBinding | AddToStore | RemoveFromStore | SetSchannel;

/** Set fields of an http.sys record, every other field kept. */
export interface SetBinding {
  readonly kind: 'http-sys/set-binding';
  readonly key: BindingKey;
  readonly set: Partial<BindingValues>;
}
/** Advice only: needs the certificate's file, so it is printed and never applied. */
export interface AddToStore {
  readonly kind: 'stores/add';
  readonly store: string;
  readonly subject: string;
}
/** Advice only: a certificate that is gone from a machine store cannot be put back without its file. */
export interface RemoveFromStore {
  readonly kind: 'stores/remove';
  readonly store: string;
  readonly subject: string;
  /** SHA-1, hex: what certutil finds it by. */
  readonly thumbprint: string;
}
export interface SetSchannel {
  readonly kind: 'schannel/set';
  readonly name: 'SendTrustedIssuerList' | 'ClientAuthTrustMode';
  readonly value: number;
}
