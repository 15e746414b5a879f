// Starts the pages' connection, and gives them keys, sound and a badge in the title. Everything else is the server's.
const find = selector => document.querySelector(selector);
const wait = time => new Promise(done => setTimeout(done, time));

// ---- Connection: a thin bar says since when the page is stale; what is shown stays. Nothing typed into [data-keep] is lost by a reload.
const bar = () => find('#connection');
let trying = false, reloading = false;

function showStale() {
  const shown = bar();
  if (!shown || !shown.hidden) return;
  const now = new Date();
  const time = shown.querySelector('time');
  time.dateTime = now.toISOString();
  time.textContent = now.toLocaleTimeString(document.documentElement.lang);
  shown.hidden = false;
}

function showLive() {
  const shown = bar();
  if (shown) shown.hidden = true;
}

async function isThere() {
  try {
    return (await fetch('health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

// Not before a console is there: what a balancer says while none is would stay on a screen that nobody sits at.
async function reload() {
  while (!await isThere()) await wait(1000);
  const kept = [...document.querySelectorAll('[data-keep]')].filter(field => field.value).map(field => [field.dataset.keep, field.value]);
  if (kept.length) sessionStorage.setItem('sigma-kept' + location.pathname, JSON.stringify(kept));
  reloading = true;
  location.reload();
}

// A page that comes again by itself has kept what was typed: nobody need be asked whether it may be left.
addEventListener('beforeunload', event => { if (reloading) event.stopImmediatePropagation(); }, true);

const isLive = () => !find('[data-live="false"]') || find('[data-live="true"]');

// A live page paints its fields anew when it comes to life: what is empty by then is filled again. Should it not come to life, the next try does.
async function restore() {
  const name = 'sigma-kept' + location.pathname;
  const kept = JSON.parse(sessionStorage.getItem(name) ?? '[]');
  if (!kept.length) return;
  while (!isLive()) await wait(100);
  sessionStorage.removeItem(name);
  for (const delay of [300, 900, 2000]) {
    await wait(delay);
    for (const [keep, value] of kept) {
      const field = find(`[data-keep="${CSS.escape(keep)}"]`);
      if (!field || field.value) continue;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
}

async function reconnect() {
  if (trying) return;
  trying = true;
  showStale();
  for (let tries = 0; ; tries++) {
    try {
      // false: the server is there and knows nothing of this page any more.
      if (await Blazor.reconnect()) break;
      reload();
      return;
    } catch {
      await wait(Math.min(1000, 250 + 50 * tries));
    }
  }
  trying = false;
  showLive();
}

function start() {
  if (!window.Blazor || Blazor.isStarted) return;
  Blazor.isStarted = true;
  Blazor.start({
    circuit: {
      // Without negotiation it does not matter which of several consoles answers.
      configureSignalR: builder => builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
      reconnectionOptions: { maxRetries: 1e9, retryIntervalMilliseconds: tries => Math.min(1000, 250 + 50 * tries) },
      reconnectionHandler: { onConnectionDown: () => { reconnect(); }, onConnectionUp: () => { trying = false; showLive(); } },
    },
  }).then(restore, () => {});
  untilLive();
}

// The first connection may fail, and Blazor then gives up: a page that does not come to life is asked for again, later each time.
async function untilLive() {
  const name = 'sigma-starts' + location.pathname;
  const tries = Number(sessionStorage.getItem(name) ?? 0);
  const until = Date.now() + Math.min(60000, 5000 * 2 ** tries);
  while (!isLive() && Date.now() < until) await wait(250);
  while (!isLive()) {
    showStale();
    if (await isThere()) {
      sessionStorage.setItem(name, tries + 1);
      await reload();
      return;
    }
    await wait(1000);
  }
  sessionStorage.removeItem(name);
  if (!trying) showLive();
}

// ---- Called by the pages.
window.sigma = {
  // The address says what is seen, so that a reload and a colleague see the same.
  address: query => history.replaceState(history.state, '', location.pathname + (query === '?' ? '' : query)),
  open: id => { const dialog = document.getElementById(id); if (dialog && !dialog.open) dialog.showModal(); },
  shut: id => document.getElementById(id)?.close(),
  top: id => document.getElementById(id)?.scrollTo({ top: 0 }),
};

// ---- Keys. A page says with data-key what a key presses; in a row, the row's own comes first.
const typing = target => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button)$/.test(target.type);
const rowOf = element => element?.closest?.('[data-row]');
const entry = row => row?.querySelector('[data-open]') ?? row;
let last = null;

function move(step) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (!rows.length) return;
  const id = rowOf(document.activeElement)?.dataset.row ?? last;
  const at = rows.findIndex(row => row.dataset.row === id);
  const row = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
  last = row.dataset.row;
  entry(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

function press(key) {
  const row = rowOf(document.activeElement);
  const button = row?.querySelector(`[data-key="${key}"]`) ?? find(`main [data-key="${key}"]:not([data-row] *)`);
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

document.addEventListener('keydown', event => {
  // A comment has many lines, so that Enter alone does not send it.
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.matches?.('dialog[open] textarea')) {
    event.target.dispatchEvent(new Event('change', { bubbles: true }));
    event.target.form?.requestSubmit();
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (event.key === 'Escape') {
    const menu = find('details.menu[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
    else if (document.activeElement?.matches?.('[type=search]')) document.activeElement.blur();
    return;
  }
  if (typing(event.target) || find('dialog[open]')) return;
  let done = true;
  switch (event.key) {
    case 'j': move(1); break;
    case 'k': move(-1); break;
    case '/': { const field = find('main [type=search]'); field?.focus(); field?.select(); done = !!field; break; }
    case '?': sigma.open('keys'); break;
    case 'a': case 's': case 'c': done = press(event.key); break;
    default: done = false;
  }
  if (done) event.preventDefault();
});

document.addEventListener('click', event => {
  const target = event.target;
  const opens = target.closest?.('[data-opens]');
  if (opens) sigma.open(opens.dataset.opens);
  const shuts = target.closest?.('[data-shuts]');
  if (shuts) shuts.closest('dialog')?.close();
  if (target.closest?.('[data-sound]')) switchSound();
  for (const menu of document.querySelectorAll('details.menu[open]'))
    if (!menu.contains(target) || target.closest('.panel button')) menu.open = false;
});

// ---- A time chosen by dragging over the links of a chart: from the first to the last.
let drag = null;
const barOf = event => event.target.closest?.('[data-drag-links] a');
const barsOf = (one, other) => {
  const bars = [...one.parentNode.querySelectorAll('a')], places = [bars.indexOf(one), bars.indexOf(other)];
  return bars.slice(Math.min(...places), Math.max(...places) + 1);
};
document.addEventListener('dragstart', event => { if (barOf(event)) event.preventDefault(); });
document.addEventListener('pointerdown', event => { drag = barOf(event) ?? null; });
document.addEventListener('pointerover', event => {
  const bar = drag && barOf(event);
  if (!bar || bar.parentNode !== drag.parentNode) return;
  for (const other of bar.parentNode.querySelectorAll('a.chosen')) other.classList.remove('chosen');
  for (const chosen of barsOf(drag, bar)) chosen.classList.add('chosen');
});
document.addEventListener('pointerup', event => {
  const from = drag, to = from && barOf(event);
  drag = null;
  if (!to || to === from || to.parentNode !== from.parentNode) return;
  const bars = barsOf(from, to), address = new URL(bars[0].getAttribute('href'), document.baseURI);
  address.searchParams.set('to', bars[bars.length - 1].dataset.to);
  location.href = address.href;
});

// ---- Sound and badge: the board counts in data-alarm what came that is critical.
const soundOn = () => localStorage.getItem('sigma-sound') === 'on';
let audio = null, heard = null, unseen = 0;

function beep() {
  audio ??= new AudioContext();
  audio.resume();
  for (const [at, pitch] of [[0, 880], [.18, 660], [.36, 880]]) {
    const tone = audio.createOscillator(), volume = audio.createGain(), from = audio.currentTime + at;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(.0001, from);
    volume.gain.exponentialRampToValueAtTime(.25, from + .02);
    volume.gain.exponentialRampToValueAtTime(.0001, from + .16);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + .18);
  }
}

function showSound() {
  for (const button of document.querySelectorAll('[data-sound]')) {
    button.setAttribute('aria-pressed', String(soundOn()));
    button.querySelector('[data-on]').hidden = !soundOn();
    button.querySelector('[data-off]').hidden = soundOn();
  }
}

function switchSound() {
  localStorage.setItem('sigma-sound', soundOn() ? 'off' : 'on');
  showSound();
  if (soundOn()) beep();
  else badge(0);
}

function badge(count) {
  unseen = count;
  const title = document.title.replace(/^\(\d+\) /, '');
  document.title = count ? `(${count}) ${title}` : title;
}

function listen() {
  const alarm = find('[data-alarm]');
  const count = alarm ? Number(alarm.dataset.alarm) : null;
  if (count !== null && heard !== null && count > heard && soundOn()) {
    beep();
    badge(unseen + count - heard);
  }
  heard = count;
}

const seen = () => { if (!document.hidden && unseen) badge(0); };
document.addEventListener('visibilitychange', seen);
addEventListener('focus', seen);
addEventListener('pointerdown', seen);

new MutationObserver(listen).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-alarm'] });
document.addEventListener('change', event => { if (event.target.matches?.('select[data-send]')) event.target.form?.requestSubmit(); });
start();
showSound();
listen();
window.Blazor?.addEventListener?.('enhancedload', () => { showSound(); last = null; });
