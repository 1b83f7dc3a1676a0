/* ---- shared devices: everything goes when nobody has touched the page for a while ----
 * A dialog warns 30 seconds before and can be answered as often as one likes (WCAG 2.2.1). Not a promise against somebody
 * who stands beside the device: it is for the person who walked away. */

const IDLE_SECONDS = 120;
const KIOSK_RECEIPT_SECONDS = 60;
const WARN_SECONDS = 30;
const idle = { touched: 0, timer: null };

const idleLimit = () => (visit.kiosk && visit.sent ? KIOSK_RECEIPT_SECONDS : IDLE_SECONDS);

function touch() {
  if (!$('idle').open) idle.touched = Date.now();
}

function goOn() {
  closeDialog($('idle'));
  touch();
}

function lookAtClock() {
  const left = idleLimit() - Math.floor((Date.now() - idle.touched) / 1000);
  if (left <= 0) return wipe();
  if (left > WARN_SECONDS) return undefined;
  $('idle-seconds').textContent = say('idle-left', { count: left });
  if (left % 10 === 0) $('idle-said').textContent = say('idle-left', { count: left });
  if ($('idle').open) return undefined;
  $('idle-said').textContent = '';
  openDialog($('idle'));
  $('idle-go').focus();
  return undefined;
}

/* Starts with the first thing a person does, so that a kiosk nobody uses stays quiet. */
function watchIdle() {
  if (idle.timer !== null || !visit.shared) return;
  touch();
  idle.timer = setInterval(lookAtClock, 1000);
}

function unwatchIdle() {
  clearInterval(idle.timer);
  idle.timer = null;
}

function startShared() {
  for (const event of ['pointerdown', 'keydown', 'input', 'wheel'])
    document.addEventListener(event, () => {
      touch();
      watchIdle();
    }, { capture: true, passive: true });
  /* A sleeping tablet wakes up: its clock went on. */
  document.addEventListener('visibilitychange', () => idle.timer !== null && lookAtClock());
  $('idle-go').onclick = goOn;
  $('idle-end').onclick = wipe;
  $('idle').addEventListener('cancel', (event) => {
    event.preventDefault();
    goOn();
  });
  $('done').onclick = wipe;
  /* A page taken out of the browser's memory would show what was cleared. */
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && (visit.shared || visit.sent || visit.discarded || visit.left)) window.location.reload();
  });
}
