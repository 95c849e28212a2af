// An independent client: connects with ws, and posts, reads and deletes with the SDK. Prints what happened as JSON.
const port = process.argv[2];
const WebSocket = require('ws');
const { ApiGatewayManagementApiClient, PostToConnectionCommand, GetConnectionCommand, DeleteConnectionCommand } =
  require('@aws-sdk/client-apigatewaymanagementapi');

const messages = [];
let wake = () => {};
const next = async () => {
  while (messages.length === 0) await new Promise(resolve => { wake = resolve; });
  return messages.shift();
};
const sdk = secret => new ApiGatewayManagementApiClient({
  endpoint: `http://127.0.0.1:${port}/prod`,
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: { accessKeyId: process.argv[3], secretAccessKey: secret },
});
const failure = async (client, command) => {
  try { await client.send(command); return null; } catch (error) { return [error.name, error.$metadata?.httpStatusCode]; }
};

(async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/prod`, { headers: { 'User-Agent': 'node' } });
  socket.on('message', (data, isBinary) => { messages.push([data.toString(), isBinary]); wake(); });
  const closed = new Promise(resolve => socket.on('close', (code, reason) => resolve([code, reason.toString()])));
  await new Promise((resolve, reject) => { socket.on('open', resolve); socket.on('error', reject); });
  const result = { extensions: socket.extensions };

  // In three fragments, with a ping between them.
  socket.send('{"action":', { fin: false });
  socket.ping();
  socket.send('"who"', { fin: false });
  socket.send('}', { fin: true });
  const ConnectionId = (await next())[0];

  const client = sdk(process.argv[4]);
  await client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from('hi é') }));
  result.posted = await next();
  await client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(100000, 'x') }));
  result.large = (await next())[0].length;
  const connection = await client.send(new GetConnectionCommand({ ConnectionId }));
  result.found = [connection.Identity.SourceIp, connection.Identity.UserAgent, connection.ConnectedAt instanceof Date, connection.LastActiveAt >= connection.ConnectedAt];
  result.tooLarge = await failure(client, new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(131073, 'x') }));
  result.forbidden = await failure(sdk('wrong'), new PostToConnectionCommand({ ConnectionId, Data: Buffer.from('x') }));
  await client.send(new DeleteConnectionCommand({ ConnectionId }));
  result.closed = await closed;
  result.gone = await failure(client, new PostToConnectionCommand({ ConnectionId, Data: Buffer.from('x') }));
  console.log(JSON.stringify(result));
})().catch(error => { console.error(error); process.exit(1); });
