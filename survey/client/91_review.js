/* ---- review ---- */

const answerText = (item) => item.kind.tell(item, visit.answers.get(item.id));

function reviewItem(list, item) {
  const question = item.fieldset.querySelector('legend').textContent;
  const row = add(list, 'div', '', { class: 'review-row' });
  add(row, 'dt', question);
  const cell = add(row, 'dd');
  const given = visit.answers.has(item.id);
  add(cell, 'span', given ? answerText(item) : faultText(item) || say('not-answered'), { class: given ? 'given' : 'open' });
  const button = add(cell, 'button', say('change'), { type: 'button', class: 'link' });
  button.setAttribute('aria-label', say('change-question', { question }));
  button.onclick = () => {
    visit.fromReview = true;
    openPage(visit.pages.indexOf(item.page), firstField(item));
  };
}

function openReview(remember = true) {
  collect();
  visit.body = null;
  const list = $('review-list');
  list.textContent = '';
  let shown = 0;
  for (const page of openPages()) {
    add(list, 'h3', page.title.textContent);
    const rows = add(list, 'dl');
    for (const item of page.items.filter((each) => each.shown && each.asked)) {
      reviewItem(rows, item);
      shown++;
    }
  }
  $('review-count').textContent = say('review-count', { answered: visit.answers.size, shown });
  showView('review');
  if (remember) history.pushState({ review: true }, '');
  $('review-title').focus();
}
