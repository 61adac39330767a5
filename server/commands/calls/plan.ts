import { isAlreadyGone } from '../../ami/actions';
import { AmiRefusedError } from '../../ami/errors';
import type { CommandName, CommandParams } from '../../protocol/commands';
import type { Failure } from '../../protocol/errors';
import type { Actor } from '../actor';
import type { CommandContext, Done, Handler } from '../executor';
import { CommandRefusedError, fail } from '../failures';
import type { ModelPort } from '../model-port';

/**
 * A command in two steps: `plan` decides from the model what is to be done, or why not; `act` does just that. The plan is
 * made again right before acting, from the model as it is then.
 */
export interface Planned<N extends CommandName, P> {
  target(params: CommandParams<N>): string;
  plan(params: CommandParams<N>, actor: Actor, model: ModelPort): P | Failure;
  act(plan: P, context: CommandContext, params: CommandParams<N>): Promise<Done>;
}

export function planned<N extends CommandName, P extends object>(command: Planned<N, P>): Handler<N> {
  const { target, plan, act } = command;
  return {
    target,
    authorise(params, actor, model) {
      const made = plan(params, actor, model);
      return isFailure(made) ? made : null;
    },
    async act(params, context) {
      const made = plan(params, context.actor, context.model);
      if (isFailure(made)) throw new CommandRefusedError(made);
      return act(made, context, params);
    },
  };
}

export function isFailure(value: object): value is Failure {
  return 'ok' in value && value.ok === false;
}

export function refuse(failure: Failure): never {
  throw new CommandRefusedError(failure);
}

/** What is done to a leg may come too late: a normal answer, in words. */
export async function unlessGone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AmiRefusedError) || !isAlreadyGone(error)) throw error;
    return refuse(fail('conflict', `The call is already over (${error.reason}).`));
  }
}
