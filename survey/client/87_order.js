/* ---- chance: which situations a person sees, and in which order ----
 * Drawn once a visit and kept in the draft. What is sent keeps the order of the form: nobody learns what was drawn. */

/* Each person sees data-rotate of the page's questions; texts, notes and computed values are not drawn for their own sake. */
function drawSituations() {
  for (const page of visit.pages) {
    const count = Number(page.section.dataset.rotate || 0);
    const ids = page.items.filter((item) => item.asked && item.leader === undefined).map((item) => item.id);
    if (count > 0) visit.drawn[page.id] ??= pick(ids, count);
  }
}

const isDrawn = (item) =>
  visit.drawn[item.page.id] === undefined || !item.asked || visit.drawn[item.page.id].includes(item.leader ?? item.id);

/* The keys in random order, drawn once under this name. */
function drawOrder(name, keys) {
  const kept = visit.order[name];
  const whole = kept?.length === keys.length && keys.every((key) => kept.includes(key));
  if (!whole) visit.order[name] = pick(keys, keys.length);
  return visit.order[name];
}

/* "None of these" and "prefer not to say" stay last. */
function shuffleOptions(item) {
  const [first] = item.boxes.length > 0 ? item.boxes : item.fields;
  const rows = [...first.closest('.options').children];
  const codeOf = (row) => row.querySelector('[data-code]')?.dataset.code ?? row.querySelector('input').value;
  const moving = rows.filter((row) => row.dataset.missing !== '1' && row.querySelector('[data-exclusive]') === null);
  const order = drawOrder(`item ${item.id}`, moving.map(codeOf)).map((code) => moving.find((row) => codeOf(row) === code));
  first.closest('.options').prepend(...order);
}

/* A write-in text goes with its question; notes keep their place. */
function shuffleItems(page) {
  const places = page.items.filter((item) => item.asked && item.leader === undefined);
  const order = drawOrder(`page ${page.id}`, places.map((item) => item.id));
  const marks = places.map((item) => {
    const mark = document.createComment('');
    item.fieldset.before(mark);
    return mark;
  });
  order.forEach((id, i) => marks[i].replaceWith(
    ...page.items.filter((item) => item.id === id || item.leader === id).map((item) => item.fieldset)));
}

function drawAll() {
  drawSituations();
  for (const page of visit.pages) {
    for (const item of page.items) if (item.data.shuffle === '1') shuffleOptions(item);
    if (page.section.dataset.shuffle === '1') shuffleItems(page);
  }
}
