import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentStatesModule } from '../agent-states/index.ts';
import { AgentsModule } from '../agents/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { SlaModule } from '../sla/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { CheckMetrics } from './check-metrics.ts';
import { checkSchema } from './check.schema.ts';
import { WriteRowsCsv } from './csv/write-rows-csv.ts';
import { factSchema } from './facts/fact.schema.ts';
import { FollowTickets } from './facts/follow-tickets.ts';
import { MeasureSpells } from './facts/measure-spells.ts';
import { MeasureTickets } from './facts/measure-tickets.ts';
import { followedSchema, measuredSchema } from './facts/measured.schema.ts';
import { ReadFacts } from './facts/read-facts.ts';
import { ListRows } from './figures/list-rows.ts';
import { MeasureTicket } from './figures/measure-ticket.ts';
import { LiveFigures } from './figures/live-figures.ts';
import { ReadMetrics } from './figures/read-metrics.ts';
import { ReadSums } from './figures/read-sums.ts';
import { MetricsController } from './metrics.controller.ts';
import { KeepQuarters } from './rollups/keep-quarters.ts';
import { RollUp } from './rollups/roll-up.ts';
import { rollupSchema } from './rollups/rollup.schema.ts';

/** One engine for every figure: facts from the tickets' histories, sums from facts, figures from sums. */
@Module({
  imports: [AgentStatesModule, AgentsModule, OrganisationModule, QueuesModule, SlaModule, TicketsModule],
  controllers: [MetricsController],
  providers: [
    collection('facts', factSchema),
    collection('measured', measuredSchema),
    collection('metricsfollowed', followedSchema),
    collection('metricchecks', checkSchema),
    collection('rollups', rollupSchema),
    CheckMetrics,
    FollowTickets,
    KeepQuarters,
    ListRows,
    LiveFigures,
    MeasureSpells,
    MeasureTicket,
    MeasureTickets,
    ReadFacts,
    ReadMetrics,
    ReadSums,
    RollUp,
    WriteRowsCsv,
  ],
  exports: [LiveFigures, ReadFacts, ReadMetrics],
})
export class MetricsModule {}
