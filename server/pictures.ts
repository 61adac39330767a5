import type { Picture } from './protocol/appearance';

export interface PictureFacts {
  readonly type: Picture['type'];
  /** px */
  readonly width: number;
  readonly height: number;
}

const mostSide = 4_096;

/**
 * What a file is by its first bytes, whatever it says it is. Null: neither PNG, JPEG nor WebP. An SVG is none: it is a
 * document that can hold scripts.
 */
export function pictureFacts(bytes: Buffer): PictureFacts | null {
  return png(bytes) ?? webp(bytes) ?? jpeg(bytes);
}

/** What is wrong with a picture, in words; null: nothing. */
export function whyNoPicture({ type, data }: Picture, mostBytes: number): string | null {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > mostBytes) return `Use a picture of at most ${mostBytes / 1024} kB.`;
  const facts = pictureFacts(bytes);
  if (facts === null) {
    const isSvg = /^\s*(<\?xml|<!--|<!doctype svg|<svg)/i.test(bytes.subarray(0, 400).toString('utf8'));
    if (isSvg) return 'An SVG can hold scripts and is not taken. Save it as a PNG or WebP picture.';
    return 'This is not a PNG, JPEG or WebP picture.';
  }
  if (facts.type !== type) return `This says it is ${type}, but it is ${facts.type}.`;
  const { width, height } = facts;
  if (width < 1 || height < 1) return 'This picture is empty.';
  return width > mostSide || height > mostSide ? `Use a picture of at most ${mostSide} × ${mostSide} px.` : null;
}

function png(bytes: Buffer): PictureFacts | null {
  if (bytes.length < 33 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function webp(bytes: Buffer): PictureFacts | null {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') {
    return null;
  }
  const type = 'image/webp';
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { type, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { type, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}

/** Walks the segments to the frame header, which has the size. */
function jpeg(bytes: Buffer): PictureFacts | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
