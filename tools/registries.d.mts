export interface Registry {
  folder: string;
  name: string;
  type: string;
  from: string;
  record?: boolean;
  unit(entry: string, isFolder: boolean): string | null;
}
export const REGISTRIES: Registry[];
export function indexText(root: string, registry: Registry): string;
