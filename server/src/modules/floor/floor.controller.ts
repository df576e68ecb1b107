import { Controller, Inject } from '@nestjs/common';
import type { Api, Call, Floor } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { ListFloorTickets } from './list-floor-tickets.ts';
import { ReadFloor } from './read-floor.ts';
import { Whisper } from './whisper.ts';

@Controller()
export class FloorController {
  constructor(
    @Inject(ReadFloor) private readonly floor: ReadFloor,
    @Inject(ListFloorTickets) private readonly tickets: ListFloorTickets,
    @Inject(Whisper) private readonly whispers: Whisper,
  ) {}

  @Operation('floor.read')
  async read(): Promise<Floor> {
    const { asOf, ...rows } = await this.floor.run();
    return { seq: 0, asOf: asOf.toISOString(), ...rows };
  }

  @Operation('floor.tickets')
  list(@Asked('floor.tickets') { query }: Call<Api['floor.tickets']>) {
    return this.tickets.run(query);
  }

  @Operation('floor.whisper')
  whisper(@CalledBy() caller: Caller, @Asked('floor.whisper') { params, body }: Call<Api['floor.whisper']>) {
    return this.whispers.run(caller, params['id'], body);
  }
}
