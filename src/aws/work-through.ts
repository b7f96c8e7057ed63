/** Works on `atOnce` items at a time, in their order. After a failure no other item is begun. */
export async function workThrough<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const line = items.values();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const item of line) {
      if (failed) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await settleAll(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

/** Waits until nothing goes on any more, then answers as `Promise.all` does: nobody writes behind a failure's back. */
export async function settleAll<Value>(works: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
