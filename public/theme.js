// Before the first paint, so that a dark room stays dark. The choice is kept by components/shell/theme.ts.
(() => {
  var choice = 'system';
  try {
    choice = localStorage.getItem('cordboard-theme') || 'system';
  } catch (_) {}
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
