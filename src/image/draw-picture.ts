import type { AnswerPicture } from '../picture/answer-picture.ts';
import { CONTENT_WIDTH, drawCard } from '../picture/draw-card.ts';
import type { Drawing } from '../picture/svg.ts';
import { drawTimeline } from './draw-timeline.ts';
import { renderPng } from './render-png.ts';

/** The bytes of a PNG file. The libraries are loaded when the first picture is asked for. */
export async function drawPicture(picture: AnswerPicture): Promise<Buffer> {
  return renderPng(await drawAnswer(picture));
}

export async function drawAnswer(picture: AnswerPicture): Promise<Drawing> {
  const { timeline } = picture;
  return drawCard(picture, timeline === undefined ? undefined : await drawTimeline(timeline, CONTENT_WIDTH));
}
