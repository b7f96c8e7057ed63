import { eni } from '../support/ids.ts';
import { startChild } from '../support/child.ts';
import { openWorld, type OpenedAws, type World, type WorldPlan } from '../faults/world.ts';

/** The bot before one small account, of which one thing is asked. */
export function openSmallWorld(plan: WorldPlan, toAsk: number): Promise<World<OpenedAws>> {
  return openWorld(plan, toAsk, { openAws, questions: [{ command: `why-rejected ${eni('web')}` }] });
}

async function openAws(): Promise<OpenedAws> {
  const { firstWord, kill } = startChild(new URL('serve-small-account.ts', import.meta.url), []);
  return { environment: JSON.parse(await firstWord()), close: () => kill('SIGKILL') };
}
