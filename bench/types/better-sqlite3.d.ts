declare module 'better-sqlite3' {
  export interface Statement<Given extends readonly unknown[], Row> { run(...given: Given): unknown; get(...given: Given): Row | undefined }
  export default class Database {
    constructor(file: string);
    pragma(text: string): unknown;
    exec(sql: string): this;
    prepare<Given extends readonly unknown[] = readonly unknown[], Row = unknown>(sql: string): Statement<Given, Row>;
    close(): void;
  }
}
