import type { MenuLanguage } from '@switchboard/contract';
import { Schema } from 'mongoose';
import type { AskedFeedback } from '../tickets/index.ts';

/** One asking of one customer. The answer stands in the ticket, which changes in its turn. */
export interface Survey extends Pick<AskedFeedback, 'askedAt' | 'queueId' | 'agentId'> {
  /** The entry that resolved the ticket: once per resolution. */
  _id: string;
  ticketId: string;
  threadId: string;
  language: MenuLanguage;
  closesAt: Date;
}

export const surveySchema = new Schema<Survey>(
  {
    _id: String,
    ticketId: String,
    threadId: String,
    queueId: String,
    agentId: { type: String, default: null },
    language: String,
    askedAt: Date,
    closesAt: Date,
  },
  { versionKey: false },
);

/** When a customer was asked last: one of two that would ask them at once gets it. */
export interface LastAsked {
  /** The customer. */
  _id: string;
  surveyId: string;
  at: Date;
}

export const lastAskedSchema = new Schema<LastAsked>(
  { _id: String, surveyId: String, at: Date },
  { versionKey: false },
);
