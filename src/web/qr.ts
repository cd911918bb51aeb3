import { later } from '../kit/later.ts';
import { markup, type Markup } from './markup.ts';

const codes = later<typeof import('qrcode')>('qrcode');

/** A QR code for paper and wall: dark on white with a quiet margin of two modules; one path, one run of modules a step. The purpose stands in words beside it. */
export function qr(text: string, label = '二维码'): Markup {
  const { modules: { size, data } } = codes().create(text, { errorCorrectionLevel: 'M' });
  const runs: string[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let length = 0;
      while (x + length < size && data[y * size + x + length]) length++;
      if (length > 0) runs.push(`M${x} ${y}h${length}v1h-${length}z`);
      x += length;
    }
  }
  const side = size + 4;
  return markup(`<svg class="qr" viewBox="-2 -2 ${side} ${side}" role="img" aria-label="${label}"><path class="ground" d="M-2-2h${side}v${side}h-${side}z"/><path d="${runs.join('')}"/></svg>`);
}
