// Renders the cases that come in as JSON, {template, body}[], and prints their outputs as a JSON array.
const { parse, Compile } = require(require.resolve('velocityjs', { paths: [process.argv[2]] }));

const read = () => JSON.parse(require('fs').readFileSync(0, 'utf8'));
const root = (body) => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const outputs = read().map(({ template, body }) => {
  try {
    return new Compile(parse(template)).render({ b: root(body) }, {}, true);
  } catch (error) {
    return 'error: ' + String(error.message).split('\n')[0];
  }
});

process.stdout.write(JSON.stringify(outputs));
