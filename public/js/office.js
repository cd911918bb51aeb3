// What HTML alone cannot do. Every page works without it: buttons that need it stay hidden until it runs.
document.documentElement.classList.add('js');

document.addEventListener('click', event => {
  const asked = event.target instanceof Element ? event.target.closest('[data-print], [data-fill]') : null;
  if (asked === null) return;
  if (asked.hasAttribute('data-print')) window.print();
  else fill(asked);
});

// <button type="button" data-fill="2026" data-into="since">改成 2026</button>: 恢复成去年的, and the way on beside a fault.
function fill(button) {
  const form = button.closest('form');
  const field = form === null ? null : form.elements.namedItem(button.dataset.into);
  if (field === null) return;
  field.value = button.dataset.fill;
  const first = field instanceof RadioNodeList ? field[0] : field;
  first.dispatchEvent(new Event('change', { bubbles: true }));
  if (!(field instanceof RadioNodeList)) field.focus();
}

// 看看我输的是什么
document.addEventListener('change', event => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.dataset.shows === undefined) return;
  const field = document.getElementById(box.dataset.shows);
  if (field instanceof HTMLInputElement) field.type = box.checked ? 'text' : 'password';
});

// The browser's own file button may speak another language than the page: ours stands before it and tells what was chosen.
document.addEventListener('change', event => {
  const told = event.target instanceof Element && event.target.matches('input.picks') ? event.target.parentElement.querySelector('[data-picked]') : null;
  if (told !== null) told.textContent = [...event.target.files].map(file => file.name).join('、');
});

// One press, one sending: an impatient second tap is dropped until the page is back. The server would take it once anyway.
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '';
  setTimeout(() => delete form.dataset.sent, 5000);   // an answer that is a file leaves the page standing
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));
