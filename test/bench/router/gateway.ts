import { Server, type AddressInfo } from 'node:net';

// A gateway that many use, for comparison: node test/bench/router/gateway.ts --headless. It would listen on every address of
// this computer, at a port of its own choice; here it is given loopback and a free port.
const listen = Reflect.get(Server.prototype, 'listen');
Server.prototype.listen = function (this: Server) {
  this.once('listening', () => {
    const { port } = this.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
  });
  return listen.call(this, { host: '127.0.0.1', port: 0 });
};
await import(import.meta.resolve('@portkey-ai/gateway/build/start-server.js'));
