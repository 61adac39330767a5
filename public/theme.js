// Before the first paint, so that a dark room stays dark. The choice is kept by components/shell/theme.ts.
(() => {
  var choice = 'system';
  try {
    choice = localStorage.getItem('cordboard-theme') || 'system';
  } catch (_) {}
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';

  // The panel's own name is in the pages as they were built; another one takes its place before it is seen.
  var own = globalThis.cordboardAppearance;
  if (!own) return;
  if (own.name !== 'Cordboard' || own.logo) document.documentElement.dataset.brand = 'own';
  var ending = / · Cordboard$|^Cordboard$/;
  var adapt = () => {
    var title = document.title;
    if (own.name !== 'Cordboard' && !title.endsWith(own.name) && ending.test(title))
      document.title = title.replace(/Cordboard$/, () => own.name);
    var icon = document.querySelector('link[rel="icon"]');
    if (icon && own.icon && icon.getAttribute('href') !== own.icon) icon.setAttribute('href', own.icon);
  };
  adapt();
  new MutationObserver(adapt).observe(document.head, { childList: true, subtree: true, characterData: true });
})();
