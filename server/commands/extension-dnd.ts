import type { DndBackend } from '../features/dnd';
import type { Handler } from './executor';
import { CommandRefusedError, fail } from './failures';

/**
 * `extension.dnd {extension, on, note?}`: set or clear do-not-disturb. Effect: the DND backend's (AstDB and its mirrors
 * in FreePBX's convention). Errors: 404 unknown extension, 409 with the PBX's words, 503 PBX away.
 */
export function dndHandler(backend: DndBackend): Handler<'extension.dnd'> {
  return {
    target: ({ extension }) => extension,
    authorise: ({ extension }, _actor, model) =>
      model.extension(extension) === undefined
        ? fail('notFound', `There is no extension ${extension}.`, 'extension')
        : null,
    async act({ extension, on, note }, { actor, ami, log }) {
      const outcome = await backend.set(ami, {
        extension,
        on,
        by: actor.name,
        note: note === undefined || note === '' ? null : note,
      });
      if (outcome.kind === 'refused') throw new CommandRefusedError(fail('conflict', outcome.message));
      if (outcome.warning !== null) log.warn({ extension, on }, outcome.warning);
      const wish = on ? 'on' : 'off';
      return outcome.warning === null ? wish : `${wish}; ${outcome.warning}`;
    },
  };
}
