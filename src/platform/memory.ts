import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for young objects as small as it is now: else thousands of names of one hostile list let it grow to
 * 32 MiB that are never given back. Measured with Node 20 for a list of 13,000 names: 84 MiB at the peak instead of 111,
 * for 5 to 10 in 100 more processor time over 600 servers (test/net/hostile.test.ts holds the memory).
 */
export const keepNurserySmall = (): void => setFlagsFromString('--semi-space-growth-factor=1');
