export function generated(): Promise<string | null>;
