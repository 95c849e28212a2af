// The other side of benchmarks/load/languages: ajv and velocityjs, both compiled ahead. Takes the same lines as the gateway's side.
// Arguments: the folder that holds node_modules, the folder of the samples.
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const readline = require('readline');

const [modules, samples] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const read = (name) => fs.readFileSync(path.join(samples, name), 'utf8');
const Ajv = load('ajv');
const { parse, Compile } = load('velocityjs');

const items = JSON.stringify({ items: Array.from({ length: 1000 }, (_, i) => ({ id: i, name: `item ${i}` })) });
const find = (root, text) => text.split('.').slice(1).reduce((value, name) => value?.[name], root);
const scope = (body) => {
  const root = JSON.parse(body);
  return { input: { path: (text) => find(root, text), json: (text) => JSON.stringify(find(root, text)) } };
};

const validate = new Ajv({ strict: false }).compile(JSON.parse(read('purchase.schema.json')));
const purchase = read('purchase.json');
const wrongPurchase = purchase.replace('"EUR"', '"EURO"');
const isValid = (body) => validate(JSON.parse(body));

const work = { schema: () => isValid(purchase) };
for (const [name, body] of [['order', read('order.json')], ['loop', items], ['pass', read('order.json')]]) {
  const template = parse(read(`${name}.vtl`));
  work[name] = () => new Compile(template).render(scope(body), {}, true);
}

const check = (name) => name === 'schema'
  ? `${+isValid(purchase)}${+isValid(wrongPurchase)}`
  : crypto.createHash('sha256').update(work[name]()).digest('hex');

const measure = (name, milliseconds) => {
  const once = work[name];
  const limit = BigInt(milliseconds) * 1000000n;
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  let count = 0;
  let elapsed;
  do {
    for (let i = 0; i < 20; i++) once();
    count += 20;
    elapsed = process.hrtime.bigint() - start;
  } while (elapsed < limit);

  const processor = process.cpuUsage(before);
  return `${Math.round(Number(elapsed) / count)} ${Math.round((processor.user + processor.system) * 1000 / count)} -`;
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [command, name, milliseconds] = line.split(' ');
  console.log(command === 'check' ? check(name) : measure(name, milliseconds));
});
