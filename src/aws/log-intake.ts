import type { LogQuery } from '../engine/diagnosis.ts';
import { parseLogFormat, type LogFormat } from '../flowlog/format.ts';
import type { Feed } from '../flowlog/feed.ts';
import type { Reading } from '../flowlog/observations.ts';
import type { FlowLog } from '../vpc/flow-log.ts';
import type { LogScene } from './log-scene.ts';
import type { TakeEvents } from './read-log-group.ts';

/** What one log gives, on its way to the observer: counts it and says when it is enough. */
export class LogIntake {
  /** Whether anything came: then the log was read, if only in part. */
  hasBegun = false;
  records = 0;
  stopped: Reading['stoppedEarly'];
  /** Set when a query told the records. */
  query: LogQuery | undefined;
  readonly #scene: LogScene;
  readonly #format: LogFormat;
  readonly #assumed: { readonly action?: 'ACCEPT' | 'REJECT' };
  readonly #open = new Set<Feed>();
  #taken = 0;

  constructor({ format, trafficType }: FlowLog, scene: LogScene) {
    this.#scene = scene;
    this.#format = parseLogFormat(format);
    this.#assumed = trafficType === 'ALL' ? {} : { action: trafficType };
  }

  /** For the events of one pass through a log group, with room for its own records. */
  openEvents(): TakeEvents {
    const feed = this.#openFeed();
    let room = this.#scene.limits.logRecords;
    return (events) => {
      this.hasBegun = true;
      for (const { message, timestampMilliseconds } of events) {
        feed.line(message, timestampMilliseconds === undefined ? undefined : timestampMilliseconds / 1000);
      }
      room -= events.length;
      if (room <= 0) this.stopped = 'record-limit';
      this.#note(events.length);
      return room > 0 && this.wantsMore();
    };
  }

  /** For one file: takes its pieces, then is told that it is over. */
  openFile(): { readonly take: (chunk: Uint8Array) => boolean; readonly end: () => void } {
    const feed = this.#openFeed();
    return {
      take: (chunk) => {
        this.hasBegun = true;
        feed.bytes(chunk);
        return this.wantsMore();
      },
      end: () => this.#note(this.#close(feed)),
    };
  }

  /** For a file that was read by other means. */
  add(records: number): void {
    this.hasBegun = true;
    this.records += records;
    this.#note(records);
  }

  wantsMore(): boolean {
    return this.#scene.observer.wantsMore();
  }

  /** There was more. */
  cut(reason: NonNullable<Reading['stoppedEarly']>): void {
    this.stopped ??= reason;
  }

  /** Nothing more will come from this log. */
  end(): void {
    for (const feed of this.#open) this.#close(feed);
  }

  #openFeed(): Feed {
    const feed = this.#scene.observer.open(this.#format, this.#assumed);
    this.#open.add(feed);
    return feed;
  }

  #close(feed: Feed): number {
    const { records } = feed.end();
    this.#open.delete(feed);
    this.records += records;
    return records;
  }

  #note(count: number): void {
    this.#taken += count;
    this.#scene.onProgress(this.#taken);
  }
}
