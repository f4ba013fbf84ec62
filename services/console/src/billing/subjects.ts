/** Placeholder until the operation lands. */
export function useSubjects(_prefix: string): string[] {
  return [];
}
