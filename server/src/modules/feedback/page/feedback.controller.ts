import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { HubReply, HubRequest } from '../../../platform/http/hub-request.ts';
import { AnswerPage, type Answered } from './answer-page.ts';
import { pageHeaders } from './page.ts';

/** The page on which a customer says how it was: for whoever has its signed address, without session or script. */
@Controller('feedback')
export class FeedbackController {
  constructor(@Inject(AnswerPage) private readonly page: AnswerPage) {}

  /** Looks only: programs that open the links of a mail must not vote. */
  @Get(':token')
  async show(
    @Param('token') token: string,
    @Query('rating') rating: unknown,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    await send(reply, await this.page.show(token, rating, request.headers['accept-language']));
  }

  @Post(':token')
  async take(@Param('token') token: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    await send(reply, await this.page.take(token, form, request.headers['accept-language']));
  }
}

/** Taken, the browser asks for the page anew: loading it again sends nothing twice. */
async function send(reply: HubReply, answered: Answered): Promise<void> {
  await reply
    .status(answered.status)
    .headers({ ...pageHeaders, ...(answered.location !== undefined && { location: answered.location }) })
    .type('text/html; charset=utf-8')
    .send(answered.html);
}
