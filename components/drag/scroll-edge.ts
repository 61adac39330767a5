const edge = 44;
const stepPx = 12;

/** Scrolls what lies below the pointer when it is near the upper or lower end of it. */
export function scrollAtEdge(x: number, y: number): void {
  for (let at = document.elementFromPoint(x, y); at; at = at.parentElement) {
    if (at.scrollHeight <= at.clientHeight + 1) continue;
    const { overflowY } = getComputedStyle(at);
    if (overflowY !== 'auto' && overflowY !== 'scroll') continue;
    const { top, bottom } = at.getBoundingClientRect();
    if (y < top + edge) at.scrollBy(0, -stepPx);
    else if (y > bottom - edge) at.scrollBy(0, stepPx);
    return;
  }
}
