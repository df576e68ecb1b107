import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { AnswerOffer } from './answer-offer.ts';
import { ShowOffers } from './show-offers.ts';

@Controller()
export class OffersController {
  constructor(
    @Inject(ShowOffers) private readonly show: ShowOffers,
    @Inject(AnswerOffer) private readonly answer: AnswerOffer,
  ) {}

  @Operation('offers.list')
  list(@CalledBy() caller: Caller, @Asked('offers.list') { query }: Call<Api['offers.list']>) {
    return this.show.of(caller, query);
  }

  @Operation('offers.accept')
  accept(@CalledBy() caller: Caller, @Asked('offers.accept') { params }: Call<Api['offers.accept']>) {
    return this.answer.accept(caller, params['id'] ?? '');
  }

  @Operation('offers.decline')
  decline(@CalledBy() caller: Caller, @Asked('offers.decline') { params }: Call<Api['offers.decline']>) {
    return this.answer.decline(caller, params['id'] ?? '');
  }
}
