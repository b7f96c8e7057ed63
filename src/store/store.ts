/** Memory that outlives a job and a process: Redis, or PGlite in the embedded default. Values are small JSON texts. */
export interface Store {
  read(key: string): Promise<string | undefined>;
  write(key: string, value: string, secondsToLive: number): Promise<void>;
  /** Writes unless the key is there; tells whether it wrote. */
  writeIfAbsent(key: string, value: string, secondsToLive: number): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Resolves when the store answers; rejects when it does not within a second. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
