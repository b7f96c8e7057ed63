/** Seconds since 1970-01-01T00:00:00Z, as flow records count them. */
export type EpochSeconds = number;

/** From `start` to `end`, both included. */
export interface TimeWindow {
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
}
