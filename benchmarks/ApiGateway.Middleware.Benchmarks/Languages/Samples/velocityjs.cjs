// Renders the samples with velocityjs, parsed ahead, and prints the time of one rendering.
// In an empty folder: npm install velocityjs@2.1.7 && node <this file> .
const fs = require('fs');
const path = require('path');
const { parse, Compile } = require(require.resolve('velocityjs', { paths: [process.argv[2] ?? '.'] }));

const read = (name) => fs.readFileSync(path.join(__dirname, name), 'utf8');
const items = JSON.stringify({ items: Array.from({ length: 1000 }, (_, i) => ({ id: i, name: `item ${i}` })) });
const find = (root, text) => text.split('.').slice(1).reduce((value, name) => value?.[name], root);
const scope = (body) => {
  const root = JSON.parse(body);
  return { input: { path: (text) => find(root, text), json: (text) => JSON.stringify(find(root, text)) } };
};

// The median of seven rounds.
const measure = (render) => {
  for (const end = Date.now() + 1000; Date.now() < end; ) render();

  const rounds = [];
  for (let round = 0; round < 7; round++) {
    const start = process.hrtime.bigint();
    let count = 0;
    for (const end = Date.now() + 300; Date.now() < end; count++) render();
    rounds.push(Number(process.hrtime.bigint() - start) / count);
  }

  return Math.round(rounds.sort((a, b) => a - b)[3]);
};

for (const [name, body] of [['order', read('order.json')], ['loop', items], ['pass', read('order.json')]]) {
  const template = parse(read(`${name}.vtl`));
  const readAhead = scope(body);
  const render = () => new Compile(template).render(scope(body), {}, true);
  const renderReadAhead = () => new Compile(template).render(readAhead, {}, true);

  console.log(`${name}: ${measure(render)} ns, payload read ahead ${measure(renderReadAhead)} ns, ${render().length} characters`);
}
