/**
 * A JPEG without what the camera wrote beside the picture: place, time, device, thumbnails. Only the way up is kept.
 * Segments by ITU T.81 B.1; anything malformed ends the walk and the rest is copied as it is.
 */
export function withoutPlaceAndTime(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2;
  let up = 1;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) break;
    const length = bytes.readUInt16BE(at + 2) + 2;
    const segment = bytes.subarray(at, at + length);
    if (marker === 0xe1) up = orientationOf(segment) ?? up;
    // APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe) say how to draw; other APPn and comments say where and when.
    const tells = (marker >= 0xe0 && marker <= 0xef && ![0xe0, 0xe2, 0xee].includes(marker)) || marker === 0xfe;
    if (!tells) kept.push(segment);
    at += length;
  }
  if (up !== 1) kept.splice(1, 0, exifOf(up));
  return Buffer.concat([...kept, bytes.subarray(at)]);
}

/** Tag 0x0112 of the first directory of an Exif segment. */
function orientationOf(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 4, 8) !== 'Exif' || segment.length < 20) return undefined;
  const tiff = segment.subarray(10);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const word = (place: number): number => place + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(place) : tiff.readUInt16BE(place);
  const long = (place: number): number => place + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(place) : tiff.readUInt32BE(place);
  const directory = long(4);
  for (let entry = 0; entry < word(directory); entry++) {
    const place = directory + 2 + entry * 12;
    if (word(place) === 0x0112) { const value = word(place + 8); return value >= 1 && value <= 8 ? value : undefined; }
  }
  return undefined;
}

/** The smallest Exif segment there is: one directory with one entry. */
function exifOf(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II', 0, 'latin1');
  tiff.writeUInt16LE(42, 2); tiff.writeUInt32LE(8, 4); tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10); tiff.writeUInt16LE(3, 12); tiff.writeUInt32LE(1, 14); tiff.writeUInt16LE(orientation, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 0, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  head.writeUInt16BE(8 + tiff.length, 2);
  return Buffer.concat([head, tiff]);
}
