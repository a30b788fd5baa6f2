export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where on the page a point of the live view lies, in CSS pixels of the page. The picture is scaled to fit its box, whole and in the
 * middle (`object-fit: contain`); what lies on the bars beside it is the nearest point of the page.
 */
export function pagePoint(at: Point, box: Size, page: Size): Point {
  const scale = Math.min(box.width / page.width, box.height / page.height);
  if (!Number.isFinite(scale) || scale <= 0) return { x: 0, y: 0 };
  const left = (box.width - page.width * scale) / 2;
  const top = (box.height - page.height * scale) / 2;
  const within = (value: number, most: number) => Math.round(Math.min(most - 1, Math.max(0, value)));
  return { x: within((at.x - left) / scale, page.width), y: within((at.y - top) / scale, page.height) };
}
