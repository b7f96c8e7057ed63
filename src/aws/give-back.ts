import { MessageChannel } from 'node:worker_threads';

/** Closed at once: whatever is sent there is gone. */
const { port1: nowhere } = new MessageChannel();
nowhere.close();

/**
 * Gives memory back now. V8 would do so when it collects garbage, and it collects all of it each time that some 20 MB
 * were taken outside its heap: of a large log that costs more than unpacking it.
 */
export function giveBack(memory: ArrayBuffer): void {
  nowhere.postMessage(undefined, [memory]);
}
