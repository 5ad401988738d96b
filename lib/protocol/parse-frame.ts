import { CloseCode } from './close-codes.ts';
import { ProtocolFault } from './fault.ts';
import { isFields, type Fields } from './fields.ts';

/** The JSON object in a text frame, or the fault `bad-json`. */
export function parseFrame(frame: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    throw new ProtocolFault('bad-json', CloseCode.BAD_MESSAGE, 'The message is not JSON.');
  }
  if (isFields(value)) return value;
  throw new ProtocolFault('bad-json', CloseCode.BAD_MESSAGE, 'The message is not a JSON object.');
}
