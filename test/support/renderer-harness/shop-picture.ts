/** A page of a shop, drawn: what a task's browser shows in the harness. JPEG as base64. */
export function shopPicture(title: string, button: string): { readonly jpeg: string; readonly width: number; readonly height: number } {
  const width = 1280;
  const height = 800;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser draws no pictures.');
  const box = (colour: string, x: number, y: number, w: number, h: number): void => {
    pen.fillStyle = colour;
    pen.fillRect(x, y, w, h);
  };
  box('#ffffff', 0, 0, width, height);
  box('#2f5d50', 0, 0, width, 84);
  pen.fillStyle = '#ffffff';
  pen.font = '600 32px sans-serif';
  pen.fillText(title, 40, 54);
  for (const [at, x] of [40, 350, 660, 970].entries()) {
    box('#e6efe9', x, 130, 270, 240);
    box('#c9d8cf', x + 40, 160, 190, 150);
    pen.fillStyle = '#23211c';
    pen.font = '24px sans-serif';
    pen.fillText(`${249 + at * 31},90`, x + 20, 352);
  }
  box('#d96f32', 40, 440, 280, 64);
  pen.fillStyle = '#ffffff';
  pen.font = '600 26px sans-serif';
  pen.fillText(button, 62, 481);
  // The frame that marks what would be clicked.
  pen.strokeStyle = '#d0143c';
  pen.lineWidth = 6;
  pen.strokeRect(34, 434, 292, 76);
  for (const y of [560, 600, 640, 680]) box('#e9e9e9', 40, y, 1100, 18);
  const [, jpeg = ''] = canvas.toDataURL('image/jpeg', 0.8).split(',');
  return { jpeg, width, height };
}
