// Socket.IO and nothing else, as a process of its own: what a connection costs at least. Any message on standard input is a broadcast.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { Server } from 'socket.io';

const http = createServer();
const sockets = new Server(http, { perMessageDeflate: false, maxHttpBufferSize: 300_000 });
sockets.of('/console').on('connection', (socket) => void socket.join('agents'));
sockets.of('/visitor').on('connection', (socket) => void socket.emit('welcome', {}));
createInterface({ input: process.stdin }).on('line', (line) => {
  sockets.of('/console').to('agents').emit('ticket', JSON.parse(line));
});
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});
