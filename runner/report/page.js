(function () {
  'use strict';
  var keys = ['text', 'clause', 'level', 'profile', 'condition', 'format', 'method', 'outcome'];
  var by = function (id) { return document.getElementById(id); };
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var form = by('filter'), items = all('.finding, .item, .cases tbody tr');

  function chinese() { return document.documentElement.lang === 'zh-CN'; }

  // What cannot hold both languages has the other one in data-zh, and its label and title in attributes of their own.
  function speak(language) {
    document.documentElement.lang = language;
    all('[data-zh]').forEach(function (e) {
      var name = e.placeholder === undefined ? 'textContent' : 'placeholder';
      if (e.dataset.en === undefined) e.dataset.en = e[name];
      e[name] = chinese() ? e.dataset.zh : e.dataset.en;
    });
    ['label', 'title'].forEach(function (kind) {
      var name = kind === 'label' ? 'aria-label' : kind;
      all('[data-zh-' + kind + ']').forEach(function (e) {
        if (!e.hasAttribute('data-en-' + kind)) e.setAttribute('data-en-' + kind, e.getAttribute(name));
        e.setAttribute(name, e.getAttribute('data-' + (chinese() ? 'zh-' : 'en-') + kind));
      });
    });
    var words = {};
    all('#f-outcome option').forEach(function (o) { words[o.value] = o.textContent; });
    all('.cases td[class]').forEach(function (e) { e.textContent = words[outcomeOf(e)]; });
    all('.language button').forEach(function (b) { b.setAttribute('aria-pressed', b.lang === language); });
    try { localStorage.setItem('acsconform-language', language); } catch (e) { /* a page from a file may have no storage */ }
    filter();
  }

  function outcomeOf(cell) { return cell.className.slice(2); }

  // What an element is filtered by is in its attributes, but for the row of a case: there it is in the cells.
  function valueOf(e, key) {
    var list = e.closest('.cases');
    if (!list) return e.dataset[key];
    switch (key) {
      case 'profile': return list.dataset.profile;
      case 'clause': return e.cells[1].textContent;
      case 'condition': return e.cells[2].textContent;
      case 'outcome': return outcomeOf(e.cells[3]);
      case 'level': return undefined;
    }
    var variant = / \[(.*)\]$/.exec(e.cells[0].textContent);
    return variant ? variant[1].replace(/,/g, '') : '';
  }

  function fits(e, key) {
    var want = by('f-' + key).value.trim();
    if (key === 'text') return e.textContent.toLowerCase().indexOf(want.toLowerCase()) >= 0;
    var value = want && valueOf(e, key);
    return !want || value === undefined || value.split(' ').indexOf(want) >= 0;
  }

  function filter() {
    var shown = 0;
    items.forEach(function (e) {
      e.hidden = !keys.every(function (k) { return fits(e, k); });
      if (!e.hidden && e.classList.contains('finding')) shown++;
    });
    by('f-count').textContent = chinese() ? '显示 ' + shown + ' 项问题' : shown + (shown === 1 ? ' finding' : ' findings') + ' shown';
  }

  // What is chosen is in the address, so that it can be sent to others.
  function remember() {
    var chosen = new URLSearchParams();
    keys.forEach(function (k) { var v = by('f-' + k).value.trim(); if (v) chosen.set(k, v); });
    history.replaceState(null, '', '#' + chosen.toString());
  }

  function choose(text) {
    var chosen = new URLSearchParams(text);
    keys.forEach(function (k) { by('f-' + k).value = chosen.get(k) || ''; });
    filter();
    all('.cases').forEach(function (d) { d.open = true; });
    var first = all('.finding, .item').filter(function (e) { return !e.hidden; })[0];
    if (first) first.scrollIntoView();
  }

  function follow() {
    var hash = location.hash.slice(1);
    if (hash.indexOf('=') > 0) return choose(hash);
    var e = hash && by(decodeURIComponent(hash));
    if (!e) return;
    if (e.hidden) { form.reset(); filter(); }
    for (var d = e; d; d = d.parentElement) if (d.tagName === 'DETAILS') d.open = true;
    e.scrollIntoView();
  }

  function copyOf(text, button) {
    var done = function () { button.textContent = chinese() ? '已复制' : 'copied'; };
    var old = function () {
      var area = document.createElement('textarea');
      area.value = text;
      document.body.appendChild(area);
      area.select();
      if (document.execCommand('copy')) done();
      area.remove();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, old); else old();
  }

  function button(label, before) {
    var b = document.createElement('button');
    b.type = 'button';
    b.className = 'copy screen';
    b.textContent = label[chinese() ? 1 : 0];
    b.dataset.en = label[0];
    b.dataset.zh = label[1];
    b.addEventListener('click', function () { copyOf(before.textContent, b); });
    before.parentNode.insertBefore(b, before);
  }

  function step(by) {
    var shown = all('.finding').filter(function (e) { return !e.hidden; });
    var at = shown.indexOf(document.activeElement && document.activeElement.closest('.finding'));
    var next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
    if (!next) return;
    next.querySelector('h3 a').focus();
    next.scrollIntoView();
  }

  form.addEventListener('input', function () { filter(); remember(); });
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeprint', function () {
    all('.finding details').forEach(function (d) { d.open = true; });
  });
  document.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key === 'Escape') { form.reset(); filter(); remember(); }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    if (e.key === 'j') step(1);
    if (e.key === 'k') step(-1);
  });
  all('pre.curl').forEach(function (e) { button(['copy', '复制'], e); });
  all('pre.markdown').forEach(function (e) { button(['copy as Markdown', '复制为 Markdown'], e); });
  all('.language button').forEach(function (b) { b.addEventListener('click', function () { speak(b.lang); }); });
  var before = null;
  try { before = localStorage.getItem('acsconform-language'); } catch (e) { /* none */ }
  speak(before === 'en' || before === 'zh-CN' ? before : document.documentElement.lang);
  follow();
})();
