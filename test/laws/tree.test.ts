import test from 'ava';
import { importsOf, withoutComments, withoutWords } from '../support/tree.ts';

// The laws read code through these three; a slip here would make every law blind.

test('comments go, strings and lines stay', t => {
  const code = 'const a = "// no"; // yes\n/* gone\n */ const b = \'/* no */\';';
  t.is(withoutComments(code), `const a = "// no"; ${' '.repeat(6)}\n${' '.repeat(7)}\n${' '.repeat(3)} const b = '/* no */';`);
});

test('words go, code inside a template stays', t => {
  t.is(withoutWords('f(`one ${g({ a: "two" })} three`, \'four\')'), 'f(`    ${g({ a: "   " })}      `, \'    \')');
  t.is(withoutWords('const r = /["\'`]/g; h("x")'), 'const r = /["\'`]/g; h(" ")');
  t.is(withoutWords('const q = a / b; h("x / y")'), 'const q = a / b; h("     ")');
});

test('every way to import is seen, types told apart', t => {
  const text = 'import a from \'./a.ts\';\nimport type { B } from \'b\';\nimport {\n  c,\n} from \'../c.ts\';\nimport \'d\';\nexport * from \'e\';\nexport { f } from \'f\';\nconst g = await import(\'g\');\ntype H = typeof import(\'h\');\n// import i from \'i\'\nconst j = "import k from \'k\'";';
  t.deepEqual(importsOf(text).map(({ from, isType }) => `${isType ? 'type ' : ''}${from}`), ['./a.ts', 'type b', '../c.ts', 'd', 'e', 'f', 'g', 'type h']);
  t.is(importsOf(text)[2]?.line, 3);
});
