import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { HubReply, HubRequest } from '../../../platform/http/hub-request.ts';
import { SendMedia } from '../../media/index.ts';
import { pictureFile, pictureOf } from '../agent.schema.ts';
import { Agents } from '../agents.ts';

/** The pictures of agents: for colleagues, and for customers on whatever page the chat stands. */
@Controller('faces')
export class FacesController {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(SendMedia) private readonly send: SendMedia,
  ) {}

  @Get(':agentId/:picture')
  async open(
    @Param('agentId') agentId: string,
    @Param('picture') picture: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    const agent = await this.agents.byId(agentId);
    const now = agent === null ? undefined : pictureOf(agent).avatarUrl;
    if (agent === null || now === undefined) throw new HubError('not-found', 'There is no such picture');
    reply.header('cross-origin-resource-policy', 'cross-origin');
    // What was said long ago names the picture of then: it is shown beside the face of today.
    if (agent.picture !== picture) return void reply.header('cache-control', 'public, max-age=60').redirect(now, 302);
    return this.send.run(pictureFile(agentId, picture), request, reply, {
      'cache-control': 'public, max-age=31536000, immutable',
    });
  }
}
