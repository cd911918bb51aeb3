// Photos chosen for an answer: every shot adds to those before it, large ones are made smaller on the spot (a weak signal
// has to carry them), and each can be dropped again until the household is saved. Without scripts the plain field does.
const longestPixels = 2048;

for (const field of document.querySelectorAll('.shots input[type=file]')) {
  const list = field.closest('.shots').querySelector('ul');
  const count = field.parentElement.querySelector('input[type=hidden]');
  let shots = [];

  field.addEventListener('change', () => {
    for (const file of [...field.files]) add({ file, address: URL.createObjectURL(file) });
    keep();
  });

  function add(shot) {
    shots.push(shot);
    const picture = new Image();
    picture.src = shot.address;
    picture.alt = '刚拍的照片';
    const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'btn', textContent: '去掉' });
    const row = document.createElement('li');
    row.append(picture, drop);
    list.append(row);
    drop.addEventListener('click', () => {
      shots = shots.filter(other => other !== shot);
      row.remove();
      keep();
      field.dispatchEvent(new Event('dropped', { bubbles: true }));
    });
    picture.decode().then(() => smaller(picture, shot.file)).then(file => { shot.file = file; keep(); }, () => undefined);
  }

  // What the form will send: the browser's own list is replaced, never added to.
  function keep() {
    const sent = new DataTransfer();
    for (const { file } of shots) sent.items.add(file);
    field.files = sent.files;
    count.value = String(shots.length);
  }
}

async function smaller(picture, file) {
  const scale = longestPixels / Math.max(picture.naturalWidth, picture.naturalHeight);
  if (scale >= 1) return file;
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.naturalWidth * scale), height: Math.round(picture.naturalHeight * scale) });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  const bytes = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  return bytes === null || bytes.size >= file.size ? file : new File([bytes], 'photo.jpg', { type: 'image/jpeg' });
}
