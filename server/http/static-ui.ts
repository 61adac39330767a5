import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { closedPolicy, pagePolicies } from './csp';
import { failed, sendFailure } from './errors';

/** The exported pages: hashed files for ever, pages never without asking, each page with the policy of its scripts. */
export async function serveStaticUi(app: FastifyInstance, directory: string): Promise<void> {
  const policies = pagePolicies(directory);
  const notFound = path.join(directory, '404.html');
  const page404 = existsSync(notFound) ? readFileSync(notFound) : null;
  await app.register(fastifyStatic, {
    root: directory,
    redirect: true,
    index: ['index.html'],
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, file) {
      const name = path
        .relative(directory, file)
        .split(path.sep)
        .join('/')
        .replace(/\.(br|gz)$/, '');
      const forEver = name.startsWith('_next/static/');
      reply.header('Cache-Control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
      const policy = policies.get(name);
      if (policy) reply.header('Content-Security-Policy', policy);
    },
  });
  app.setNotFoundHandler((request, reply) => {
    if (page404 === null || !wantsPage(request)) return nothingHere(reply);
    const policy = policies.get('404.html') ?? closedPolicy;
    return reply
      .code(404)
      .headers({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(page404);
  });
}

export function nothingHere(reply: FastifyReply): FastifyReply {
  return sendFailure(reply, failed('notFound', 'There is nothing here.'));
}

function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' || /^\/(api|socket\.io)(\/|$|\?)/.test(request.url)) return false;
  return (request.headers.accept ?? '').includes('text/html');
}
