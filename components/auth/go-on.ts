import { nextPage } from '@/server/protocol/next-page';
import type { SignInAnswer } from '@/server/protocol/session';

/** What follows an answer to a sign-in. */
export type GoOn = (answer: SignInAnswer) => void;

export type Step =
  | { readonly name: 'password'; readonly why: string | null }
  | { readonly name: 'code'; readonly ticket: string }
  | { readonly name: 'enrolment' };

/** The step that comes next; null: signed in. */
export function stepAfter(answer: SignInAnswer): Step | null {
  if (!('next' in answer)) return null;
  return answer.next === 'code' ? { name: 'code', ticket: answer.ticket } : { name: 'enrolment' };
}

/** Signed in: to the page that was asked for. */
export function enterPanel(): void {
  location.replace(nextPage(new URLSearchParams(location.search).get('next'), location.origin));
}
