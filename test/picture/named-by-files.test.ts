import { expect, test } from 'vitest';
import { assemble } from '../../src/picture/assemble.ts';
import { readEvidence } from '../diagnoses/run-case.ts';
import { netshListing } from '../support/netsh-listing.ts';
import { issue } from '../support/pki.ts';

const listing = (store: string): string => netshListing({ store });
const hostsOf = (...files: readonly (readonly [string, string])[]) =>
  assemble(files.map(([name, text]) => readEvidence({ name, text }))).hosts;

test('listings of several nodes are told apart by the names of their files or folders', () => {
  const names = (...files: readonly string[]) =>
    hostsOf(...files.map((name) => [name, listing('(null)')] as const)).map(({ name }) => name);
  expect(names('web01-netsh.txt', 'web02-netsh.txt')).toEqual(['web01', 'web02']);
  expect(names('NODE1/netsh.txt', 'NODE2/netsh.txt')).toEqual(['NODE1', 'NODE2']);
});

test('one node, and words that files have for other reasons, part nothing', () => {
  const count = (...files: readonly string[]) =>
    hostsOf(...files.map((name) => [name, listing('(null)')] as const)).length;
  expect(count('web01-netsh.txt', 'web01-netsh-after.txt')).toBe(1);
  expect(count('netsh1.txt', 'netsh2.txt')).toBe(1);
  expect(count('step-1/sslcert.txt', 'step-2/sslcert.txt')).toBe(1);
});

test('a file of certificates is the store of its name where a record names it', () => {
  const { pem } = issue({ subject: 'Users CA', ca: true });
  const [host] = hostsOf(['netsh.txt', listing('adfsclient')], ['adfsclient.p7b', pem]);
  const held = host?.stores.get('adfsclient');
  expect(held?.is === 'known' && held.value.length).toBe(1);
  const [other] = hostsOf(['netsh.txt', listing('ClientAuthIssuer')], ['adfsclient.p7b', pem]);
  expect(other?.stores.has('adfsclient')).toBe(false);
});
