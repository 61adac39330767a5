import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SecretKeyError } from '../store/errors';
import type { SecretBox } from '../store/secrets';

const context = 'known browser';
const shape = z.tuple([z.string(), z.string()]);

/** A sealed cookie that proves that this browser has once signed in as this user. It signs nobody in. */
export class KnownBrowsers {
  constructor(private readonly box: SecretBox) {}

  seal(username: string): string {
    return this.box.seal(JSON.stringify([username, randomUUID()]), context);
  }

  /** The browser's id when the cookie is genuine and of this user, or of anybody when no user is given. */
  deviceOf(cookie: string | undefined, username?: string): string | null {
    if (!cookie) return null;
    try {
      const [owner, id] = shape.parse(JSON.parse(this.box.open(cookie, context)));
      return username === undefined || owner === username ? id : null;
    } catch (error) {
      if (error instanceof SecretKeyError || error instanceof z.ZodError || error instanceof SyntaxError) return null;
      throw error;
    }
  }
}
