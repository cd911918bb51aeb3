// A signature drawn with finger, pen or mouse, and the parts of the form that belong to the chosen way of signing.
// The picture goes into a hidden field as PNG; nothing of the movement (speed, pressure) is kept.
for (const form of document.querySelectorAll('form[data-signs]')) {
  const canvas = form.querySelector('canvas.pad');
  const field = form.elements.namedItem(canvas.dataset.into);
  const pen = canvas.getContext('2d');
  let drawing = false;

  function clear() {
    const box = canvas.getBoundingClientRect();
    if (box.width === 0) return;
    canvas.width = Math.min(900, Math.round(box.width));
    canvas.height = Math.round(box.height * canvas.width / box.width);
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3.5;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = '#111';
    field.value = '';
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  }

  canvas.addEventListener('pointerdown', event => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener('pointermove', event => {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, () => {
      if (!drawing) return;
      drawing = false;
      field.value = canvas.toDataURL('image/png');
    });
  }
  form.querySelector('[data-wipe]').addEventListener('click', clear);

  function show() {
    const way = form.elements.namedItem('how').value;
    for (const part of form.querySelectorAll('[data-when]')) part.hidden = !part.dataset.when.split(' ').includes(way);
    if (way === 'drawn' && field.value === '') clear();
  }
  form.addEventListener('change', event => { if (event.target.name === 'how') show(); });
  show();
}
