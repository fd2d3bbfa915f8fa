(function () {
  'use strict';
  var keys = ['clause', 'level', 'profile', 'condition', 'outcome'];
  var by = function (id) { return document.getElementById(id); };
  var items = Array.prototype.slice.call(document.querySelectorAll('.finding, .item'));

  function filter() {
    var text = by('f-text').value.trim().toLowerCase(), shown = 0;
    items.forEach(function (e) {
      var ok = keys.every(function (k) {
        var want = by('f-' + k).value;
        return !want || e.dataset[k] === undefined || e.dataset[k] === want;
      });
      ok = ok && (!text || e.textContent.toLowerCase().indexOf(text) >= 0);
      e.hidden = !ok;
      if (ok && e.classList.contains('finding')) shown++;
    });
    by('f-count').textContent = shown + (shown === 1 ? ' finding' : ' findings') + ' shown';
  }

  function follow() {
    var e = location.hash.length > 1 && by(decodeURIComponent(location.hash.slice(1)));
    if (!e) return;
    if (e.hidden) { by('filter').reset(); filter(); }
    for (var d = e; d; d = d.parentElement) if (d.tagName === 'DETAILS') d.open = true;
    e.scrollIntoView();
  }

  by('filter').addEventListener('input', filter);
  by('filter').addEventListener('submit', function (e) { e.preventDefault(); });
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('.finding details').forEach(function (d) { d.open = true; });
  });
  filter();
  follow();
})();
