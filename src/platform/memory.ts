import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for young objects as small as it is now: else thousands of names of one hostile list let it grow to
 * 32 MiB that are never given back. Measured: a third less memory at the peak, and no longer run (test/net/hostile).
 */
export const keepNurserySmall = (): void => setFlagsFromString('--semi-space-growth-factor=1');
