import type { World, WorldPlan } from './world.ts';

/** One kind of trouble, and how the bot is run while it lasts. */
export interface Row extends WorldPlan {
  /** For `FAULTS=name`. */
  readonly name: string;
  /** As the table tells it. */
  readonly what: string;
  /** Makes the trouble, while questions are asked, and ends it. */
  readonly strike: (world: World) => Promise<void>;
  /** Where the platform makes it impossible that every question has an answer: why. */
  readonly remark?: string;
}
