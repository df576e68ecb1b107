import type { CalendarSettings, CalendarView } from '@switchboard/contract';
import { Schema } from 'mongoose';

export interface StoredCalendar extends CalendarSettings {
  _id: string;
  /** Lower case, unique. */
  nameKey: string;
}

const mixed = Schema.Types.Mixed;
export const calendarSchema = new Schema<StoredCalendar>(
  { _id: String, name: String, nameKey: String, timeZone: String, hours: [mixed], holidays: [mixed] },
  { versionKey: false },
);
calendarSchema.index({ nameKey: 1 }, { unique: true });

export const calendarView = ({ _id, name, timeZone, hours, holidays }: StoredCalendar): CalendarView => ({
  id: _id,
  name,
  timeZone,
  hours,
  holidays,
});
