import type { BindingKey } from '../windows/http-sys/binding.ts';

/** 'hostnameport=www.example.com:443', as netsh takes it. Names compare without case (domain 2.2). */
export const printKey = (key: BindingKey): string => `${key.kind}=${key.value}`;

export const sameKey = (a: BindingKey, b: BindingKey): boolean =>
  a.kind === b.kind && a.value.toLowerCase() === b.value.toLowerCase();
