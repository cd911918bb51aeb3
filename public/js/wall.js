// Turns the wall's pages: fetches the next one and shows it only when it is whole, so that a lost line leaves the last good page up.
const seconds = () => Number(document.body.dataset.seconds) || 12;

async function turn() {
  const next = document.querySelector('link[rel=next]');
  try {
    const answer = await fetch(next.href, { cache: 'no-cache' });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const onward = page.querySelector('link[rel=next]');
    if (onward === null) throw new Error('not a wall page');
    document.title = page.title;
    next.href = onward.getAttribute('href');
    document.body.replaceWith(document.adoptNode(page.body));
    history.replaceState(null, '', answer.url);
  } catch {
    // stays on this page and tries again
  }
  setTimeout(turn, seconds() * 1000);
}
setTimeout(turn, seconds() * 1000);
