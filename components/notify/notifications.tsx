'use client';

import { useEffect } from 'react';
import { myCallsNow, subscribeMyCalls } from '../calls/use-my-calls';
import { queuesOf, waitingOf } from '../calls/waiting';
import { type Live, useLive } from '../live/hooks';
import { stalenessOf } from '../live/staleness';
import { focusMyCall } from '../shell/view';
import { announce } from '../ui/live-region';
import { createStore } from '../ui/store';
import { type Alert, alertsOf } from './alerts';
import { Notifier } from './notifier';
import { Ringer } from './ringer';
import { type Look, slept } from './slept';
import { newsEveryMs, type WindowNews, Windows } from './windows';

/** `waits`: sound is on, and the browser wants a press in this window before it lets it be heard. */
export const soundState = createStore<{ readonly waits: boolean }>({ waits: false });

/** What happened while the machine slept has arrived after that, ms. */
const wakeMs = 3_000;

/** Rings, notifies and writes the title. Shows nothing itself. */
export function Notifications() {
  const live = useLive();
  useEffect(() => watch(live), [live]);
  return null;
}

function watch({ mirror, ticker }: Live): () => void {
  const ringer = new Ringer();
  const channel = new BroadcastChannel(`cordboard-windows-${mirror.me?.username ?? ''}`);
  const windows = new Windows({
    id: `${Date.now()}-${Math.random()}`,
    now: () => performance.now(),
    post: (news) => channel.postMessage(news),
  });
  channel.onmessage = ({ data }: MessageEvent<WindowNews>) => windows.hear(data);
  const normalTitle = document.title;
  const notifier = new Notifier({
    ringer,
    notice: desktopNotice,
    say: announce,
    title: (title) => {
      const wanted = title === null ? normalTitle : `${title} – ${normalTitle}`;
      if (document.title !== wanted) document.title = wanted;
    },
  });

  let lookedAt = moment();
  let wakesUntil = 0;
  const look = () => {
    const { notify } = mirror.layouts.layout.console;
    const now = mirror.clock.read();
    const at = moment();
    if (slept(lookedAt, at)) {
      wakesUntil = at.wall + wakeMs;
      setTimeout(look, wakeMs + 1);
    }
    lookedAt = at;
    soundState.set({ waits: notify.sound && !ringer.audible && !wasPressed() });
    const number = mirror.me?.extension ?? null;
    const queues = mirror.records.map('queues');
    const stale = stalenessOf(mirror) !== null || mirror.connection !== 'live';
    const waiting = queuesOf(queues, number).length > 0 ? waitingOf(queues, number) : [];
    notifier.update({
      alerts: alertsOf({ calls: myCallsNow(mirror), waiting, stale }, notify, now),
      preferences: notify,
      leads: windows.leads,
      lookedAt: windows.lookedAt,
      waking: at.wall < wakesUntil,
    });
  };
  const tell = () => {
    windows.tell(ringer.audible, document.hasFocus());
    look();
  };
  const unlock = () => {
    if (mirror.layouts.layout.console.notify.sound) ringer.unlock();
    tell();
  };
  const news = setInterval(tell, newsEveryMs);
  const leave = [
    ticker.subscribe(look),
    subscribeMyCalls(mirror, look),
    ...['queues', 'pbx', 'layout'].map((topic) => mirror.topics.subscribe(topic, look)),
    on(window, ['pointerdown', 'keydown'], unlock),
    on(window, ['focus', 'blur', 'pageshow'], tell),
    on(document, ['visibilitychange', 'resume'], tell),
    on(window, ['pagehide'], () => windows.leave()),
  ];
  if (wasPressed()) ringer.unlock();
  tell();
  return () => {
    clearInterval(news);
    for (const one of leave) one();
    notifier.stop();
    windows.leave();
    channel.close();
    ringer.close();
  };
}

function moment(): Look {
  return { wall: Date.now(), monotonic: performance.now(), hidden: document.hidden };
}

function on(target: EventTarget, events: readonly string[], listener: () => void): () => void {
  for (const event of events) target.addEventListener(event, listener, { capture: true, passive: true });
  return () => {
    for (const event of events) target.removeEventListener(event, listener, { capture: true });
  };
}

/** Somebody has pressed something in this window: it may make sounds. */
function wasPressed(): boolean {
  return navigator.userActivation?.hasBeenActive ?? false;
}

function desktopNotice({ id, title, text, call }: Alert) {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return null;
  try {
    // The same tag replaces what another window showed.
    const notice = new Notification(title, { body: text, tag: `cordboard ${id}`, icon: '/icon.svg', silent: true });
    notice.onclick = () => {
      window.focus();
      notice.close();
      if (call !== null) focusMyCall(call);
    };
    return { close: () => notice.close() };
  } catch {
    // Some telephones have the name and forbid the deed.
    return null;
  }
}
