import { Schema } from 'mongoose';

export interface Counter {
  _id: string;
  value: number;
}
export const counterSchema = new Schema<Counter>({ _id: String, value: Number }, { versionKey: false });
