import { Module, type DynamicModule } from '@nestjs/common';
import { AgentStatesModule } from './modules/agent-states/index.ts';
import { AgentsModule } from './modules/agents/index.ts';
import { AlarmsModule } from './modules/alarms/index.ts';
import { AuditModule } from './modules/audit/index.ts';
import { CallsModule } from './modules/calls/index.ts';
import { CannedRepliesModule } from './modules/canned-replies/index.ts';
import { ChannelsModule } from './modules/channels/index.ts';
import { CustomersModule } from './modules/customers/index.ts';
import { DeliveryModule } from './modules/delivery/index.ts';
import { FeedbackModule } from './modules/feedback/index.ts';
import { InboundMediaModule } from './modules/inbound-media/index.ts';
import { DesksModule } from './modules/desks/index.ts';
import { FloorModule } from './modules/floor/index.ts';
import { FlowModule } from './modules/flow/index.ts';
import { IngressModule } from './modules/ingress/index.ts';
import { LiveModule } from './modules/live/index.ts';
import { MediaModule } from './modules/media/index.ts';
import { MetricsModule } from './modules/metrics/index.ts';
import { OrganisationModule } from './modules/organisation/index.ts';
import { PassportModule } from './modules/passport/index.ts';
import { QuarantineModule } from './modules/quarantine/index.ts';
import { QueuesModule } from './modules/queues/index.ts';
import { EscalationsModule } from './modules/escalations/index.ts';
import { ReportsModule } from './modules/reports/index.ts';
import { RoutingLabModule, RoutingModule } from './modules/routing/index.ts';
import { SearchModule } from './modules/search/index.ts';
import { SlaModule } from './modules/sla/index.ts';
import { StaffingModule } from './modules/staffing/index.ts';
import { TicketsModule } from './modules/tickets/index.ts';
import { VisitorsModule } from './modules/visitors/index.ts';
import { HttpModule } from './platform/http/http.module.ts';
import { PlatformModule } from './platform/platform.module.ts';
import type { Platform } from './platform/platform.ts';

/** The hub, in the order of the flow: what comes in, what it becomes, who gets it, what goes out, who runs it. */
@Module({})
export class AppModule {
  static on(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.of(platform),
        HttpModule,
        ChannelsModule,
        IngressModule,
        VisitorsModule,
        CustomersModule,
        TicketsModule,
        InboundMediaModule,
        AgentStatesModule,
        RoutingModule,
        CallsModule,
        EscalationsModule,
        SlaModule,
        LiveModule,
        DeliveryModule,
        FeedbackModule,
        DesksModule,
        PassportModule,
        FlowModule,
        QuarantineModule,
        AlarmsModule,
        SearchModule,
        MetricsModule,
        RoutingLabModule,
        ReportsModule,
        StaffingModule,
        FloorModule,
        MediaModule,
        CannedRepliesModule,
        AgentsModule,
        QueuesModule,
        OrganisationModule,
        AuditModule,
      ],
    };
  }
}
