/* ---- the questionnaire's rules ---- */

/* condition: prefix JSON of forms/render.h; answers holds answered items only. */
export function holds(condition, answers) {
  const [operator, ...rest] = condition;
  const chosen = (id, codes) => [].concat(answers.get(id) ?? []).some((code) => codes.includes(code));
  switch (operator) {
    case 'and': return rest.every((part) => holds(part, answers));
    case 'or': return rest.some((part) => holds(part, answers));
    case 'not': return !holds(rest[0], answers);
    case 'eq': return chosen(rest[0], [rest[1]]);
    case 'ne': return !chosen(rest[0], [rest[1]]);
    case 'in': return chosen(rest[0], rest[1]);
    case 'answered': return answers.has(rest[0]);
    default: throw new Refusal('form');
  }
}

/* count of the ids, drawn without replacement and without bias. */
export function pick(ids, count, random = (bytes) => crypto.getRandomValues(bytes)) {
  const left = [...ids];
  const picked = [];
  while (picked.length < count && left.length > 0) {
    const limit = 4294967296 - (4294967296 % left.length);
    const [number] = random(new Uint32Array(1));
    if (number < limit) picked.push(...left.splice(number % left.length, 1));
  }
  return picked;
}

/* Milliseconds to wait before sending, uniform between 0 and so many minutes. */
export function randomDelay(minutes, random = (numbers) => crypto.getRandomValues(numbers)) {
  const [number] = random(new Uint32Array(1));
  return Math.floor((number / 4294967296) * minutes * 60000);
}
