/** Park and Miller's generator: enough to spread faults, and the same spread every time. */
export function pseudoRandom(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
