declare module 'autocannon' {
  export interface Request { method?: string; path?: string; body?: string; headers?: Record<string, string>; setupRequest?: (request: Request) => Request }
  export interface Options { url: string; connections: number; amount?: number; duration?: number; headers?: Record<string, string>; requests?: readonly Request[] }
  export interface Result { readonly requests: { readonly total: number; readonly average: number }; readonly latency: { readonly p99: number }; readonly duration: number; readonly '2xx': number; readonly '3xx': number; readonly '4xx': number; readonly '5xx': number; readonly errors: number }
  export default function autocannon(options: Options): Promise<Result>;
}
