export const PURE: string[];
export const SHELL: string[];
export const LAYERS: string[];
export const LEAVES: string[];
export const SIBLINGS: string[];
