import { expect, it } from '@jest/globals';
import { csvLine, type CsvCell } from './csv.ts';

it.each<[string, CsvCell[], string]>([
  ['plain cells', ['a', 1, 0.5, null, -3], 'a,1,0.5,,-3'],
  ['what would end a cell', ['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"'],
  ['formulas as text', ['=1+1', '+49', '-2', '@cmd', '\ttab'], "'=1+1,'+49,'-2,'@cmd,'\ttab"],
  ['a formula that has to be quoted', ['=HYPERLINK("x","y")'], `"'=HYPERLINK(""x"",""y"")"`],
  ['other signs inside', ['a=b', '1+1'], 'a=b,1+1'],
])('writes %s', (_, cells, line) => expect(csvLine(cells)).toBe(`${line}\r\n`));
